/** Compares an image with a disc, a stick or another image, byte by byte and no further than the image goes. */
import { realpathSync } from 'node:fs'
import type { JobControl } from '../../shared/job.ts'
import { MAX_DIFFERING_RUNS, TRANSFER_BYTES } from '../../shared/limits.ts'
import { Problem } from '../../shared/problem.ts'
import type { AgainstReport, ByteRange } from '../../shared/verify.ts'
import { alignedBuffer } from '../bytes/aligned-buffer.ts'
import type { ImageSource } from '../bytes/byte-source.ts'
import { DeviceSectorSource } from '../bytes/device-sector-source.ts'
import { MediumFault, readReadable, type SectorSource } from '../bytes/sector-source.ts'

const SECTOR_BYTES = 2048

export interface Difference {
  readonly report: Omit<AgainstReport, 'files'>
  /** Where it differs, in rising order, as far as runs were kept. */
  readonly ranges: readonly ByteRange[]
}

/** Runs of sectors that differ. */
class DifferingSectors {
  readonly runs: { offsetBytes: number; lengthBytes: number }[] = []
  count = 0
  unreadable = 0
  firstByte: number | null = null

  add(offsetBytes: number, lengthBytes: number, firstByte: number): void {
    this.count++
    this.firstByte ??= firstByte
    const last = this.runs.at(-1)
    if (last !== undefined && last.offsetBytes + last.lengthBytes === offsetBytes) last.lengthBytes += lengthBytes
    else if (this.runs.length < MAX_DIFFERING_RUNS) this.runs.push({ offsetBytes, lengthBytes })
  }

  /** Compares what is there of both, sector by sector. */
  compare(ours: Buffer, theirs: Buffer, offsetBytes: number): void {
    if (ours.equals(theirs)) return
    for (let at = 0; at < ours.length; at += SECTOR_BYTES) {
      const [one, other] = [ours.subarray(at, at + SECTOR_BYTES), theirs.subarray(at, at + SECTOR_BYTES)]
      if (!one.equals(other)) this.add(offsetBytes + at, one.length, offsetBytes + at + firstDifference(one, other))
    }
  }
}

function firstDifference(one: Buffer, other: Buffer): number {
  let at = 0
  while (one[at] === other[at]) at++
  return at
}

/**
 * Reads both from front to back. Sectors that the other does not give count as different. Throws an `io` Problem when
 * one of them can't be read at all.
 */
export async function compareWith(
  image: ImageSource,
  path: string,
  control: Pick<JobControl, 'checkpoint' | 'progress'>,
): Promise<Difference> {
  if (realpathSync(path) === realpathSync(image.path)) throw sameFile(path)
  const other = DeviceSectorSource.open(path)
  try {
    const found = new DifferingSectors()
    const comparedBytes = await compareAll(image, other, found, control)
    const isShorter = comparedBytes < image.sizeBytes
    const report = {
      path,
      isDevice: other.isDevice,
      verdict: found.count > 0 ? 'differs' : isShorter ? 'shorter' : 'same',
      comparedBytes,
      extraBytes: isShorter ? 0 : Math.max(0, other.sizeBytes - image.sizeBytes),
      firstDifferenceBytes: found.firstByte ?? (isShorter ? comparedBytes : null),
      differingSectors: found.count,
      unreadableSectors: found.unreadable,
    } as const
    const missing = isShorter ? [{ offsetBytes: comparedBytes, lengthBytes: image.sizeBytes - comparedBytes }] : []
    return { report, ranges: [...found.runs, ...missing] }
  } finally {
    other.close()
  }
}

/** Gives how far both went. */
async function compareAll(
  image: ImageSource,
  other: SectorSource,
  found: DifferingSectors,
  control: Pick<JobControl, 'checkpoint' | 'progress'>,
): Promise<number> {
  const [ours, theirs] = [alignedBuffer(TRANSFER_BYTES), alignedBuffer(TRANSFER_BYTES)]
  const totalBytes = image.sizeBytes
  for (let doneBytes = 0; doneBytes < totalBytes; ) {
    const length = image.read(doneBytes, ours.subarray(0, Math.min(TRANSFER_BYTES, totalBytes - doneBytes)))
    const got = await readPart(other, doneBytes, theirs.subarray(0, wholeSectors(length, other.sectorBytes)), ours, found)
    const both = Math.min(length, got)
    found.compare(ours.subarray(0, both), theirs.subarray(0, both), doneBytes)
    doneBytes += both
    if (both === 0 || got < length) return doneBytes
    const turn = control.checkpoint()
    if (turn === undefined) continue
    control.progress({ phase: 'read', doneBytes, totalBytes, doneItems: 0, current: other.name })
    await turn
  }
  return totalBytes
}

const wholeSectors = (lengthBytes: number, sectorBytes: number): number => Math.ceil(lengthBytes / sectorBytes) * sectorBytes

/** Fills `target`; sectors that can't be read are counted, and taken for something else than they should be. */
async function readPart(
  other: SectorSource,
  offsetBytes: number,
  target: Buffer,
  expected: Buffer,
  found: DifferingSectors,
): Promise<number> {
  try {
    return await other.read(offsetBytes, target)
  } catch (error) {
    if (!(error instanceof MediumFault)) throw error
  }
  const step = Math.max(SECTOR_BYTES, other.sectorBytes)
  for (let at = 0; at < target.length; at += step) {
    const sector = target.subarray(at, at + step)
    if ((await readReadable(other, offsetBytes + at, sector)) > 0) continue
    for (const [index, byte] of expected.subarray(at, at + step).entries()) sector[index] = byte ^ 0xff
    found.unreadable++
  }
  return target.length
}

function sameFile(path: string): Problem {
  return new Problem({
    kind: 'usage',
    code: 'against-itself',
    message: `${path} is the image itself.`,
    advice: 'Name the disc, the stick or the copy that it should be compared with.',
  })
}
