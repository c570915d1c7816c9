/** Cylinders, heads and sectors: what MBR entries also say, and some old firmware still goes by. */
import type { FieldType } from '../bytes/structure.ts'

export interface DiskGeometry {
  readonly heads: number
  readonly sectorsPerTrack: number
}

export interface ChsAddress {
  readonly cylinder: number
  readonly head: number
  /** From 1. */
  readonly sector: number
}

const MAX_CYLINDER = 1023
/** What an address says that lies beyond the last cylinder. */
const BEYOND: ChsAddress = { cylinder: MAX_CYLINDER, head: 254, sector: 63 }

/** Three bytes of an MBR entry: head, sector with the cylinder's high bits, the cylinder's low byte. */
export const chsAddress: FieldType<ChsAddress> = {
  sizeBytes: 3,
  get(b, at) {
    const packed = b[at + 1] as number
    return { head: b[at] as number, sector: packed & 0x3f, cylinder: (packed >>> 6) * 256 + (b[at + 2] as number) }
  },
  set(b, at, { cylinder, head, sector }) {
    b[at] = head
    b[at + 1] = (sector & 0x3f) | ((cylinder >>> 8) << 6)
    b[at + 2] = cylinder & 0xff
  },
}

/** One cylinder of 1 MiB up to 1 GiB, as isohybrid images have always had; beyond it the most that firmware translates to. */
const SMALL: DiskGeometry = { heads: 64, sectorsPerTrack: 32 }
const LARGE: DiskGeometry = { heads: 255, sectorsPerTrack: 63 }

/** The geometry that firmware will guess for a disk of so many sectors. */
export function geometryFor(totalSectors: number): DiskGeometry {
  return totalSectors <= (MAX_CYLINDER + 1) * SMALL.heads * SMALL.sectorsPerTrack ? SMALL : LARGE
}

/** The address of a sector, or the greatest one when it lies beyond. */
export function chsOf(sectorLba: number, { heads, sectorsPerTrack }: DiskGeometry): ChsAddress {
  const track = Math.floor(sectorLba / sectorsPerTrack)
  const cylinder = Math.floor(track / heads)
  if (cylinder > MAX_CYLINDER) return BEYOND
  return { cylinder, head: track % heads, sector: (sectorLba % sectorsPerTrack) + 1 }
}
