/** Sector layouts recognised by looking: sync pattern, mode byte, sub-header (ECMA-130 14, CD-ROM XA). */
import type { TrackMode } from '../../shared/container.ts'
import { type ByteSource, readUpTo } from '../bytes/byte-source.ts'
import type { SectorLayout } from './container.ts'

export const RAW_SECTOR_BYTES = 2352
export const DATA_BYTES = 2048
/** Mode 2 without sync and header. */
export const MODE_2_BYTES = 2336
/** Form 2 without sub-header and EDC. */
export const FORM_2_BYTES = 2324
/** ECMA-130 14.2. */
export const SYNC = Buffer.from('00ffffffffffffffffffff00', 'hex')
export const HEADER_BYTES = 16
export const SUBHEADER_BYTES = 8
/** LBA 0 is two seconds into the disc. */
export const LEAD_IN_FRAMES = 150

const MODE_AT = 15
/** Sub-mode in a raw sector, and its bit for form 2. */
export const SUBMODE_AT = 18
export const FORM_2 = 0x20

export interface SeenSectors {
  readonly mode: TrackMode
  readonly layout: SectorLayout
}

export const hasSync = (sector: Buffer): boolean => sector.subarray(0, SYNC.length).equals(SYNC)

/** What sectors of raw bytes are, told from the first of them; null when they have no sync pattern. */
export function lookAtRawSector(sector: Buffer, subchannelBytes: number): SeenSectors | null {
  if (sector.length < HEADER_BYTES + SUBHEADER_BYTES || !hasSync(sector)) return null
  const mode = sector[MODE_AT] as number
  const dataOffsetBytes = mode === 2 && hasSubheader(sector, HEADER_BYTES) ? HEADER_BYTES + SUBHEADER_BYTES : HEADER_BYTES
  return { mode: mode === 2 ? 'mode2' : 'mode1', layout: { sectorBytes: RAW_SECTOR_BYTES, subchannelBytes, dataOffsetBytes } }
}

/** The sub-header stands twice (CD-ROM XA); without it, mode 2 is nothing but data. */
export const hasSubheader = (bytes: Buffer, at: number): boolean => bytes.readUInt32BE(at) === bytes.readUInt32BE(at + 4)

/** The layout of sectors of a stored length, without looking. */
export function layoutOf(mode: TrackMode, sectorBytes: number, subchannelBytes: number): SectorLayout {
  const offsets: Record<TrackMode, number> = {
    audio: 0,
    mode1: sectorBytes === RAW_SECTOR_BYTES ? HEADER_BYTES : 0,
    mode2: sectorBytes === RAW_SECTOR_BYTES ? HEADER_BYTES + SUBHEADER_BYTES : sectorBytes === MODE_2_BYTES ? SUBHEADER_BYTES : 0,
  }
  return { sectorBytes, subchannelBytes, dataOffsetBytes: offsets[mode] }
}

/** The address in a raw sector's header, which is binary-coded decimal; null when it is none. */
export function headerLba(sector: Buffer): number | null {
  const [minute, second, frame] = [decimal(sector[12]), decimal(sector[13]), decimal(sector[14])]
  if (minute === null || second === null || frame === null || second > 59 || frame > 74) return null
  return (minute * 60 + second) * 75 + frame - LEAD_IN_FRAMES
}

function decimal(byte = 0xff): number | null {
  const [tens, ones] = [byte >> 4, byte & 15]
  return tens > 9 || ones > 9 ? null : tens * 10 + ones
}

/** Minutes, seconds and frames of an address, as headers and tables of contents count. */
export function msfOf(lba: number): readonly [number, number, number] {
  const frames = lba + LEAD_IN_FRAMES
  return [Math.floor(frames / 4500), Math.floor(frames / 75) % 60, frames % 75]
}

/** Where the volume descriptors stand in a track, and what they begin with (ECMA-119 8.1). */
const DESCRIPTORS_LBA = 16
const STANDARD_IDENTIFIER = 'CD001'

/** Whether a track's user data begin with an ISO 9660 volume when sectors lie so. */
export function hasVolumeAt(stored: ByteSource, strideBytes: number, dataOffsetBytes: number): boolean {
  const at = DESCRIPTORS_LBA * strideBytes + dataOffsetBytes + 1
  return readUpTo(stored, at, STANDARD_IDENTIFIER.length).toString('latin1') === STANDARD_IDENTIFIER
}
