/** The boot images of an image as plain facts. */
import { type BootCatalog, type BootCatalogEntry, type BootSizeBasis, bootImageName } from '../boot/boot-catalog.ts'
import { BOOT_FOLDER } from './boot-folders.ts'

export interface BootImageFacts {
  /** From 1, in the order of the catalog. */
  readonly number: number
  /** Where it can be read as a file, such as `/[BOOT]/1-bios.img`; null when it lies outside the image. */
  readonly path: string | null
  /** `bios`, `uefi`, `powerpc`, `mac`; null for a number that no standard gives. */
  readonly platform: BootCatalogEntry['platform']
  readonly platformId: number
  readonly bootable: boolean
  /** What firmware pretends it is: `none`, `floppy-1.44M`, `hard-disk` …; null for a number that no standard gives. */
  readonly media: BootCatalogEntry['media']
  /** Zero means 0x7C0. */
  readonly loadSegment: number
  readonly systemType: number
  /** Sectors of 512 bytes that firmware loads. */
  readonly sectorCount: number
  readonly lba: number
  readonly sizeBytes: number | null
  /** What the size was taken from; null without one. */
  readonly sizeBasis: BootSizeBasis | null
  readonly section: string | null
  readonly hasBootInfoTable: boolean
  readonly isIsolinuxHybrid: boolean
}

export function bootImageFacts(catalog: BootCatalog): BootImageFacts[] {
  return catalog.entries.map((entry) => ({
    number: entry.number,
    path: entry.image === null ? null : `/${BOOT_FOLDER}/${bootImageName(entry)}`,
    platform: entry.platform,
    platformId: entry.platformId,
    bootable: entry.bootable,
    media: entry.media,
    loadSegment: entry.loadSegment,
    systemType: entry.systemType,
    sectorCount: entry.sectorCount,
    lba: entry.extentLba,
    sizeBytes: entry.image?.sizeBytes ?? null,
    sizeBasis: entry.image?.basis ?? null,
    section: entry.section,
    hasBootInfoTable: entry.hasBootInfoTable,
    isIsolinuxHybrid: entry.isIsolinuxHybrid,
  }))
}
