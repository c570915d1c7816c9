/**
 * Expands LZMA (LZMA specification, Igor Pavlov): what is within xz, and the bare streams of CHD. What was expanded lies
 * in the caller's buffer and is its own dictionary. Bytes that are missing count as zero and are told at the end.
 */

/** Thrown for bytes that are no such stream; whoever asked says what it means. */
export class LzmaFault extends Error {}

const STATES = 12
const POSITION_STATES = 16
const LITERAL_PROBABILITIES = 0x300
const FIRST_MATCH_STATE = 7
/** Distances from this slot on have bits of their own, and from the other on the lowest four of them are modelled apart. */
const FIRST_MODELLED_SLOT = 4
const FIRST_ALIGNED_SLOT = 14
const ALIGN_BITS = 4
const LEAST_MATCH = 2
const HALF = 1024

/** Places in the one table of probabilities. A length coder has two choices, sixteen trees twice, and one long tree. */
const LENGTH_SIZE = 2 + POSITION_STATES * 8 * 2 + 256
const IS_MATCH = 0
const IS_REP = IS_MATCH + STATES * POSITION_STATES
const IS_REP_0 = IS_REP + STATES
const IS_REP_1 = IS_REP_0 + STATES
const IS_REP_2 = IS_REP_1 + STATES
const IS_REP_0_LONG = IS_REP_2 + STATES
const SLOTS = IS_REP_0_LONG + STATES * POSITION_STATES
const SPECIAL = SLOTS + 4 * 64
const ALIGN = SPECIAL + 128
const LENGTHS = ALIGN + 16
const REP_LENGTHS = LENGTHS + LENGTH_SIZE
const LITERALS = REP_LENGTHS + LENGTH_SIZE

export interface LzmaProperties {
  readonly literalContextBits: number
  readonly literalPositionBits: number
  readonly positionBits: number
}

/** One byte names all three. Null for one that doesn't. */
export function lzmaProperties(byte: number): LzmaProperties | null {
  if (byte >= 9 * 5 * 5) return null
  const rest = Math.floor(byte / 9)
  return { literalContextBits: byte % 9, literalPositionBits: rest % 5, positionBits: Math.floor(rest / 5) }
}

export class LzmaDecoder {
  private probabilities = new Uint16Array(0)
  private contextBits = 0
  private literalMask = 0
  private positionMask = 0
  private input: Uint8Array = new Uint8Array(0)
  private at = 0
  private range = 0
  private code = 0
  private state = 0
  private rep0 = 0
  private rep1 = 0
  private rep2 = 0
  private rep3 = 0
  /** Bytes since the dictionary was begun: what literals and matches are modelled by. */
  private processed = 0

  /** Everything as at the beginning of a stream but the dictionary. */
  resetState({ literalContextBits, literalPositionBits, positionBits }: LzmaProperties): void {
    const size = LITERALS + LITERAL_PROBABILITIES * 2 ** (literalContextBits + literalPositionBits)
    if (this.probabilities.length !== size) this.probabilities = new Uint16Array(size)
    this.probabilities.fill(HALF)
    this.contextBits = literalContextBits
    this.literalMask = 2 ** literalPositionBits - 1
    this.positionMask = 2 ** positionBits - 1
    this.state = 0
    this.rep0 = this.rep1 = this.rep2 = this.rep3 = 0
  }

  resetDictionary(): void {
    this.processed = 0
  }

  /** Bytes that were put into the dictionary without being packed. */
  skip(lengthBytes: number): void {
    this.processed += lengthBytes
  }

  /**
   * Expands `packed` into `out` from `pos` to `end`, exactly; the dictionary is what stands before `pos`, as far as
   * there is one. Throws an LzmaFault when it is damaged.
   */
  expand(packed: Uint8Array, out: Uint8Array, pos: number, end: number): void {
    this.input = packed
    this.at = 5
    this.range = -1
    this.code = 0
    for (let i = 1; i < 5; i++) this.code = (this.code << 8) | (packed[i] as number)
    if (packed.length < 5 || packed[0] !== 0) throw new LzmaFault('the stream does not begin as it must')
    while (pos < end)
      pos =
        this.bit(IS_MATCH + (this.state << 4) + (this.processed & this.positionMask)) === 0
          ? this.literal(out, pos)
          : this.match(out, pos, end)
    if (this.at > packed.length) throw new LzmaFault('the stream is cut off')
  }

  private bit(index: number): number {
    const probability = this.probabilities[index] as number
    const bound = Math.imul(this.range >>> 11, probability)
    let bit = 0
    // Unsigned comparison of 32 bits.
    if ((this.code ^ 0x80000000) < (bound ^ 0x80000000)) {
      this.range = bound
      this.probabilities[index] = probability + ((2048 - probability) >> 5)
    } else {
      this.range = (this.range - bound) | 0
      this.code = (this.code - bound) | 0
      this.probabilities[index] = probability - (probability >> 5)
      bit = 1
    }
    if ((this.range & 0xff000000) === 0) {
      this.range <<= 8
      this.code = (this.code << 8) | (this.input[this.at++] as number)
    }
    return bit
  }

