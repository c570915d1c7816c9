/** Where each hunk of a CHD is stored and how (MAME, chd.cpp): a packed map, or plain places where nothing is compressed. */
import { MAX_BLOCK_TABLE_BYTES } from '../../../shared/limits.ts'
import type { ByteSource } from '../../bytes/byte-source.ts'
import { readUpTo } from '../../bytes/byte-source.ts'
import { readU16Be, readU32Be, writeU16Be, writeU32Be } from '../../bytes/field-types.ts'
import { BitReader } from '../codecs/bit-reader.ts'
import { packedDamage } from '../packed-problem.ts'
import type { ChdFacts } from './chd-header.ts'
import { Crc16 } from './crc16.ts'
import { readRunCode } from './huffman.ts'

/** Below four: which codec. */
export const STORED = 4
/** As another hunk of the same file. */
export const SELF = 5
export const PARENT = 6
const RUN_SMALL = 7
const RUN_LARGE = 8
const SELF_AGAIN = 9
const SELF_NEXT = 10
const PARENT_HERE = 11
const PARENT_AGAIN = 12
const PARENT_NEXT = 13
/** Only in memory: nothing is stored of a hunk of zeros. */
export const ZEROS = 14

export const MAP_HEADER_BYTES = 16
const KINDS = 16
const KIND_BITS = 8

export interface ChdMap {
  readonly kinds: Uint8Array
  /** Bytes in the file; of SELF the other hunk. */
  readonly places: Float64Array
  readonly lengths: Uint32Array
  /** Null where there are none. */
  readonly crcs: Uint16Array | null
}

/** Throws an `image` Problem when it is damaged. */
export function readChdMap(stored: ByteSource, facts: ChdFacts): ChdMap {
  return facts.codecs.length === 0 ? readPlainMap(stored, facts) : readPackedMap(stored, facts)
}

function readPlainMap(stored: ByteSource, { mapAt, hunks, hunkBytes }: ChdFacts): ChdMap {
  const bytes = readUpTo(stored, mapAt, hunks * 4)
  if (bytes.length < hunks * 4) throw packedDamage('its map is cut off')
  const map = { ...emptyMap(hunks), crcs: null }
  for (let hunk = 0; hunk < hunks; hunk++) {
    const place = readU32Be(bytes, hunk * 4)
    map.kinds[hunk] = place === 0 ? ZEROS : STORED
    map.places[hunk] = place * hunkBytes
    map.lengths[hunk] = hunkBytes
  }
  return map
}

const emptyMap = (hunks: number) => ({
  kinds: new Uint8Array(hunks),
  places: new Float64Array(hunks),
  lengths: new Uint32Array(hunks),
  crcs: new Uint16Array(hunks),
})

function readPackedMap(stored: ByteSource, facts: ChdFacts): ChdMap {
  const header = readUpTo(stored, facts.mapAt, MAP_HEADER_BYTES)
  if (header.length < MAP_HEADER_BYTES) throw packedDamage('its map is missing, as when writing or a download broke off')
  const packedBytes = readU32Be(header, 0)
  if (packedBytes > MAX_BLOCK_TABLE_BYTES) throw packedDamage('its map is longer than can be')
  const packed = readUpTo(stored, facts.mapAt + MAP_HEADER_BYTES, packedBytes)
  if (packed.length < packedBytes) throw packedDamage('its map is cut off')
  const bits = new BitReader(packed)
  const map = emptyMap(facts.hunks)
  readKinds(bits, map.kinds)
  const widths = { length: header[12] as number, self: header[13] as number, parent: header[14] as number }
  if (widths.length > 24 || widths.self > 32 || widths.parent > 40) throw packedDamage('its map is wrong')
  readPlaces(bits, map, readU16Be(header, 4) * 0x1_0000_0000 + readU32Be(header, 6), widths, facts)
  if (bits.isOverrun || mapCrc(map, facts) !== readU16Be(header, 10))
    throw packedDamage('its map does not have the checksum that it should have')
  return map
}

function readKinds(bits: BitReader, kinds: Uint8Array): void {
  const code = readRunCode(bits, KINDS, KIND_BITS)
  let last = 0
  for (let hunk = 0; hunk < kinds.length; ) {
    const kind = code.next(bits)
    let count = 1
    if (kind === RUN_SMALL) count = 3 + code.next(bits)
    else if (kind === RUN_LARGE) count = 3 + 16 + code.next(bits) * 16 + code.next(bits)
    else last = kind
    const end = Math.min(kinds.length, hunk + count)
    kinds.fill(last, hunk, end)
    hunk = end
    if (bits.isOverrun) throw packedDamage('its map is cut off')
  }
}

type Widths = Readonly<Record<'length' | 'self' | 'parent', number>>

function readPlaces(bits: BitReader, map: ReturnType<typeof emptyMap>, firstAt: number, widths: Widths, facts: ChdFacts): void {
  let at = firstAt
  let self = 0
  let parent = 0
  const unitsPerHunk = facts.hunkBytes / facts.unitBytes
  for (let hunk = 0; hunk < facts.hunks; hunk++) {
    const kind = map.kinds[hunk] as number
    if (kind <= STORED) {
      const length = kind === STORED ? facts.hunkBytes : bits.bits(widths.length)
      map.lengths[hunk] = length
      map.places[hunk] = at
      map.crcs[hunk] = bits.bits(16)
      at += length
      continue
    }
    if (kind === SELF) self = bits.bits(widths.self)
    else if (kind === SELF_NEXT) self++
    else if (kind === PARENT) parent = bits.bits(widths.parent)
    else if (kind === PARENT_HERE) parent = hunk * unitsPerHunk
    else if (kind === PARENT_NEXT) parent += unitsPerHunk
    else if (kind !== SELF_AGAIN && kind !== PARENT_AGAIN) throw packedDamage('its map is wrong')
    const isSelf = kind === SELF || kind === SELF_AGAIN || kind === SELF_NEXT
    map.kinds[hunk] = isSelf ? SELF : PARENT
    map.places[hunk] = isSelf ? self : parent
  }
}

/** Over the map as it is in memory: twelve bytes for each hunk. */
export function mapCrc({ kinds, places, lengths, crcs }: ChdMap, { hunks }: Pick<ChdFacts, 'hunks'>): number {
  const crc = new Crc16()
  const entry = Buffer.alloc(12)
  for (let hunk = 0; hunk < hunks; hunk++) {
    const place = places[hunk] as number
    writeU32Be(entry, 0, lengths[hunk] as number)
    entry[0] = kinds[hunk] as number
    writeU16Be(entry, 4, Math.floor(place / 0x1_0000_0000))
    writeU32Be(entry, 6, place % 0x1_0000_0000)
    writeU16Be(entry, 10, crcs?.[hunk] as number)
    crc.update(entry)
  }
  return crc.value
}
