/** What a track holds, without what a drive needs around it: user data of 2048 bytes a sector, or samples. */
import { type ByteSource, WindowByteSource } from '../bytes/byte-source.ts'
import { type SectorLayout, strideOf, type Track } from './container.ts'
import { DATA_BYTES, RAW_SECTOR_BYTES } from './sector-layout.ts'

/** Sectors read at a time. */
const SECTORS_PER_READ = 54

/** A part of each stored sector, put together as one source. */
export class SectorPartSource implements ByteSource {
  readonly sizeBytes: number
  readonly #stored: ByteSource
  readonly #strideBytes: number
  readonly #offsetBytes: number
  readonly #partBytes: number
  readonly #held: Buffer

  constructor(stored: ByteSource, strideBytes: number, offsetBytes: number, partBytes: number) {
    this.#stored = stored
    this.#strideBytes = strideBytes
    this.#offsetBytes = offsetBytes
    this.#partBytes = partBytes
    this.#held = Buffer.allocUnsafe(SECTORS_PER_READ * strideBytes)
    // What is cut off within its last sector may still have that sector's data.
    const behind = stored.sizeBytes % strideBytes >= offsetBytes + partBytes ? 1 : 0
    this.sizeBytes = (Math.floor(stored.sizeBytes / strideBytes) + behind) * partBytes
  }

  read(offsetBytes: number, target: Uint8Array): number {
    const wanted = Math.max(0, Math.min(target.length, this.sizeBytes - offsetBytes))
    let done = 0
    while (done < wanted) {
      const first = Math.floor((offsetBytes + done) / this.#partBytes)
      const within = (offsetBytes + done) % this.#partBytes
      const sectors = Math.min(SECTORS_PER_READ, Math.ceil((within + wanted - done) / this.#partBytes))
      const got = this.#stored.read(first * this.#strideBytes, this.#held.subarray(0, sectors * this.#strideBytes))
      for (let i = 0; i < sectors && done < wanted; i++) {
        const skipped = i === 0 ? within : 0
        const start = i * this.#strideBytes + this.#offsetBytes
        if (start + this.#partBytes > got) return done
        const part = this.#held.subarray(start + skipped, start + Math.min(this.#partBytes, skipped + wanted - done))
        target.set(part, done)
        done += part.length
      }
    }
    return done
  }

  close(): void {}
}

/** A part of each sector; where that is all of it, no bytes are copied twice. */
export function sectorParts(stored: ByteSource, layout: SectorLayout, offsetBytes: number, partBytes: number): ByteSource {
  const strideBytes = strideOf(layout)
  if (strideBytes === partBytes) return new WindowByteSource(stored, 0, stored.sizeBytes)
  return new SectorPartSource(stored, strideBytes, offsetBytes, partBytes)
}

/** User data of a data track from index 1 on, 2048 bytes a sector; of form 2 the first 2048. */
export function trackUserData({ stored, layout }: Track): ByteSource {
  return sectorParts(stored, layout, layout.dataOffsetBytes, DATA_BYTES)
}

/** Samples of an audio track from index 1 on: 16 bits, low byte first, left and right, 44,100 a second. */
export function trackSamples({ stored, layout, isBigEndian }: Pick<Track, 'stored' | 'layout' | 'isBigEndian'>): ByteSource {
  const samples = sectorParts(stored, layout, 0, RAW_SECTOR_BYTES)
  return isBigEndian ? new SwappedSource(samples) : samples
}

/** Pairs of bytes the other way round. */
class SwappedSource implements ByteSource {
  readonly sizeBytes: number
  readonly #samples: ByteSource

  constructor(samples: ByteSource) {
    this.#samples = samples
    this.sizeBytes = samples.sizeBytes
  }

  read(offsetBytes: number, target: Uint8Array): number {
    const before = offsetBytes % 2
    const pairs = Buffer.allocUnsafe(Math.ceil((before + target.length) / 2) * 2)
    const got = this.#samples.read(offsetBytes - before, pairs)
    const whole = pairs.subarray(0, got - (got % 2)).swap16()
    target.set(whole.subarray(before, before + target.length))
    return Math.max(0, Math.min(target.length, whole.length - before))
  }

  close(): void {}
}
