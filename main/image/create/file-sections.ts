/** File sections: a directory record says a length in 32 bits, so larger files take several records (ECMA-119 6.5.1). */
import { SECTOR_BYTES } from '../../iso9660/volume-descriptor.ts'

/** All sections but the last are whole blocks. */
const MAX_SECTION_BYTES = 0x1_0000_0000 - SECTOR_BYTES

export interface FileSection {
  readonly extentLba: number
  readonly dataLengthBytes: number
  readonly isLast: boolean
}

/** The sections of contents that lie in one piece from `extentLba` on; an empty file has one empty section. */
export function fileSections(extentLba: number, sizeBytes: number): FileSection[] {
  const sections: FileSection[] = []
  let doneBytes = 0
  do {
    const dataLengthBytes = Math.min(MAX_SECTION_BYTES, sizeBytes - doneBytes)
    const at = extentLba + doneBytes / SECTOR_BYTES
    doneBytes += dataLengthBytes
    sections.push({ extentLba: at, dataLengthBytes, isLast: doneBytes >= sizeBytes })
  } while (doneBytes < sizeBytes)
  return sections
}

/** Whole blocks that hold this many bytes. */
export function blocksOf(sizeBytes: number): number {
  return Math.ceil(sizeBytes / SECTOR_BYTES)
}
