/** Packs as LZFSE, simply: no free tool here does. Other people's readers of .dmg files judge what comes of it. */
import { DISTANCES, LITERAL_RUNS, LZFSE_TABLES, lzfseMagic, MATCH_LENGTHS, type ValueRanges } from '../codecs/lzfse.ts'

interface Match {
  readonly run: number
  readonly length: number
  readonly distance: number
}

const MOST_RUN = 300
const MOST_LENGTH = 2000
const CODED_BYTES = 4096
const HASH_BITS = 14

/** Coded blocks, one of LZVN, and the end. (7-Zip can't read stored ones: it forgets to count.) */
export function packLzfse(bytes: Buffer): Buffer {
  const half = Math.ceil(bytes.length / 2)
  return Buffer.concat([codedBlocks(bytes.subarray(0, half)), lzvn(bytes.subarray(half)), u32(lzfseMagic.end)])
}

const u32 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [i, value] of values.entries()) bytes.writeUInt32LE(value >>> 0, i * 4)
  return bytes
}

/** Every kind of step that leads back by a short distance, a middle one, a long one and the one before. */
function lzvn(bytes: Buffer): Buffer {
  const out: number[] = []
  let at = 0
  let before = 0
  const literals = (from: number, to: number) => {
    for (let left = to - from, start = from; left > 0; ) {
      const count = Math.min(left, 271)
      out.push(...(count < 16 ? [0xe0 | count] : [0xe0, count - 16]), ...bytes.subarray(start, start + count))
      left -= count
      start += count
    }
  }
  for (const { run, length, distance } of matchesOf(bytes)) {
    literals(at, at + run)
    at += run
    if (length === 0) continue
    const first = Math.min(length, 10)
    if (distance === before) {
      for (let left = length; left > 0; ) {
        const count = Math.min(left, 271)
        out.push(...(count < 16 ? [0xf0 | count] : [0xf0, count - 16]))
        left -= count
      }
      at += length
      continue
    }
    if (distance < 1536) out.push(((first - 3) << 3) | (distance >> 8), distance & 255)
    else if (distance < 0x4000) out.push(0xa0 | ((first - 3) >> 2), ((distance << 2) & 255) | ((first - 3) & 3), distance >> 6)
    else out.push(((first - 3) << 3) | 7, distance & 255, distance >> 8)
    for (let left = length - first; left > 0; ) {
      const count = Math.min(left, 15)
      out.push(0xf0 | count)
      left -= count
    }
    before = distance
    at += length
  }
  out.push(6, 0, 0, 0, 0, 0, 0, 0)
  return Buffer.concat([u32(lzfseMagic.lzvn, bytes.length, out.length), Buffer.from(out)])
}

/** Greedy, with the last place of each four bytes; the last match may be of nothing. */
function matchesOf(bytes: Buffer): Match[] {
  const places = new Int32Array(2 ** HASH_BITS).fill(-1)
  const matches: Match[] = []
  let from = 0
  for (let at = 0; at + 4 <= bytes.length; ) {
    const hash = Math.imul(bytes.readUInt32LE(at), 2_654_435_761) >>> (32 - HASH_BITS)
    const place = places[hash] as number
    places[hash] = at
    let length = 0
    if (place >= 0 && place < at && at - place < 0xffff)
      while (length < MOST_LENGTH && at + length < bytes.length && bytes[place + length] === bytes[at + length]) length++
    if (length < 4 && at - from < MOST_RUN) {
      at++
      continue
    }
    matches.push({ run: at - from, length: length < 4 ? 0 : length, distance: length < 4 ? 1 : at - place })
    at += length < 4 ? 0 : length
    from = at
  }
  for (; from < bytes.length; from += MOST_RUN) matches.push({ run: Math.min(MOST_RUN, bytes.length - from), length: 0, distance: 1 })
  return matches
}

/** Bits that are written forwards and read backwards. */
class ForwardBits {
  #value = 0n
  #count = 0

  push(value: number, count: number): void {
    this.#value |= BigInt(value) << BigInt(this.#count)
    this.#count += count
  }

