/** Expands LZFSE (lzfse_internal.h): blocks that are stored, LZVN, or finite-state coded literals, lengths and distances. */
import { readU32Le } from '../../bytes/field-types.ts'
import { packedDamage } from '../packed-problem.ts'
import { BackwardBits, StateTable } from './finite-state.ts'
import { expandLzvn } from './lzvn.ts'

const STORED = 0x2d78_7662
const LZVN = 0x6e78_7662
const CODED = 0x3278_7662
const END = 0x2478_7662
const CODED_HEADER_BYTES = 32
/** Numbers of symbols and of states, in the order of their tables: literals to copy, length, distance, literals. */
export const LZFSE_TABLES = [
  { symbols: 20, states: 64 },
  { symbols: 20, states: 64 },
  { symbols: 64, states: 256 },
  { symbols: 256, states: 1024 },
] as const
const LITERAL_STREAMS = 4

/** Symbols of lengths and distances stand for a range each: how many bits tell where in it, and where it begins. */
export interface ValueRanges {
  readonly bits: readonly number[]
  readonly bases: readonly number[]
}
const ranges = (bits: readonly number[]): ValueRanges => {
  let base = 0
  const bases = bits.map((count) => {
    base += 2 ** count
    return base - 2 ** count
  })
  return { bits, bases }
}
const short = new Array<number>(16).fill(0)
export const LITERAL_RUNS = ranges([...short, 2, 3, 5, 8])
export const MATCH_LENGTHS = ranges([...short, 3, 5, 8, 11])
export const DISTANCES = ranges(Array.from({ length: 64 }, (_, i) => i >> 2))

/** Gives exactly `lengthBytes`. Throws an `image` Problem when it is damaged. */
export function expandLzfse(packed: Uint8Array, lengthBytes: number): Uint8Array {
  const out = new Uint8Array(lengthBytes)
  let at = 0
  let done = 0
  while (done < lengthBytes) {
    if (at + 8 > packed.length) throw packedDamage('a block is too short')
    const magic = readU32Le(packed, at)
    const rawBytes = readU32Le(packed, at + 4)
    if (magic === END || rawBytes > lengthBytes - done) throw packedDamage('a block is of the wrong length')
    const to = done + rawBytes
    if (magic === STORED) {
      if (at + 8 + rawBytes > packed.length) throw packedDamage('a block is too short')
      out.set(packed.subarray(at + 8, at + 8 + rawBytes), done)
      at += 8 + rawBytes
    } else if (magic === LZVN) {
      const payloadBytes = at + 12 <= packed.length ? readU32Le(packed, at + 8) : 0
      expandLzvn(packed.subarray(at + 12, at + 12 + payloadBytes), out, done, to)
      at += 12 + payloadBytes
    } else if (magic === CODED) at += expandCoded(packed.subarray(at), out, done, to)
    else throw packedDamage('a block is of no known kind')
    done = to
  }
  return out
}

interface CodedHeader {
  readonly headerBytes: number
  readonly literals: number
  readonly literalBytes: number
  readonly literalUnused: number
  readonly literalStates: readonly number[]
  readonly matches: number
  readonly matchBytes: number
  readonly matchUnused: number
  readonly matchStates: readonly [number, number, number]
}

/** Three words of 64 bits that hold several numbers each. */
function readCodedHeader(packed: Uint8Array): CodedHeader {
  const words = new DataView(packed.buffer, packed.byteOffset, CODED_HEADER_BYTES)
  const field = (word: number, bit: number, count: number): number =>
    Number(BigInt.asUintN(count, words.getBigUint64(8 + word * 8, true) >> BigInt(bit)))
  return {
    literals: field(0, 0, 20),
    literalBytes: field(0, 20, 20),
    matches: field(0, 40, 20),
    literalUnused: 7 - field(0, 60, 3),
    literalStates: [0, 10, 20, 30].map((bit) => field(1, bit, 10)),
    matchBytes: field(1, 40, 20),
    matchUnused: 7 - field(1, 60, 3),
    headerBytes: field(2, 0, 32),
    matchStates: [field(2, 32, 10), field(2, 42, 10), field(2, 52, 10)],
  }
}

