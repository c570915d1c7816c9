/** Bits of a buffer, the highest of each byte first. */
const AT_ONCE_BITS = 24

export class BitReader {
  readonly #bytes: Uint8Array
  /** What stands behind the end: nothing is read that is not there, and what comes of it shows by `isOverrun`. */
  readonly #filling: number
  #bitAt = 0

  constructor(bytes: Uint8Array, filling: 0 | 0xff = 0) {
    this.#bytes = bytes
    this.#filling = filling
  }

  get isOverrun(): boolean {
    return this.#bitAt > this.#bytes.length * 8
  }

  /** Of the next byte that is not begun. */
  get byteOffset(): number {
    return Math.min(this.#bytes.length, Math.ceil(this.#bitAt / 8))
  }

  alignToByte(): void {
    this.#bitAt = Math.ceil(this.#bitAt / 8) * 8
  }

  /** Up to 24 bits, left where they are. */
  peek(count: number): number {
    const bytes = this.#bytes
    const filling = this.#filling
    const at = this.#bitAt >>> 3
    const four =
      ((bytes[at] ?? filling) << 24) | ((bytes[at + 1] ?? filling) << 16) | ((bytes[at + 2] ?? filling) << 8) | (bytes[at + 3] ?? filling)
    return count === 0 ? 0 : (four << (this.#bitAt & 7)) >>> (32 - count)
  }

  skip(count: number): void {
    this.#bitAt += count
  }

  /** Up to 48. */
  bits(count: number): number {
    const now = Math.min(count, AT_ONCE_BITS)
    const value = this.peek(now)
    this.skip(now)
    return count > now ? value * 2 ** (count - now) + this.bits(count - now) : value
  }
}
