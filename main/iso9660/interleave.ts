/** Files recorded interleaved (ECMA-119 6.4.3): units of blocks with gaps between them, in which other files may lie. */
import type { ContentRun } from '../bytes/run-source.ts'

/** In logical blocks. */
export interface Interleave {
  readonly unitBlocks: number
  readonly gapBlocks: number
}

/** From the first to the last byte of the content, gaps included. */
export function interleavedSpanBytes(lengthBytes: number, { unitBlocks, gapBlocks }: Interleave, blockBytes: number): number {
  const gaps = Math.max(0, Math.ceil(lengthBytes / (unitBlocks * blockBytes)) - 1)
  return lengthBytes + gaps * gapBlocks * blockBytes
}

/** One run for each unit. */
export function interleavedRuns(offsetBytes: number, lengthBytes: number, interleave: Interleave, blockBytes: number): ContentRun[] {
  const unitBytes = interleave.unitBlocks * blockBytes
  const stepBytes = unitBytes + interleave.gapBlocks * blockBytes
  const runs: ContentRun[] = []
  for (let done = 0, at = offsetBytes; done < lengthBytes; done += unitBytes, at += stepBytes) {
    runs.push({ offsetBytes: at, lengthBytes: Math.min(unitBytes, lengthBytes - done) })
  }
  return runs
}
