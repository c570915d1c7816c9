/** Bits of a buffer, the highest of each byte first; behind its end there are zeros. */
export class BitReader {
  readonly #bytes: Uint8Array
  #bitAt = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get isOverrun(): boolean {
    return this.#bitAt > this.#bytes.length * 8
  }

  /** Up to 24 bits, left where they are. */
  peek(count: number): number {
    const at = this.#bitAt >>> 3
    const four =
      ((this.#bytes[at] ?? 0) << 24) | ((this.#bytes[at + 1] ?? 0) << 16) | ((this.#bytes[at + 2] ?? 0) << 8) | (this.#bytes[at + 3] ?? 0)
    return count === 0 ? 0 : (four << (this.#bitAt & 7)) >>> (32 - count)
  }

  skip(count: number): void {
    this.#bitAt += count
  }

  /** Up to 48. */
  bits(count: number): number {
    let value = 0
    for (let left = count; left > 0; ) {
      const now = Math.min(left, 16)
      value = value * 2 ** now + this.peek(now)
      this.skip(now)
      left -= now
    }
    return value
  }
}
