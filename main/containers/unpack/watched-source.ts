/** A source that knows how far into it somebody has read. */
import type { ByteSource } from '../../bytes/byte-source.ts'

export class WatchedSource implements ByteSource {
  readonly #source: ByteSource
  #reachedBytes = 0

  constructor(source: ByteSource) {
    this.#source = source
  }

  get sizeBytes(): number {
    return this.#source.sizeBytes
  }

  get reachedBytes(): number {
    return this.#reachedBytes
  }

  read(offsetBytes: number, target: Uint8Array): number {
    const got = this.#source.read(offsetBytes, target)
    this.#reachedBytes = Math.max(this.#reachedBytes, offsetBytes + got)
    return got
  }

  /** Whoever opened the source closes it. */
  close(): void {}
}
