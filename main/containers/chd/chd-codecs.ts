/** Expands one hunk of a CHD with the codec that it names (MAME, chdcodec.cpp). */
import { BitReader } from '../codecs/bit-reader.ts'
import { expandDeflate } from '../codecs/deflate.ts'
import { expandFlac } from '../codecs/flac-frames.ts'
import { LzmaDecoder, LzmaFault } from '../codecs/lzma.ts'
import { packedDamage, packedRefusal } from '../packed-problem.ts'
import { putParity } from '../sector-codes.ts'
import { RAW_SECTOR_BYTES, SYNC } from '../sector-layout.ts'
import { expandZstd } from '../zstandard/zstd-source.ts'
import { expandHuffman } from './huffman.ts'

export const CD_UNIT_BYTES = 2448
const SUBCODE_BYTES = CD_UNIT_BYTES - RAW_SECTOR_BYTES
/** What chdman's LZMA is always told. */
const LZMA_PROPERTIES = { literalContextBits: 3, literalPositionBits: 0, positionBits: 2 }
/** From here on, lengths within a hunk of CD sectors take three bytes. */
const LONG_HUNK_BYTES = 65_536

type Expand = (packed: Uint8Array, out: Uint8Array) => void

const lzma = new LzmaDecoder()

const expandRaw: Expand = (packed, out) => out.set(expandDeflate(packed, out.length, 'raw'))
const expandLzma: Expand = (packed, out) => {
  lzma.resetState(LZMA_PROPERTIES)
  lzma.resetDictionary()
  try {
    lzma.expand(packed, out, 0, out.length)
  } catch (error) {
    throw error instanceof LzmaFault ? packedDamage(error.message, error) : error
  }
}
const expandZstandard: Expand = (packed, out) => out.set(expandZstd(packed, out.length))

/** By its first byte, samples are stored with the low or the high byte first. */
const expandSound: Expand = (packed, out) => {
  const order = packed[0]
  if (order !== 0x4c && order !== 0x42) throw packedDamage('a hunk of sound is wrong')
  expandFlac(packed.subarray(1), out, order === 0x42)
}

const codecs: Readonly<Record<string, Expand>> = {
  zlib: expandRaw,
  lzma: expandLzma,
  zstd: expandZstandard,
  huff: (packed, out) => expandHuffman(out, new BitReader(packed)),
  flac: expandSound,
  cdzl: (packed, out) => expandSectors(packed, out, expandRaw, expandRaw),
  cdlz: (packed, out) => expandSectors(packed, out, expandLzma, expandRaw),
  cdzs: (packed, out) => expandSectors(packed, out, expandZstandard, expandZstandard),
  cdfl: (packed, out) => expandSoundSectors(packed, out),
}

/** Throws an `image` Problem for a codec that isn't known. */
export function requireCodec(name: string): void {
  if (name in codecs) return
  const message =
    name === 'avhu' ? 'The CHD holds a laser disc, which has no files.' : `The CHD is packed in a way that Isomer does not know (${name}).`
  throw packedRefusal('packed-version', message, 'chdman can tell more of it.')
}

/** Fills `out`, a hunk. Throws an `image` Problem when it is damaged. */
export function expandHunk(codec: string, packed: Uint8Array, out: Uint8Array): void {
  const expand = codecs[codec]
  if (expand === undefined) throw packedDamage('a hunk names a codec that is not there')
  expand(packed, out)
}

/** Sectors and their sub-channel are packed apart; of sectors that are right, sync and parity are left out. */
function expandSectors(packed: Uint8Array, out: Uint8Array, expandBase: Expand, expandSubcode: Expand): void {
  const sectors = out.length / CD_UNIT_BYTES
  if (!Number.isInteger(sectors)) throw packedDamage('a hunk is not made of sectors')
  const flagBytes = Math.ceil(sectors / 8)
  const lengthBytes = out.length < LONG_HUNK_BYTES ? 2 : 3
  let baseBytes = 0
  for (let i = 0; i < lengthBytes; i++) baseBytes = baseBytes * 256 + (packed[flagBytes + i] ?? 0)
  const baseAt = flagBytes + lengthBytes
  if (baseAt + baseBytes > packed.length) throw packedDamage('a hunk is cut off')
  const base = new Uint8Array(sectors * RAW_SECTOR_BYTES)
  const subcode = new Uint8Array(sectors * SUBCODE_BYTES)
  expandBase(packed.subarray(baseAt, baseAt + baseBytes), base)
  expandSubcode(packed.subarray(baseAt + baseBytes), subcode)
  interleave(base, subcode, out)
  for (let i = 0; i < sectors; i++) {
    if (((packed[i >> 3] as number) & (1 << (i & 7))) === 0) continue
    const sector = out.subarray(i * CD_UNIT_BYTES, i * CD_UNIT_BYTES + RAW_SECTOR_BYTES)
    sector.set(SYNC)
    putParity(sector)
  }
}

/** Samples with the high byte first, and the sub-channel behind them. */
function expandSoundSectors(packed: Uint8Array, out: Uint8Array): void {
  const sectors = out.length / CD_UNIT_BYTES
  if (!Number.isInteger(sectors)) throw packedDamage('a hunk is not made of sectors')
  const base = new Uint8Array(sectors * RAW_SECTOR_BYTES)
  const subcode = new Uint8Array(sectors * SUBCODE_BYTES)
  const used = expandFlac(packed, base, true)
  expandRaw(packed.subarray(used), subcode)
  interleave(base, subcode, out)
}

function interleave(base: Uint8Array, subcode: Uint8Array, out: Uint8Array): void {
  for (let i = 0; i * CD_UNIT_BYTES < out.length; i++) {
    out.set(base.subarray(i * RAW_SECTOR_BYTES, (i + 1) * RAW_SECTOR_BYTES), i * CD_UNIT_BYTES)
    out.set(subcode.subarray(i * SUBCODE_BYTES, (i + 1) * SUBCODE_BYTES), i * CD_UNIT_BYTES + RAW_SECTOR_BYTES)
  }
}
