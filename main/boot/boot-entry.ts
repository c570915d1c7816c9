/** The catalog entry for a boot file, as firmware expects it of its platform and medium. */
import { Problem } from '../../shared/problem.ts'
import type { BootEntryFields } from './boot-catalog-composer.ts'
import { type BootMedia, type BootPlatform, mediaTypes, platformIds } from './boot-catalog-entries.ts'
import { DISK_SECTOR_BYTES } from './disk-sector.ts'
import { floppies } from './floppy-disks.ts'
import { onlyPartition } from './own-partitions.ts'

export interface BootFile {
  readonly platform: BootPlatform
  readonly media: BootMedia
  /** For messages. */
  readonly name: string
  readonly sizeBytes: number
  /** At least the first 512 bytes, where the medium is a hard disk. */
  readonly head: Uint8Array
  /** Sectors of 512 bytes that firmware loads; the usual number when left out. */
  readonly sectorCount?: number
  /** Where it loads them to; 0x7C0 when left out. */
  readonly loadSegment?: number
}

/** isolinux, GRUB and all known loaders fetch the rest of themselves; old firmware fails to load more than this. */
const BIOS_SECTORS = 4
/** Firmware loads the boot sector of an emulated disk. */
const EMULATED_SECTORS = 1
const MAX_SECTORS = 0xffff
/** UEFI 2.10, 13.3.2.1: 0 or 1 is an image that goes on to the end of the disc; 1 is what Windows' discs have. */
const TO_THE_END = 1

/** The entry without a place yet: its `extentLba` is 0. Throws a `usage` Problem for a file that is no such medium. */
export function bootEntryFor(file: BootFile): BootEntryFields {
  return {
    platformId: platformIds[file.platform],
    bootable: true,
    mediaType: mediaTypes[file.media],
    loadSegment: file.loadSegment ?? 0,
    systemType: systemTypeOf(file),
    sectorCount: file.sectorCount ?? usualSectors(file),
    extentLba: 0,
    section: '',
    selectionCriteriaType: 0,
    selectionCriteria: new Uint8Array(0),
  }
}

/** The floppy disk that a file of this size is an image of; null when it is none. */
export function floppyOfSize(sizeBytes: number): BootMedia | null {
  for (const [media, floppy] of floppies) if (floppy.sizeBytes === sizeBytes) return media
  return null
}

function usualSectors({ platform, media, sizeBytes }: BootFile): number {
  if (media !== 'none') return EMULATED_SECTORS
  if (platform !== 'uefi') return BIOS_SECTORS
  const sectors = Math.ceil(sizeBytes / DISK_SECTOR_BYTES)
  return sectors > MAX_SECTORS ? TO_THE_END : sectors
}

/** Of a hard disk the type of its only partition, else 0. */
function systemTypeOf({ media, name, sizeBytes, head }: BootFile): number {
  if (media === 'none') return 0
  if (media === 'hard-disk') {
    const partition = onlyPartition(head)
    if (partition === null) throw wrongMedium(name, 'is no hard disk with one partition, and no other kind can be emulated')
    return partition.type
  }
  if (floppies.get(media)?.sizeBytes === sizeBytes) return 0
  throw wrongMedium(name, `has ${sizeBytes} bytes, which is not the size of a ${media.replace('floppy-', '')} floppy disk`)
}

function wrongMedium(name: string, what: string): Problem {
  return new Problem({
    kind: 'usage',
    code: 'boot-medium-mismatch',
    message: `The boot file ${name} ${what}.`,
    kept: 'Nothing was written.',
    advice: 'Choose another emulation, or none.',
  })
}
