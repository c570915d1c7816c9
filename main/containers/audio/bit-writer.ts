/** Bits one after another, the highest first. */
export class BitWriter {
  readonly #bytes: Uint8Array
  #length = 0
  #held = 0
  #heldBits = 0

  constructor(mostBytes: number) {
    this.#bytes = new Uint8Array(mostBytes)
  }

  get lengthBytes(): number {
    return this.#length
  }

  /** Up to 24 bits of a number that has no sign. */
  bits(value: number, count: number): void {
    this.#held = (this.#held << count) | value
    this.#heldBits += count
    while (this.#heldBits >= 8) {
      this.#heldBits -= 8
      this.#bytes[this.#length++] = this.#held >>> this.#heldBits
    }
    // What is held is fewer than 8 bits; 24 more fit.
    this.#held &= (1 << this.#heldBits) - 1
  }

  /** Up to 24 bits of a number that may be negative. */
  signed(value: number, count: number): void {
    this.bits(value & (2 ** count - 1), count)
  }

  /** Zeros, then a one. */
  unary(zeros: number): void {
    let left = zeros
    for (; left >= 24; left -= 24) this.bits(0, 24)
    this.bits(1, left + 1)
  }

  toWholeByte(): void {
    if (this.#heldBits > 0) this.bits(0, 8 - this.#heldBits)
  }

  /** A view; the next `clear` makes it stale. */
  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  clear(): void {
    this.#length = 0
    this.#held = 0
    this.#heldBits = 0
  }
}
