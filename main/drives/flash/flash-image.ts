/** Writes an image over a stick or card, and reads it back. */
import { createHash } from 'node:crypto'
import { closeSync, fsync, write } from 'node:fs'
import { promisify } from 'node:util'
import type { FlashRequest, FlashResult, FlashTarget, ReadBack } from '../../../shared/drives.ts'
import type { JobControl } from '../../../shared/job.ts'
import { Problem } from '../../../shared/problem.ts'
import { readGuidTable } from '../../boot/gpt-reader.ts'
import { readMbr } from '../../boot/mbr-reader.ts'
import { alignedBuffer } from '../../bytes/aligned-buffer.ts'
import { FileByteSource } from '../../bytes/byte-source.ts'
import { FindingLog } from '../../bytes/finding-log.ts'
import { ioProblem } from '../../bytes/io-problem.ts'
import { readBack, SourceContent } from '../read-back.ts'
import type { FlashAdapter } from './flash-adapter.ts'
import { requireFlashable, targetWords } from './flash-checks.ts'

/** Sticks write whole erase blocks; smaller pieces make them copy. */
const PIECE_BYTES = 1024 * 1024
const writeAt = promisify(write)

/** The target of a path. Throws a `usage` Problem when there is no such disk, or it must not be written. */
export async function chooseTarget(
  { device, imagePath }: Pick<FlashRequest, 'device' | 'imagePath'>,
  adapter: FlashAdapter,
): Promise<FlashTarget> {
  const target = (await adapter.targets()).find(({ path }) => path === device)
  if (target === undefined)
    throw new Problem({
      kind: 'usage',
      code: 'no-such-disk',
      message: `${device} is no disk of this computer.`,
      kept: 'Nothing was written.',
      advice: 'Name the whole stick, such as /dev/sdb, and no partition of it.',
    })
  const image = FileByteSource.open(imagePath)
  try {
    requireFlashable(target, { imageSizeBytes: image.sizeBytes, imageDisk: await adapter.diskOf(imagePath) })
    return target
  } finally {
    image.close()
  }
}

/**
 * Throws a `usage` Problem before anything is written, and an `io` one when writing fails: the target then holds a part of
 * the image and nothing else. A target that reads differently afterwards is in the result.
 */
export async function flashImage(request: FlashRequest, adapter: FlashAdapter, control: JobControl): Promise<FlashResult> {
  const startedMs = Date.now()
  const target = await chooseTarget(request, adapter)
  const image = FileByteSource.open(request.imagePath)
  let giveBack: (() => Promise<void>) | undefined
  try {
    giveBack = await adapter.borrow?.(target, control)
    requireSame(target, await chooseTarget(request, adapter))
    warnUnlessHybrid(image, control)
    control.log('info', `Writing to ${targetWords(target)}.`)
    await adapter.unmount(target)
    const { sha256, verified } = await writeAndVerify(image, target, request.verify, adapter, control)
    const { model, path } = target
    return { kind: 'flash', path, model, sizeBytes: image.sizeBytes, sha256, verified, durationMs: Date.now() - startedMs }
  } finally {
    image.close()
    await giveBack?.()
  }
}

/** While the system asked for a password, another stick could have been put in. */
function requireSame(before: FlashTarget, now: FlashTarget): void {
  const facts = ({ model, serial, sizeBytes }: FlashTarget) => JSON.stringify([model, serial, sizeBytes])
  if (facts(before) === facts(now)) return
  throw new Problem({
    kind: 'io',
    code: 'target-changed',
    message: `${targetWords(before)} is gone: ${targetWords(now)} is in its place.`,
    kept: 'Nothing was written.',
    advice: 'Choose the stick again.',
  })
}

/** Computers look for a partition table on a stick. */
function warnUnlessHybrid(image: FileByteSource, control: JobControl): void {
  const findings = new FindingLog()
  const table = readGuidTable(image, findings)
  if (table !== null || (readMbr(image, false, findings)?.partitions.length ?? 0) > 0) return
  control.log(
    'warning',
    'The image has no partition table: computers will probably not start from the stick, and some will not show its files.',
  )
}

async function writeAndVerify(
  image: FileByteSource,
  target: FlashTarget,
  verify: boolean,
  adapter: FlashAdapter,
  control: JobControl,
): Promise<Pick<FlashResult, 'sha256' | 'verified'>> {
  try {
    const sha256 = await writeImage(image, target, adapter, control)
    return { sha256, verified: verify ? await verifyTarget(image, target, adapter, control) : null }
  } finally {
    // At the latest when the stick is put in again, the system looks by itself.
    await adapter.rescan(target).catch(() => {})
  }
}

/**
 * The beginning is written last, over zeros: until then the stick has no partition table, so no system mounts what is half
 * written and gets in the way, and nobody takes a stick for whole that isn't.
 */
async function writeImage(image: FileByteSource, target: FlashTarget, adapter: FlashAdapter, control: JobControl): Promise<string> {
  const fd = adapter.openForWriting(target)
  const hash = createHash('sha256')
  const piece = alignedBuffer(PIECE_BYTES)
  const head = alignedBuffer(PIECE_BYTES)
  const { sizeBytes } = image
  const headBytes = Math.min(PIECE_BYTES, sizeBytes)
  try {
    await writePiece(fd, head, 0, headBytes)
    for (let at = 0; at < sizeBytes; ) {
      const part = at < headBytes ? head.subarray(at, headBytes) : piece.subarray(0, Math.min(piece.length, sizeBytes - at))
      const got = image.read(at, part)
      if (got === 0) image.assertUnchanged()
      hash.update(part.subarray(0, got))
      if (at >= headBytes) await writePiece(fd, piece, at, got)
      at += got
      control.progress({ phase: 'write', doneBytes: at, totalBytes: sizeBytes, doneItems: 0, current: null })
      await control.checkpoint()
    }
    await writePiece(fd, head, 0, headBytes)
    control.progress({ phase: 'sync', doneBytes: sizeBytes, totalBytes: sizeBytes, doneItems: 0, current: null })
    await promisify(fsync)(fd)
    image.assertUnchanged()
    return hash.digest('hex')
  } catch (error) {
    throw withTarget(ioProblem(error, `Writing to ${targetWords(target)} failed.`), target)
  } finally {
    closeSync(fd)
  }
}

/** Devices take whole sectors: the last one is filled up with zeros. */
const DEVICE_SECTOR_BYTES = 4096

async function writePiece(fd: number, piece: Buffer, atBytes: number, lengthBytes: number): Promise<void> {
  const wholeBytes = Math.ceil(lengthBytes / DEVICE_SECTOR_BYTES) * DEVICE_SECTOR_BYTES
  piece.fill(0, lengthBytes, wholeBytes)
  for (let done = 0; done < wholeBytes; ) done += (await writeAt(fd, piece, done, wholeBytes - done, atBytes + done)).bytesWritten
}

function withTarget(problem: Problem, target: FlashTarget): Problem {
  const kept = `What was on ${targetWords(target)} is overwritten in part; it can’t be used until it is written or formatted again.`
  return new Problem({ ...problem.report, kept }, { cause: problem })
}

async function verifyTarget(image: FileByteSource, target: FlashTarget, adapter: FlashAdapter, control: JobControl): Promise<ReadBack> {
  const source = adapter.openForReading(target)
  try {
    return await readBack(source, new SourceContent(image), [{ startBytes: 0, endBytes: image.sizeBytes }], control)
  } finally {
    source.close()
  }
}
