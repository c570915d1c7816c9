/** Where a medium was read, but slowly: it may be the next to fail there. */
import type { ReadMoment } from './rescue-reader.ts'

/** A place is slow when the drive needed so many times as long for it as for the rest. */
const SLOWER_TIMES = 8
/** Shorter than that is no trouble of the drive: systems have other things to do. */
const LEAST_SLOW_MS = 400

export class SlowPlaces {
  readonly #sizeBytes: number
  readonly #isSlow: Uint8Array
  #readBytes = 0
  #readMs = 0

  constructor(sizeBytes: number, cellCount: number) {
    this.#sizeBytes = sizeBytes
    this.#isSlow = new Uint8Array(Math.max(1, cellCount))
  }

  note({ startBytes, positionBytes, tookMs }: ReadMoment): void {
    const readBytes = positionBytes - startBytes
    if (readBytes <= 0) return
    const usualMs = (this.#readMs / Math.max(1, this.#readBytes)) * readBytes
    if (this.#readBytes > 0 && tookMs >= LEAST_SLOW_MS && tookMs > usualMs * SLOWER_TIMES) this.#mark(startBytes, positionBytes)
    // The first read waits for the drive to spin up, and slow ones say nothing of the usual speed.
    else if (tookMs < LEAST_SLOW_MS) {
      this.#readBytes += readBytes
      this.#readMs += tookMs
    }
  }

  isSlow(cell: number): boolean {
    return this.#isSlow[cell] === 1
  }

  #mark(startBytes: number, endBytes: number): void {
    const cellOf = (byte: number) => Math.min(this.#isSlow.length - 1, Math.floor((byte / this.#sizeBytes) * this.#isSlow.length))
    this.#isSlow.fill(1, cellOf(startBytes), cellOf(endBytes - 1) + 1)
  }
}
