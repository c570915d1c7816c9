/** The boot sector of a FAT file system (Microsoft FAT specification 1.03): only what says how large it is. */
import { raw, reserved, u8, u16le, u32le } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'

export const FatBootSector = structure('FAT Boot Sector', 'Microsoft FAT specification 1.03, boot sector and BPB', {
  jump: raw(3),
  oemName: raw(8),
  bytesPerSector: u16le,
  sectorsPerCluster: u8,
  reservedSectors: u16le,
  fatCount: u8,
  rootEntryCount: u16le,
  totalSectors16: u16le,
  mediaByte: u8,
  sectorsPerFat16: u16le,
  sectorsPerTrack: u16le,
  heads: u16le,
  hiddenSectors: u32le,
  totalSectors32: u32le,
  rest: reserved(474),
  signature: u16le,
})
const SIGNATURE = 0xaa55
const SHORT_JUMP = 0xeb
const NEAR_JUMP = 0xe9

export interface FatGeometry {
  readonly sizeBytes: number
  /** As recorded: may be zero. */
  readonly sectorsPerTrack: number
  /** As recorded: may be zero. */
  readonly heads: number
}

/** What the boot sector says; null when it is not FAT's. */
export function fatGeometry(head: Uint8Array): FatGeometry | null {
  if (head.length < FatBootSector.sizeBytes) return null
  const sector = FatBootSector.parse(head)
  const jumps = sector.jump[0] === SHORT_JUMP || sector.jump[0] === NEAR_JUMP
  const sectorsSane = [512, 1024, 2048, 4096].includes(sector.bytesPerSector)
  const clusterSane = sector.sectorsPerCluster > 0 && Number.isInteger(Math.log2(sector.sectorsPerCluster))
  const tablesSane = sector.reservedSectors > 0 && (sector.fatCount === 1 || sector.fatCount === 2)
  const totalSectors = sector.totalSectors16 || sector.totalSectors32
  if (!jumps || !sectorsSane || !clusterSane || !tablesSane || totalSectors === 0 || sector.signature !== SIGNATURE) return null
  return { sizeBytes: totalSectors * sector.bytesPerSector, sectorsPerTrack: sector.sectorsPerTrack, heads: sector.heads }
}
