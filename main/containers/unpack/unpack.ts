/**
 * Expands once, to a private file, what can only be read from its beginning. Stops at what can't be meant: a bomb would
 * fill the disk. Of a file that breaks off, what came before is kept and said to be incomplete.
 */
import { statfsSync } from 'node:fs'
import { basename } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { formatSize } from '../../../shared/format.ts'
import { MAX_PACKED_IMAGE_BYTES, PACKED_RATIO_LIMIT, SPARED_FREE_BYTES } from '../../../shared/limits.ts'
import { Problem } from '../../../shared/problem.ts'
import { sentences } from '../../../shared/sentences.ts'
import type { ByteSource } from '../../bytes/byte-source.ts'
import type { FindingLog } from '../../bytes/finding-log.ts'
import type { OpeningControl } from '../opening-control.ts'
import { packedRefusal } from '../packed-problem.ts'
import { PrivateFile } from './private-file.ts'
import { WatchedSource } from './watched-source.ts'

/** Others get their turn, and the disk's free space is looked at, each time so much was expanded. */
const LOOK_BYTES = 16 * 1024 * 1024

export type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

export interface Packed {
  readonly path: string
  readonly stored: ByteSource
  /** What the file says that it holds; null when it doesn't. */
  readonly claimedBytes: number | null
  /** What is in it, from the front. */
  readonly piecesOf: (stored: ByteSource) => Pieces
}

/** Whose progress and cancel it is, and where findings go. */
export interface Unpacking {
  readonly log: FindingLog
  readonly control: OpeningControl
}

/**
 * The expanded bytes; closing them removes the private file. Throws an `image` Problem for a bomb and where nothing could be
 * expanded, and what the control throws; then nothing is left.
 */
export async function unpack({ path, stored, claimedBytes, piecesOf }: Packed, { log, control }: Unpacking): Promise<ByteSource> {
  const storedBytes = stored.sizeBytes
  if (claimedBytes !== null) requireMeant(path, storedBytes, claimedBytes)
  const watched = new WatchedSource(stored)
  const current = basename(path)
  const file = new PrivateFile()
  try {
    requireRoom(path, file, claimedBytes ?? 0)
    let lookAt = LOOK_BYTES
    for await (const piece of piecesOf(watched)) {
      file.append(piece)
      control.progress({ phase: 'expand', doneBytes: watched.reachedBytes, totalBytes: storedBytes, doneItems: 0, current })
      await control.checkpoint()
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
    const message = sentences(error.message, `What could be expanded before that, ${formatSize(file.sizeBytes)}, is shown.`)
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
