/** Images of whole CD sectors, with what a drive needs around the 2048 bytes of data (ECMA-130 14). */
import type { ByteSource } from '../bytes/byte-source.ts'
import { readUpTo } from '../bytes/byte-source.ts'
import { DescriptorHeader, FIRST_DESCRIPTOR_LBA, STANDARD_IDENTIFIER } from '../iso9660/volume-descriptor.ts'

export interface RawSectorLayout {
  readonly sectorBytes: number
  /** Where the data begin in a sector. */
  readonly dataOffsetBytes: number
}

/** ECMA-130 14.2. */
const SYNC = Buffer.from('00ffffffffffffffffffff00', 'hex')
const HEADER_BYTES = 16
/** Sub-header of mode 2 (Yellow Book extension CD-ROM XA). */
const SUBHEADER_BYTES = 8
/** With and without subchannel data; then without sync and header. */
const SECTOR_SIZES = [2352, 2448, 2368] as const
const MODE_2_BYTES = 2336

/** Null for an image of data only, and for one whose sectors aren't whole at its beginning. */
export function rawSectorLayout(source: ByteSource): RawSectorLayout | null {
  const head = readUpTo(source, 0, HEADER_BYTES)
  if (head.length === HEADER_BYTES && head.subarray(0, SYNC.length).equals(SYNC)) {
    const mode = head[HEADER_BYTES - 1] as number
    const sectorBytes = SECTOR_SIZES.find((size) => SYNC.equals(readUpTo(source, size, SYNC.length))) ?? SECTOR_SIZES[0]
    return { sectorBytes, dataOffsetBytes: HEADER_BYTES + (mode === 2 ? SUBHEADER_BYTES : 0) }
  }
  const identifierAt = FIRST_DESCRIPTOR_LBA * MODE_2_BYTES + SUBHEADER_BYTES + DescriptorHeader.fields.standardIdentifier.offset
  const identifier = readUpTo(source, identifierAt, STANDARD_IDENTIFIER.length).toString('latin1')
  return identifier === STANDARD_IDENTIFIER ? { sectorBytes: MODE_2_BYTES, dataOffsetBytes: SUBHEADER_BYTES } : null
}
