/** Bits of FLAC frames, the highest of each byte first; behind the end there are ones, so that no run of zeros is endless. */
export class FlacBits {
  readonly #bytes: Uint8Array
  #bitAt = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get isOverrun(): boolean {
    return this.#bitAt > this.#bytes.length * 8
  }

  get byteOffset(): number {
    return Math.min(this.#bytes.length, Math.ceil(this.#bitAt / 8))
  }

  alignToByte(): void {
    this.#bitAt = Math.ceil(this.#bitAt / 8) * 8
  }

  #peek24(): number {
    const at = this.#bitAt >>> 3
    const four =
      ((this.#bytes[at] ?? 255) << 24) |
      ((this.#bytes[at + 1] ?? 255) << 16) |
      ((this.#bytes[at + 2] ?? 255) << 8) |
      (this.#bytes[at + 3] ?? 255)
    return (four << (this.#bitAt & 7)) >>> 8
  }

  /** Up to 24. */
  bits(count: number): number {
    if (count === 0) return 0
    const value = this.#peek24() >>> (24 - count)
    this.#bitAt += count
    return value
  }

  /** Up to 32 bits with a sign. */
  signed(count: number): number {
    if (count === 0) return 0
    const high = count > 24 ? this.bits(count - 24) : 0
    const value = high * 2 ** 24 + this.bits(Math.min(count, 24))
    return value >= 2 ** (count - 1) ? value - 2 ** count : value
  }

  /** Zeros before a one. */
  unary(): number {
    for (let zeros = 0; ; zeros += 24) {
      const next = this.#peek24()
      if (next === 0) {
        this.#bitAt += 24
        continue
      }
      const here = Math.clz32(next) - 8
      this.#bitAt += here + 1
      return zeros + here
    }
  }

  rice(parameter: number): number {
    const high = this.unary()
    const value =
      parameter > 24
        ? high * 2 ** parameter + this.bits(parameter - 24) * 2 ** 24 + this.bits(24)
        : high * 2 ** parameter + this.bits(parameter)
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }

  /** The coded number of a frame, as long as UTF-8 would make it. */
  skipNumber(): void {
    const first = this.bits(8)
    let more = first < 0x80 ? 0 : Math.clz32(~(first << 24)) - 1
    for (; more > 0; more--) this.bits(8)
  }
}
