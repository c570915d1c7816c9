/** The Huffman codes of a bzip2 block. */
import { packedDamage } from '../packed-problem.ts'
import type { BitFeed } from './byte-feed.ts'

const MOST_CODE_BITS = 20
/** Codes up to this length are looked up at once; nearly all are. */
const QUICK_BITS = 10

/** Codes of one table: those of equal length are neighbours, in the order of their symbols. */
export class Bzip2Code {
  /** By length: the first code, how many there are, and where their symbols begin. */
  readonly #first = new Int32Array(MOST_CODE_BITS + 2)
  readonly #counts = new Int32Array(MOST_CODE_BITS + 2)
  readonly #places = new Int32Array(MOST_CODE_BITS + 2)
  readonly #symbols: Uint16Array
  /** For each number of quick bits: the symbol in the upper part, the length of its code in the lower five bits. */
  readonly #quick = new Uint16Array(2 ** QUICK_BITS)

  constructor(lengths: Uint8Array) {
    for (const length of lengths) this.#counts[length] = (this.#counts[length] as number) + 1
    let code = 0
    let place = 0
    for (let length = 1; length <= MOST_CODE_BITS; length++) {
      this.#first[length] = code
      this.#places[length] = place
      place += this.#counts[length] as number
      code = (code + (this.#counts[length] as number)) << 1
    }
    this.#symbols = new Uint16Array(lengths.length)
    const next = this.#places.slice()
    lengths.forEach((length, symbol) => {
      const at = next[length] as number
      next[length] = at + 1
      this.#symbols[at] = symbol
      if (length > QUICK_BITS) return
      const code = (this.#first[length] as number) + at - (this.#places[length] as number)
      const from = code << (QUICK_BITS - length)
      this.#quick.fill((symbol << 5) | length, from, from + 2 ** (QUICK_BITS - length))
    })
  }

  next(bits: BitFeed): number {
    const quick = this.#quick[bits.peek(QUICK_BITS)] as number
    if (quick !== 0) {
      bits.skip(quick & 31)
      return quick >>> 5
    }
    let code = 0
    for (let length = 1; length <= MOST_CODE_BITS; length++) {
      code = (code << 1) | bits.bit()
      const index = code - (this.#first[length] as number)
      if (index >= 0 && index < (this.#counts[length] as number)) return this.#symbols[(this.#places[length] as number) + index] as number
    }
    throw packedDamage('a block has a code that is not defined')
  }
}

/** Lengths are stored as differences. */
export function readCodes(bits: BitFeed, tables: number, symbols: number): Bzip2Code[] {
  return Array.from({ length: tables }, () => {
    const lengths = new Uint8Array(symbols)
    let length = bits.bits(5)
    for (let symbol = 0; symbol < symbols; symbol++) {
      for (;;) {
        if (length < 1 || length > MOST_CODE_BITS) throw packedDamage('a block has a code that can’t be')
        if (bits.bit() === 0) break
        length += bits.bit() === 0 ? 1 : -1
      }
      lengths[symbol] = length
    }
    return new Bzip2Code(lengths)
  })
}
