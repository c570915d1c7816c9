/** What the file system that will hold an output can take. */
import { statfsSync } from 'node:fs'

/** statfs type of FAT on Linux (include/uapi/linux/magic.h, MSDOS_SUPER_MAGIC). */
const FAT_TYPE = 0x4d44
/** FAT32 says a file's size in 32 bits. */
const FAT_MAX_FILE_BYTES = 0xffff_ffff

export interface VolumeFacts {
  readonly freeBytes: number
  /** Files and folders that can still be made; null where the volume has no such limit. */
  readonly freeEntries: number | null
  /** Largest file; null when nothing below the format's own limits is known. */
  readonly maxFileBytes: number | null
  readonly isFat: boolean
}

/** Facts of the volume that `folder` is on; null where the system can't tell. */
export function volumeFacts(folder: string): VolumeFacts | null {
  try {
    const facts = statfsSync(folder)
    const isFat = process.platform === 'linux' && facts.type === FAT_TYPE
    const freeEntries = facts.files > 0 ? facts.ffree : null
    return { freeBytes: facts.bavail * facts.bsize, freeEntries, maxFileBytes: isFat ? FAT_MAX_FILE_BYTES : null, isFat }
  } catch {
    return null // not every system and network volume answers; the write itself will
  }
}