  /** The bytes, and how many bits at the top of the last are not used. */
  finish(): { bytes: Buffer; unused: number } {
    const bytes = Buffer.alloc(Math.ceil(this.#count / 8))
    for (let i = 0; i < bytes.length; i++) bytes[i] = Number((this.#value >> BigInt(i * 8)) & 255n)
    return { bytes, unused: bytes.length * 8 - this.#count }
  }
}

interface Code {
  readonly frequencies: number[]
  encode(state: number, symbol: number, bits: ForwardBits): number
}

/** Frequencies that add up to the number of states, and the states that lead to each symbol. */
function codeOf(symbols: Iterable<number>, count: number, states: number): Code {
  const seen = new Array<number>(count).fill(0)
  for (const symbol of symbols) seen[symbol] = (seen[symbol] as number) + 1
  const total = Math.max(
    1,
    seen.reduce((a, b) => a + b, 0),
  )
  const frequencies = seen.map((n) => (n === 0 ? 0 : Math.max(1, Math.floor((n * states) / total))))
  for (let excess = frequencies.reduce((a, b) => a + b, 0) - states; excess !== 0; ) {
    const largest = frequencies.indexOf(Math.max(...frequencies))
    const change = excess > 0 ? Math.min(excess, (frequencies[largest] as number) - 1) : excess
    frequencies[largest] = (frequencies[largest] as number) - change
    excess -= change
  }
  let sum = 0
  const starts = frequencies.map((frequency) => {
    sum += frequency
    return sum - frequency
  })
  return {
    frequencies,
    encode(state, symbol, bits) {
      const frequency = frequencies[symbol] as number
      const k = Math.clz32(frequency) - Math.clz32(states)
      const isLong = state >= (frequency << k) - states
      const width = isLong ? k : k - 1
      bits.push(state & (2 ** width - 1), width)
      const delta = (starts[symbol] as number) - frequency + (states >> width)
      return delta + (state >> width)
    },
  }
}

/** Readers don't take more than 40,000 literals at once. */
function codedBlocks(bytes: Buffer): Buffer {
  const blocks: Buffer[] = []
  for (let at = 0; at < bytes.length; at += CODED_BYTES) blocks.push(coded(bytes.subarray(at, at + CODED_BYTES)))
  return Buffer.concat(blocks)
}

function coded(bytes: Buffer): Buffer {
  const matches = matchesOf(bytes)
  const literals: number[] = []
  let at = 0
  for (const { run, length } of matches) {
    literals.push(...bytes.subarray(at, at + run))
    at += run + length
  }
  while (literals.length % 4 !== 0) literals.push(literals[0] ?? 0)
  const symbolOf = (value: number, { bases }: ValueRanges) => bases.findLastIndex((base) => base <= value)
  const values = matches.map(({ run, length, distance }) => [run, length, distance] as const)
  const kinds = [LITERAL_RUNS, MATCH_LENGTHS, DISTANCES]
  const codes = kinds.map((ranges, i) =>
    codeOf(
      values.map((value) => symbolOf(value[i as 0 | 1 | 2], ranges)),
      LZFSE_TABLES[i]?.symbols as number,
      LZFSE_TABLES[i]?.states as number,
    ),
  )
  const literalCode = codeOf(literals, 256, 1024)
  const literalBits = new ForwardBits()
  const literalStates = [0, 0, 0, 0]
  for (let i = literals.length - 1; i >= 0; i--)
    literalStates[i % 4] = literalCode.encode(literalStates[i % 4] as number, literals[i] as number, literalBits)
  const matchBits = new ForwardBits()
  // As Apple's encoder does; some readers look for it.
  for (let i = 0; i < 8; i++) matchBits.push(0, 8)
  const states = [0, 0, 0]
  for (const value of values.toReversed()) {
    for (const i of [2, 1, 0] as const) {
      const ranges = kinds[i] as ValueRanges
      const symbol = symbolOf(value[i], ranges)
      matchBits.push(value[i] - (ranges.bases[symbol] as number), ranges.bits[symbol] as number)
      states[i] = (codes[i] as Code).encode(states[i] as number, symbol, matchBits)
    }
  }
  const tables = packFrequencies([...codes, literalCode].flatMap(({ frequencies }) => frequencies))
  return codedBlock(bytes.length, literals.length, matches.length, literalBits.finish(), literalStates, matchBits.finish(), states, tables)
}

type Finished = ReturnType<ForwardBits['finish']>

function codedBlock(
  rawBytes: number,
  literals: number,
  matches: number,
  literalPart: Finished,
  literalStates: readonly number[],
  matchPart: Finished,
  states: readonly number[],
  tables: Buffer,
): Buffer {
  const header = Buffer.alloc(32)
  header.writeUInt32LE(lzfseMagic.coded, 0)
  header.writeUInt32LE(rawBytes, 4)
  const word = (at: number, ...fields: (readonly [value: number, bit: number])[]) =>
    header.writeBigUInt64LE(
      fields.reduce((sum, [value, bit]) => sum | (BigInt(value) << BigInt(bit)), 0n),
      at,
    )
  word(8, [literals, 0], [literalPart.bytes.length, 20], [matches, 40], [7 - literalPart.unused, 60])
  word(16, ...literalStates.map((state, i) => [state, i * 10] as const), [matchPart.bytes.length, 40], [7 - matchPart.unused, 60])
  word(24, [32 + tables.length, 0], ...states.map((state, i) => [state, 32 + i * 10] as const))
  return Buffer.concat([header, tables, literalPart.bytes, matchPart.bytes])
}

function packFrequencies(frequencies: readonly number[]): Buffer {
  const short = [
    [0, 2],
    [2, 2],
    [1, 3],
    [5, 3],
    [3, 5],
    [11, 5],
    [19, 5],
    [27, 5],
  ] as const
  let value = 0n
  let count = 0
  for (const frequency of frequencies) {
    const [code, bits] =
      frequency < 8
        ? (short[frequency] as readonly [number, number])
        : frequency < 24
          ? [7 | ((frequency - 8) << 4), 8]
          : [15 | ((frequency - 24) << 4), 14]
    value |= BigInt(code) << BigInt(count)
    count += bits
  }
  const bytes = Buffer.alloc(Math.ceil(count / 8))
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = Number(value & 255n)
    value >>= 8n
  }
  return bytes
}