/** Gives how many bytes of `packed` the block takes. */
function expandCoded(packed: Uint8Array, out: Uint8Array, from: number, to: number): number {
  if (packed.length < CODED_HEADER_BYTES) throw packedDamage('a block is too short')
  const header = readCodedHeader(packed)
  const { headerBytes, literalBytes, matchBytes } = header
  const endBytes = headerBytes + literalBytes + matchBytes
  const isState = header.literalStates.every((state) => state < LZFSE_TABLES[3].states)
  if (!isState || header.matchStates.some((state, i) => state >= (LZFSE_TABLES[i]?.states ?? 0))) throw packedDamage('a block is wrong')
  if (headerBytes < CODED_HEADER_BYTES || endBytes > packed.length) throw packedDamage('a block is too short')
  const tables = readTables(packed.subarray(CODED_HEADER_BYTES, headerBytes))
  const literals = readLiterals(header, packed.subarray(headerBytes, headerBytes + literalBytes), tables[3])
  const matches = new BackwardBits(packed.subarray(headerBytes + literalBytes, endBytes), header.matchUnused)
  putTogether(header, matches, tables, literals, { out, from, to })
  return endBytes
}

type Tables = readonly [StateTable, StateTable, StateTable, StateTable]

/** Frequencies are coded by how rare they are. */
function readTables(packed: Uint8Array): Tables {
  let bitAt = 0
  return LZFSE_TABLES.map(({ symbols, states }) => {
    const frequencies = new Uint16Array(symbols)
    for (let i = 0; i < symbols && packed.length > 0; i++) {
      const at = bitAt >>> 3
      if (at >= packed.length) throw packedDamage('a block has a code that is cut off')
      const bits = ((packed[at] as number) | ((packed[at + 1] ?? 0) << 8) | ((packed[at + 2] ?? 0) << 16)) >>> (bitAt & 7)
      const [length, frequency] = frequencyOf(bits)
      bitAt += length
      frequencies[i] = frequency
    }
    return new StateTable(states, frequencies)
  }) as unknown as Tables
}

/** Length of the code, and what it stands for. */
function frequencyOf(bits: number): readonly [number, number] {
  if ((bits & 1) === 0) return [2, (bits >> 1) & 1]
  if ((bits & 2) === 0) return [3, 2 + ((bits >> 2) & 1)]
  if ((bits & 4) === 0) return [5, 4 + ((bits >> 3) & 3)]
  return (bits & 8) === 0 ? [8, 8 + ((bits >> 4) & 15)] : [14, 24 + ((bits >> 4) & 0x3ff)]
}

/** Four streams by turns. */
function readLiterals({ literals, literalUnused, literalStates }: CodedHeader, packed: Uint8Array, table: StateTable): Uint8Array {
  const bits = new BackwardBits(packed, literalUnused)
  const states = [...literalStates]
  const found = new Uint8Array(literals)
  for (let i = 0; i < literals; i++) {
    const stream = i % LITERAL_STREAMS
    const state = states[stream] as number
    found[i] = table.symbol(state)
    states[stream] = table.follow(state, bits)
  }
  return found
}

interface Place {
  readonly out: Uint8Array
  readonly from: number
  readonly to: number
}

function putTogether(header: CodedHeader, bits: BackwardBits, tables: Tables, literals: Uint8Array, { out, from, to }: Place): void {
  const states = [...header.matchStates]
  const next = (which: 0 | 1 | 2, { bits: more, bases }: ValueRanges): number => {
    const table = tables[which]
    const state = states[which] as number
    const symbol = table.symbol(state)
    const [following, value] = table.followWith(state, bits, more[symbol] as number)
    states[which] = following
    return (bases[symbol] as number) + value
  }
  let done = from
  let used = 0
  let distance = 0
  for (let i = 0; i < header.matches; i++) {
    const run = next(0, LITERAL_RUNS)
    const length = next(1, MATCH_LENGTHS)
    distance = next(2, DISTANCES) || distance
    if (run > literals.length - used || run + length > to - done) throw packedDamage('a block leads out of itself')
    out.set(literals.subarray(used, used + run), done)
    used += run
    done += run
    if (length > 0 && (distance === 0 || distance > done)) throw packedDamage('a block leads out of itself')
    for (let j = 0; j < length; j++, done++) out[done] = out[done - distance] as number
  }
  if (done < to) throw packedDamage('a block is too short')
}

/** The four bytes that a block begins with. */
export const lzfseMagic = { stored: STORED, lzvn: LZVN, coded: CODED, end: END } as const
