/** The trailer and the tables of blocks of UDIF, the format of .dmg files: all numbers with the high byte first. */
import { raw, reserved, u32be } from '../../bytes/field-types.ts'
import { structure } from '../../bytes/structure.ts'

export const KolyTrailer = structure('UDIF trailer (koly)', 'UDIF', {
  signature: raw(4),
  version: u32be,
  headerBytes: u32be,
  flags: u32be,
  runningDataOffset: reserved(8),
  dataOffsetHigh: u32be,
  dataOffsetLow: u32be,
  dataBytesHigh: u32be,
  dataBytesLow: u32be,
  resourceFork: reserved(16),
  segment: u32be,
  segments: u32be,
  segmentId: reserved(16),
  dataChecksum: raw(136),
  xmlOffsetHigh: u32be,
  xmlOffsetLow: u32be,
  xmlBytesHigh: u32be,
  xmlBytesLow: u32be,
  reserved232: reserved(120),
  masterChecksum: raw(136),
  variant: u32be,
  sectorsHigh: u32be,
  sectorsLow: u32be,
  reserved500: reserved(12),
})

export const BlockTableHeader = structure('UDIF block table (mish)', 'UDIF', {
  signature: raw(4),
  version: u32be,
  firstSectorHigh: u32be,
  firstSectorLow: u32be,
  sectorsHigh: u32be,
  sectorsLow: u32be,
  dataOffsetHigh: u32be,
  dataOffsetLow: u32be,
  buffersNeeded: u32be,
  descriptor: u32be,
  reserved40: reserved(24),
  checksumType: u32be,
  checksumBits: u32be,
  checksum: raw(128),
  blocks: u32be,
})

export const BlockRun = structure('UDIF block run', 'UDIF', {
  kind: u32be,
  comment: u32be,
  sectorHigh: u32be,
  sectorLow: u32be,
  sectorsHigh: u32be,
  sectorsLow: u32be,
  offsetHigh: u32be,
  offsetLow: u32be,
  storedHigh: u32be,
  storedLow: u32be,
})

export const KOLY = 'koly'
export const MISH = 'mish'
export const SECTOR_BYTES = 512
export const wide = (high: number, low: number): number => high * 0x1_0000_0000 + low

/** Kinds of runs. */
export const ZEROS = 0
export const STORED = 1
/** Free space of the file system in it; read as zeros. */
export const UNUSED = 2
export const ADC = 0x8000_0004
export const ZLIB = 0x8000_0005
export const BZIP2 = 0x8000_0006
export const LZFSE = 0x8000_0007
export const XZ = 0x8000_0008
export const COMMENT = 0x7fff_fffe
export const TERMINATOR = 0xffff_ffff
