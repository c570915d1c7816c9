/** Numbers as FLAC frames have them; behind the end there are ones, so that no run of zeros is endless. */
import { BitReader } from './bit-reader.ts'

const LOOK_BITS = 24

export class FlacBits extends BitReader {
  constructor(bytes: Uint8Array) {
    super(bytes, 0xff)
  }

  /** Up to 32 bits with a sign. */
  signed(count: number): number {
    const value = this.bits(count)
    return count > 0 && value >= 2 ** (count - 1) ? value - 2 ** count : value
  }

  /** Zeros before a one. */
  unary(): number {
    for (let zeros = 0; ; zeros += LOOK_BITS) {
      const next = this.peek(LOOK_BITS)
      if (next === 0) {
        this.skip(LOOK_BITS)
        continue
      }
      const here = Math.clz32(next) - (32 - LOOK_BITS)
      this.skip(here + 1)
      return zeros + here
    }
  }

  rice(parameter: number): number {
    const value = this.unary() * 2 ** parameter + this.bits(parameter)
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }

  /** The coded number of a frame, as long as UTF-8 would make it. */
  skipNumber(): void {
    const first = this.bits(8)
    let more = first < 0x80 ? 0 : Math.clz32(~(first << 24)) - 1
    for (; more > 0; more--) this.bits(8)
  }
}