  private tree(base: number, bits: number): number {
    let symbol = 1
    for (let i = 0; i < bits; i++) symbol = (symbol << 1) | this.bit(base + symbol)
    return symbol - (1 << bits)
  }

  private reverseTree(base: number, bits: number): number {
    let symbol = 1
    let value = 0
    for (let i = 0; i < bits; i++) {
      const bit = this.bit(base + symbol)
      symbol = (symbol << 1) | bit
      value |= bit << i
    }
    return value
  }

  /** Bits that are not modelled. */
  private direct(bits: number): number {
    let value = 0
    for (let i = 0; i < bits; i++) {
      this.range >>>= 1
      this.code = (this.code - this.range) | 0
      const sign = this.code >> 31
      this.code = (this.code + (this.range & sign)) | 0
      value = (value << 1) + sign + 1
      if ((this.range & 0xff000000) === 0) {
        this.range <<= 8
        this.code = (this.code << 8) | (this.input[this.at++] as number)
      }
    }
    return value
  }

  private literal(out: Uint8Array, pos: number): number {
    const before = this.processed === 0 ? 0 : (out[pos - 1] as number)
    const context = ((this.processed & this.literalMask) << this.contextBits) + (before >> (8 - this.contextBits))
    const base = LITERALS + LITERAL_PROBABILITIES * context
    let symbol = 1
    if (this.state >= FIRST_MATCH_STATE) {
      let matched = out[pos - this.rep0 - 1] as number
      while (symbol < 0x100) {
        const matchBit = (matched >> 7) & 1
        matched <<= 1
        const bit = this.bit(base + ((1 + matchBit) << 8) + symbol)
        symbol = (symbol << 1) | bit
        if (bit !== matchBit) break
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.bit(base + symbol)
    out[pos] = symbol
    this.processed++
    this.state = this.state < 4 ? 0 : this.state < 10 ? this.state - 3 : this.state - 6
    return pos + 1
  }

  private match(out: Uint8Array, pos: number, end: number): number {
    const positionState = this.processed & this.positionMask
    let length = 0
    if (this.bit(IS_REP + this.state) === 0) {
      this.rep3 = this.rep2
      this.rep2 = this.rep1
      this.rep1 = this.rep0
      length = this.length(LENGTHS, positionState)
      this.state = this.state < FIRST_MATCH_STATE ? 7 : 10
      this.rep0 = this.distance(length)
    } else if (this.isShortRep(positionState)) {
      length = 1
      this.state = this.state < FIRST_MATCH_STATE ? 9 : 11
    } else {
      length = this.length(REP_LENGTHS, positionState)
      this.state = this.state < FIRST_MATCH_STATE ? 8 : 11
    }
    const distance = this.rep0 + 1
    if (distance <= 0 || distance > pos || distance > this.processed || length > end - pos) {
      throw new LzmaFault('a copy leads out of what was expanded')
    }
    if (distance >= length) out.copyWithin(pos, pos - distance, pos - distance + length)
    else for (let i = pos; i < pos + length; i++) out[i] = out[i - distance] as number
    this.processed += length
    return pos + length
  }

  /** Takes one of the last four distances to be the last; true when it is the very last and for one byte only. */
  private isShortRep(positionState: number): boolean {
    if (this.bit(IS_REP_0 + this.state) === 0) return this.bit(IS_REP_0_LONG + (this.state << 4) + positionState) === 0
    let distance = this.rep1
    if (this.bit(IS_REP_1 + this.state) === 1) {
      if (this.bit(IS_REP_2 + this.state) === 0) distance = this.rep2
      else {
        distance = this.rep3
        this.rep3 = this.rep2
      }
      this.rep2 = this.rep1
    }
    this.rep1 = this.rep0
    this.rep0 = distance
    return false
  }

  private length(base: number, positionState: number): number {
    if (this.bit(base) === 0) return LEAST_MATCH + this.tree(base + 2 + positionState * 8, 3)
    if (this.bit(base + 1) === 0) return LEAST_MATCH + 8 + this.tree(base + 2 + POSITION_STATES * 8 + positionState * 8, 3)
    return LEAST_MATCH + 16 + this.tree(base + 2 + POSITION_STATES * 16, 8)
  }

  private distance(length: number): number {
    const slot = this.tree(SLOTS + Math.min(length - LEAST_MATCH, 3) * 64, 6)
    if (slot < FIRST_MODELLED_SLOT) return slot
    const bits = (slot >> 1) - 1
    const high = (2 | (slot & 1)) << bits
    if (slot < FIRST_ALIGNED_SLOT) return high + this.reverseTree(SPECIAL + high - slot, bits)
    return (high + (this.direct(bits - ALIGN_BITS) << ALIGN_BITS) + this.reverseTree(ALIGN, ALIGN_BITS)) | 0
  }
}
