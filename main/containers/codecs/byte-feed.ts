/** Bytes and bits of a source from front to back, read in large pieces. */
import type { ByteSource } from '../../bytes/byte-source.ts'
import { readUpTo } from '../../bytes/byte-source.ts'

const PIECE_BYTES = 64 * 1024

/** Thrown where the source ends too early. */
export class FeedEnd extends Error {}

export class ByteFeed {
  readonly #source: ByteSource
  #piece: Buffer = Buffer.alloc(0)
  #used = 0
  #readAt: number

  constructor(source: ByteSource, offsetBytes = 0) {
    this.#source = source
    this.#readAt = offsetBytes
  }

  /** Where the next byte stands. */
  get offsetBytes(): number {
    return this.#readAt - this.#piece.length + this.#used
  }

  get isAtEnd(): boolean {
    return this.#used === this.#piece.length && !this.#more()
  }

  next(): number {
    if (this.#used === this.#piece.length && !this.#more()) throw new FeedEnd('it is cut off')
    return this.#piece[this.#used++] as number
  }

  #more(): boolean {
    this.#piece = readUpTo(this.#source, this.#readAt, PIECE_BYTES)
    this.#readAt += this.#piece.length
    this.#used = 0
    return this.#piece.length > 0
  }
}

/** Bits of a feed, the highest of each byte first. */
export class BitFeed {
  readonly #feed: ByteFeed
  #held = 0
  #heldBits = 0

  constructor(feed: ByteFeed) {
    this.#feed = feed
  }

  /** At most 24. */
  bits(count: number): number {
    while (this.#heldBits < count) {
      this.#held = ((this.#held << 8) | this.#feed.next()) >>> 0
      this.#heldBits += 8
    }
    this.#heldBits -= count
    const value = (this.#held >>> this.#heldBits) & (2 ** count - 1)
    this.#held &= 2 ** this.#heldBits - 1
    return value
  }

  bit(): number {
    return this.bits(1)
  }

  /** Leaves out what is left of a byte. */
  alignToByte(): void {
    this.#heldBits -= this.#heldBits % 8
    this.#held &= 2 ** this.#heldBits - 1
  }
}
