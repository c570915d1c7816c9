/** Expands bzip2: blocks of up to 900,000 bytes, each sorted (Burrows and Wheeler), moved to front, and Huffman coded. */
import type { ByteSource } from '../../bytes/byte-source.ts'
import { packedDamage } from '../packed-problem.ts'
import { BitFeed, ByteFeed, FeedEnd } from './byte-feed.ts'
import { type Bzip2Code, readCodes } from './bzip2-code.ts'
import { bzip2Crc } from './bzip2-crc.ts'

export const BZIP2_MAGIC = 'BZh'
const BLOCK_MARK = [0x314159, 0x265359] as const
const END_MARK = [0x177245, 0x385090] as const
const LEVEL_BYTES = 100_000
/** Symbols that share one table. */
const GROUP_SYMBOLS = 50
const MOST_SELECTORS = 32_768
/** Runs of four equal bytes are followed by how many more there are. */
const RUN_BYTES = 4
const PIECE_BYTES = 256 * 1024
const RUN_A = 0
const RUN_B = 1

/** All streams that stand one after the other; each piece is good until the next is asked for. */
export function* bzip2Pieces(stored: ByteSource): Generator<Uint8Array> {
  const bits = new BitFeed(new ByteFeed(stored))
  try {
    for (let isFirst = true; isFirst || !bits.isAtEnd; isFirst = false) {
      const level = streamLevel(bits)
      // Padding behind the last stream is left alone, as bzip2 does with a warning.
      if (level === null && !isFirst) return
      if (level === null) throw packedDamage('it does not begin as it must')
      yield* streamPieces(bits, level * LEVEL_BYTES)
      bits.alignToByte()
    }
  } catch (error) {
    throw error instanceof FeedEnd ? packedDamage(error.message, error) : error
  }
}

/** 1 to 9; null where no stream begins. */
function streamLevel(bits: BitFeed): number | null {
  const magic = String.fromCharCode(bits.bits(8), bits.bits(8), bits.bits(8))
  const level = bits.bits(8) - 0x30
  return magic === BZIP2_MAGIC && level >= 1 && level <= 9 ? level : null
}

function* streamPieces(bits: BitFeed, mostBytes: number): Generator<Uint8Array> {
  const sorted = new Uint32Array(mostBytes)
  let sum = 0
  for (;;) {
    const mark = [bits.bits(24), bits.bits(24)]
    const crc = ((bits.bits(16) << 16) | bits.bits(16)) >>> 0
    if (mark[0] === END_MARK[0] && mark[1] === END_MARK[1]) {
      if (crc !== sum) throw packedDamage('its checksum is wrong')
      return
    }
    if (mark[0] !== BLOCK_MARK[0] || mark[1] !== BLOCK_MARK[1]) throw packedDamage('a block does not begin as it must')
    const found = yield* blockPieces(bits, sorted)
    if (found !== crc) throw packedDamage('a block does not have the checksum that it should have')
    sum = (((sum << 1) | (sum >>> 31)) ^ crc) >>> 0
  }
}

/** Gives the checksum of what was expanded. */
function* blockPieces(bits: BitFeed, sorted: Uint32Array): Generator<Uint8Array, number> {
  if (bits.bit() === 1) throw packedDamage('a block is of an old sort that is no longer used')
  const origin = bits.bits(24)
  const count = readSymbols(bits, sorted)
  if (origin >= count) throw packedDamage('a block is wrong')
  linkPredecessors(sorted, count)
  return yield* unsorted(sorted, count, origin)
}

