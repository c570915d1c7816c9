/** Files of nothing but whole CD sectors, as the .bin of a lost CUE sheet is: told by looking. */
import { type ByteSource, readUpTo } from '../../bytes/byte-source.ts'
import type { Candidate } from '../container-format.ts'
import { hasVolumeAt, lookAtRawSector, MODE_2_BYTES, RAW_SECTOR_BYTES, type SeenSectors, SUBHEADER_BYTES, SYNC } from '../sector-layout.ts'

/** Behind each sector: none, 96 of sub-channel, or 16 of its Q alone. */
const SUBCHANNEL_SIZES = [0, 96, 16] as const

/** Null for anything else. */
export function rawSectors(source: ByteSource): SeenSectors | null {
  const first = readUpTo(source, 0, RAW_SECTOR_BYTES)
  const subchannelBytes =
    SUBCHANNEL_SIZES.find((size) => readUpTo(source, RAW_SECTOR_BYTES + size, SYNC.length).equals(SYNC)) ?? SUBCHANNEL_SIZES[0]
  const seen = lookAtRawSector(first, subchannelBytes)
  if (seen !== null) return seen
  for (const dataOffsetBytes of [SUBHEADER_BYTES, 0]) {
    if (hasVolumeAt(source, MODE_2_BYTES, dataOffsetBytes))
      return { mode: 'mode2', layout: { sectorBytes: MODE_2_BYTES, subchannelBytes: 0, dataOffsetBytes } }
  }
  return null
}

export const recogniseRaw = ({ source }: Candidate): boolean => rawSectors(source) !== null
