/** First phase: everything that was not tried, in large reads, hurrying past what is bad or slow. */
import type { ByteRange, RescueMap } from './rescue-map.ts'
import type { RescueReader } from './rescue-reader.ts'

/** A drive spins up in this time, and reads 128 KiB of a CD at its slowest in one. */
const SLOW_READ_MS = 2000
/** Largest stretch left out at once, as a part of the medium, and at least. */
const LARGEST_SKIP_PART = 100
const LEAST_LARGEST_SKIP_BYTES = 1024 * 1024

export type Direction = 'forwards' | 'backwards'

export interface CopyPass {
  readonly direction: Direction
  /** Whether to go on some way behind a bad or slow place, twice as far each time; what lies between is left for later. */
  readonly skips: boolean
  /** Where it begins or was interrupted. */
  readonly fromBytes: number
}

/** Reads each stretch once; failed reads become `non-trimmed`. */
export async function copyPass(reader: RescueReader, { direction, skips, fromBytes }: CopyPass): Promise<void> {
  const { map } = reader
  const largestSkip = Math.max(LEAST_LARGEST_SKIP_BYTES, Math.floor(map.sizeBytes / LARGEST_SKIP_PART))
  let skipBytes = 0
  let at = fromBytes
  for (;;) {
    const next = nextRead(map, direction, at, reader.largestReadBytes)
    if (next === null) return
    const { isWhole, tookMs } = await reader.read(next.startBytes, next.endBytes, 'non-trimmed')
    const isGood = isWhole && tookMs < SLOW_READ_MS
    skipBytes = isGood || !skips ? 0 : Math.min(largestSkip, Math.max(reader.largestReadBytes, skipBytes * 2))
    at = direction === 'forwards' ? next.endBytes + skipBytes : next.startBytes - skipBytes
  }
}

function nextRead(map: RescueMap, direction: Direction, at: number, largestBytes: number): ByteRange | null {
  if (direction === 'forwards') {
    const range = map.firstFrom('non-tried', at)
    return range && { startBytes: range.startBytes, endBytes: Math.min(range.endBytes, range.startBytes + largestBytes) }
  }
  const range = map.lastBefore('non-tried', at)
  return range && { startBytes: Math.max(range.startBytes, range.endBytes - largestBytes), endBytes: range.endBytes }
}