/** Fills `sorted` with the bytes of the block as they stand after sorting; gives their number. */
function readSymbols(bits: BitFeed, sorted: Uint32Array): number {
  const front = usedBytes(bits)
  const endSymbol = front.length + 1
  const tables = bits.bits(3)
  const selectors = readSelectors(bits, tables)
  const codes = readCodes(bits, tables, endSymbol + 1)
  let count = 0
  let run = 0
  let runBit = 1
  for (let symbolIndex = 0; ; symbolIndex++) {
    const selector = selectors[Math.floor(symbolIndex / GROUP_SYMBOLS)]
    if (selector === undefined) throw packedDamage('a block is wrong')
    const symbol = (codes[selector] as Bzip2Code).next(bits)
    if (symbol === RUN_A || symbol === RUN_B) {
      run += runBit << symbol
      runBit *= 2
      if (run > sorted.length - count) throw packedDamage('a block is too long')
      continue
    }
    if (run > 0) {
      sorted.fill(front[0] as number, count, count + run)
      count += run
      run = 0
      runBit = 1
    }
    if (symbol === endSymbol) return count
    if (count === sorted.length) throw packedDamage('a block is too long')
    const byte = front[symbol - 1] as number
    front.copyWithin(1, 0, symbol - 1)
    front[0] = byte
    sorted[count++] = byte
  }
}

/** The bytes that occur at all. */
function usedBytes(bits: BitFeed): Uint8Array {
  const groups = bits.bits(16)
  const used: number[] = []
  for (let group = 0; group < 16; group++) {
    if ((groups & (0x8000 >> group)) === 0) continue
    const members = bits.bits(16)
    for (let i = 0; i < 16; i++) if (members & (0x8000 >> i)) used.push(group * 16 + i)
  }
  if (used.length === 0) throw packedDamage('a block is wrong')
  return Uint8Array.from(used)
}

function readSelectors(bits: BitFeed, tables: number): Uint8Array {
  const count = bits.bits(15)
  if (tables < 2 || tables > 6 || count === 0 || count > MOST_SELECTORS) throw packedDamage('a block is wrong')
  const front = Uint8Array.from({ length: tables }, (_, i) => i)
  const selectors = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    let place = 0
    while (bits.bit() === 1) if (++place >= tables) throw packedDamage('a block is wrong')
    const table = front[place] as number
    front.copyWithin(1, 0, place)
    front[0] = table
    selectors[i] = table
  }
  return selectors
}

/** Puts into the upper 24 bits of each place where the byte that follows it stands. */
function linkPredecessors(sorted: Uint32Array, count: number): void {
  const places = new Uint32Array(256)
  for (let i = 0; i < count; i++) {
    const byte = (sorted[i] as number) & 0xff
    places[byte] = (places[byte] as number) + 1
  }
  let sum = 0
  for (let byte = 0; byte < 256; byte++) {
    const occurrences = places[byte] as number
    places[byte] = sum
    sum += occurrences
  }
  for (let i = 0; i < count; i++) {
    const byte = (sorted[i] as number) & 0xff
    const place = places[byte] as number
    places[byte] = place + 1
    sorted[place] = ((sorted[place] as number) | (i << 8)) >>> 0
  }
}

/** Follows the links and repeats runs. */
function* unsorted(sorted: Uint32Array, count: number, origin: number): Generator<Uint8Array, number> {
  const piece = new Uint8Array(PIECE_BYTES)
  let used = 0
  let crc = 0xffff_ffff
  let at = (sorted[origin] as number) >>> 8
  let equal = 0
  let last = -1
  for (let i = 0; i < count; i++) {
    const entry = sorted[at] as number
    const byte = entry & 0xff
    at = entry >>> 8
    const isRunLength = equal === RUN_BYTES
    const repeats = isRunLength ? byte : 1
    if (isRunLength) equal = 0
    else {
      equal = byte === last ? equal + 1 : 1
      last = byte
    }
    if (used + repeats > PIECE_BYTES) {
      crc = bzip2Crc(piece.subarray(0, used), crc)
      yield piece.subarray(0, used)
      used = 0
    }
    if (isRunLength) piece.fill(last, used, used + repeats)
    else piece[used] = byte
    used += repeats
    if (isRunLength) last = -1
  }
  crc = bzip2Crc(piece.subarray(0, used), crc)
  if (used > 0) yield piece.subarray(0, used)
  return ~crc >>> 0
}
