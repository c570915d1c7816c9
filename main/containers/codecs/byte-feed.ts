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
  /** Of those that are held, how many are only zeros behind the end. */
  #madeUpBits = 0

  constructor(feed: ByteFeed) {
    this.#feed = feed
  }

  /** At most 24. */
  bits(count: number): number {
    const value = this.peek(count)
    this.skip(count)
    return value
  }

  /** At most 24, left where they are; behind the end there are zeros. */
  peek(count: number): number {
    while (this.#heldBits < count) {
      const isEnd = this.#feed.isAtEnd
      this.#held = (this.#held << 8) | (isEnd ? 0 : this.#feed.next())
      this.#heldBits += 8
      if (isEnd) this.#madeUpBits += 8
    }
    return (this.#held >>> (this.#heldBits - count)) & (2 ** count - 1)
  }

  /** Passes over bits that were looked at. */
  skip(count: number): void {
    this.#heldBits -= count
    if (this.#heldBits < this.#madeUpBits) throw new FeedEnd('it is cut off')
    this.#held &= 2 ** this.#heldBits - 1
  }

  bit(): number {
    return this.bits(1)
  }

  /** Leaves out what is left of a byte. */
  alignToByte(): void {
    this.skip(this.#heldBits % 8)
  }

  /** Whether nothing follows. */
  get isAtEnd(): boolean {
    return this.#heldBits === this.#madeUpBits && this.#feed.isAtEnd
  }
}
