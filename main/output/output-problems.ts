/** What is said when an output can't be written. */
import { dirname } from 'node:path'
import { formatNumber, formatSize } from '../../shared/format.ts'
import { Problem } from '../../shared/problem.ts'

/** Turns a failed system call on the target into a plain sentence. */
export function outputProblem(path: string, thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown
  const error = thrown as NodeJS.ErrnoException
  const folder = dirname(path)
  const io = (code: string, message: string, advice: string) =>
    new Problem(
      { kind: 'io', code, message, kept: 'No part of the output was left behind.', advice, technical: error.message },
      { cause: error },
    )
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return io('no-space', `There is no room left in ‘${folder}’.`, 'Free some space or choose another place, then start again.')
    case 'EFBIG':
      return io('file-too-large', `The volume of ‘${folder}’ can’t hold a file of this size.`, 'Choose another volume.')
    case 'EROFS':
      return io('target-read-only', `‘${folder}’ is on a read-only volume.`, 'Choose another place.')
    case 'EACCES':
    case 'EPERM':
      return io('target-forbidden', `You have no permission to write ‘${path}’.`, 'Choose another place, or change its permissions.')
    case 'ENOENT':
    case 'ENOTDIR':
      return io('target-folder-missing', `The folder ‘${folder}’ is not there.`, 'Make it, or choose another place.')
    case 'EISDIR':
      return io('target-is-folder', `‘${path}’ is a folder.`, 'Give a file name.')
    default:
      return io('target-unwritable', `‘${path}’ could not be written.`, 'Choose another place and start again.')
  }
}

/** The target's volume has less room than the output needs. */
export function noSpaceFor(folder: string, needBytes: number, freeBytes: number): Problem {
  return new Problem({
    kind: 'io',
    code: 'no-space',
    message: `The image needs ${formatSize(needBytes)}; ‘${folder}’ has ${formatSize(freeBytes)} free.`,
    kept: 'Nothing was written.',
    advice: 'Free some space or choose another place.',
  })
}

/** A volume can run out of places for files before it runs out of room. */
export function noRoomForEntries(folder: string, needed: number, free: number): Problem {
  return new Problem({
    kind: 'io',
    code: 'no-space',
    message: `The volume of ‘${folder}’ has room for ${formatNumber(free)} more files and folders; ${formatNumber(needed)} are needed.`,
    kept: 'Nothing was written.',
    advice: 'Choose another place.',
  })
}

export function tooLargeForFat(folder: string, needBytes: number): Problem {
  return new Problem({
    kind: 'io',
    code: 'fat32-limit',
    message: `‘${folder}’ is a FAT volume, where a file ends at 4 GiB; the image needs ${formatSize(needBytes)}.`,
    kept: 'Nothing was written.',
    advice: 'Choose a volume with another file system, such as exFAT, NTFS or ext4.',
  })
}

export function targetExists(path: string): Problem {
  return new Problem({
    kind: 'usage',
    code: 'target-exists',
    message: `‘${path}’ is already there.`,
    kept: 'It was left as it is.',
    advice: 'Choose another name, or say that it may be replaced (--force).',
  })
}
