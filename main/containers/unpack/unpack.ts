/**
 * Expands once, to a private file, what can only be read from its beginning. Stops at what can't be meant: a bomb would
 * fill the disk. Of a file that breaks off, what came before is kept and said to be incomplete.
 */
import { statfsSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { formatSize } from '../../../shared/format.ts'
import { MAX_PACKED_IMAGE_BYTES, PACKED_RATIO_LIMIT, SPARED_FREE_BYTES } from '../../../shared/limits.ts'
import { Problem } from '../../../shared/problem.ts'
import type { ByteSource } from '../../bytes/byte-source.ts'
import type { FindingLog } from '../../bytes/finding-log.ts'
import { packedRefusal } from '../packed-problem.ts'
import { PrivateFile } from './private-file.ts'

/** Others get their turn, and the disk's free space is looked at, each time so much was expanded. */
const LOOK_BYTES = 16 * 1024 * 1024

export type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

export interface Packed {
  readonly path: string
  readonly storedBytes: number
  /** What the file says that it holds; null when it doesn't. */
  readonly claimedBytes: number | null
  readonly pieces: Pieces
}

/** The expanded bytes; closing them removes the private file. Throws an `image` Problem for a bomb and where nothing could be expanded. */
export async function unpack({ path, storedBytes, claimedBytes, pieces }: Packed, log: FindingLog): Promise<ByteSource> {
  if (claimedBytes !== null) requireMeant(path, storedBytes, claimedBytes)
  const file = new PrivateFile()
  try {
    requireRoom(path, file, claimedBytes ?? 0)
    let lookAt = LOOK_BYTES
    for await (const piece of pieces) {
      file.append(piece)
      if (file.sizeBytes < lookAt) continue
      lookAt = file.sizeBytes + LOOK_BYTES
      requireMeant(path, storedBytes, file.sizeBytes)
      requireRoom(path, file, 0)
      await nextTurn()
    }
  } catch (error) {
    if (!isDamage(error) || file.sizeBytes === 0) {
      file.close()
      throw error
    }
    const message = `${error.message} What could be expanded before that, ${formatSize(file.sizeBytes)}, is shown.`
    log.add('packed-incomplete', 'damaged', message, { offsetBytes: file.sizeBytes })
  }
  file.finish()
  return file
}

const isDamage = (error: unknown): error is Problem => error instanceof Problem && error.report.code === 'packed-image-damaged'

function requireMeant(path: string, storedBytes: number, expandedBytes: number): void {
  const { ratio, leastBytes } = PACKED_RATIO_LIMIT
  if (expandedBytes <= Math.max(leastBytes, storedBytes * ratio) && expandedBytes <= MAX_PACKED_IMAGE_BYTES) return
  const message = `${path} would expand to more than ${ratio} times its size (${formatSize(expandedBytes)} and more), as files do that are made to fill disks.`
  throw packedRefusal('packed-bomb', message, 'If you trust it, expand it with the program that made it and open that.')
}

function requireRoom(path: string, { folder }: PrivateFile, moreBytes: number): void {
  const facts = statfsSync(folder)
  const freeBytes = facts.bavail * facts.bsize
  if (freeBytes - moreBytes >= SPARED_FREE_BYTES) return
  throw new Problem({
    kind: 'io',
    code: 'no-room-to-expand',
    message: `There is too little room in ${folder} to expand ${path}: ${formatSize(freeBytes)} are free.`,
    kept: 'Nothing was left there.',
    advice: 'Make room, or set the environment variable TMPDIR to a folder on a larger disk.',
  })
}
