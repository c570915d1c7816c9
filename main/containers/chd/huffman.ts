/** Huffman codes as CHD has them (MAME, huffman.cpp): the longest codes are the lowest numbers. */
import type { BitReader } from '../codecs/bit-reader.ts'
import { packedDamage } from '../packed-problem.ts'

/** What a code's table of lengths is read with. */
const SMALL_CODES = 24
const SMALL_BITS = 6

export class HuffmanCode {
  readonly #bits: number
  /** For each number of `bits` bits: the symbol in the upper part, the length of its code in the lower five bits. */
  readonly #table: Uint16Array

  /** Throws an `image` Problem when no code has these lengths. */
  constructor(lengths: Uint8Array, mostBits: number) {
    this.#bits = mostBits
    this.#table = new Uint16Array(2 ** mostBits)
    const counts = new Uint32Array(33)
    for (const length of lengths) {
      if (length > mostBits) throw packedDamage('it has a code that can’t be')
      counts[length] = (counts[length] as number) + 1
    }
    const next = new Uint32Array(33)
    let start = 0
    for (let length = 32; length > 0; length--) {
      const sum = start + (counts[length] as number)
      if (length !== 1 && sum % 2 !== 0) throw packedDamage('it has a code that can’t be')
      next[length] = start
      start = sum >>> 1
    }
    lengths.forEach((length, symbol) => {
      if (length === 0) return
      const code = next[length] as number
      next[length] = code + 1
      const from = code * 2 ** (mostBits - length)
      if (from + 2 ** (mostBits - length) > this.#table.length) throw packedDamage('it has a code that can’t be')
      this.#table.fill((symbol << 5) | length, from, from + 2 ** (mostBits - length))
    })
  }

  next(bits: BitReader): number {
    const entry = this.#table[bits.peek(this.#bits)] as number
    if (entry === 0) throw packedDamage('it has a code that is not defined')
    bits.skip(entry & 31)
    return entry >>> 5
  }
}

/** Lengths one by one, with runs of equal ones told apart by a length of one. */
export function readRunCode(bits: BitReader, codes: number, mostBits: number): HuffmanCode {
  const width = mostBits >= 16 ? 5 : mostBits >= 8 ? 4 : 3
  const lengths = new Uint8Array(codes)
  for (let i = 0; i < codes; ) {
    const length = bits.bits(width)
    if (length !== 1) {
      lengths[i++] = length
      continue
    }
    const repeated = bits.bits(width)
    const count = repeated === 1 ? 1 : bits.bits(width) + 3
    if (count > codes - i) throw packedDamage('it has a code that can’t be')
    lengths.fill(repeated, i, i + count)
    i += count
  }
  return new HuffmanCode(lengths, mostBits)
}

/** Lengths that are themselves coded, as differences from nothing and in runs of the last. */
export function readCodedCode(bits: BitReader, codes: number, mostBits: number): HuffmanCode {
  const small = readSmallCode(bits)
  const runBits = 32 - Math.clz32(codes - 9)
  const lengths = new Uint8Array(codes)
  let last = 0
  for (let i = 0; i < codes; ) {
    const value = small.next(bits)
    if (value !== 0) {
      last = value - 1
      lengths[i++] = last
      continue
    }
    let count = bits.bits(3) + 2
    if (count === 7 + 2) count += bits.bits(runBits)
    const end = Math.min(codes, i + count)
    lengths.fill(last, i, end)
    i = end
  }
  return new HuffmanCode(lengths, mostBits)
}

function readSmallCode(bits: BitReader): HuffmanCode {
  const lengths = new Uint8Array(SMALL_CODES)
  lengths[0] = bits.bits(3)
  const start = bits.bits(3) + 1
  for (let i = start; i < SMALL_CODES; i++) {
    const length = bits.bits(3)
    if (length === 7) break
    lengths[i] = length
  }
  return new HuffmanCode(lengths, SMALL_BITS)
}

const BYTES = 256
const MOST_BYTE_BITS = 16

/** The `huff` codec: one code for all bytes of a hunk. */
export function expandHuffman(out: Uint8Array, bits: BitReader): void {
  const code = readCodedCode(bits, BYTES, MOST_BYTE_BITS)
  for (let i = 0; i < out.length; i++) out[i] = code.next(bits)
  if (bits.isOverrun) throw packedDamage('a hunk is too short')
}
