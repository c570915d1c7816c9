/** What a boot catalog says, as plain data: for showing, taking boot images out, and putting them back where they move. */
import { type BootMedia, type BootPlatform, mediaTypes, platformIds } from './boot-catalog-entries.ts'

/** What a boot image's size was taken from. All but `media-type` and `file` are guesses: no structure states it. */
export type BootSizeBasis =
  /** The standard's size of that floppy disk. */
  | 'media-type'
  /** The file that begins at the same place. */
  | 'file'
  /** A partition that begins at the same place. */
  | 'partition'
  /** The boot file's own information table. */
  | 'boot-info-table'
  /** The FAT file system in it. */
  | 'fat'
  /** The EFI program that it is. */
  | 'efi-program'
  /** The partition table in it. */
  | 'partition-table'
  /** The sectors that firmware loads. */
  | 'sector-count'
  /** What begins next on the disc. */
  | 'neighbour'
  | 'end-of-image'

export interface BootImageExtent {
  readonly sizeBytes: number
  readonly basis: BootSizeBasis
  readonly isGuess: boolean
}

export interface BootCatalogEntry {
  /** From 1, in the order of the catalog. */
  readonly number: number
  /** Where the entry's 32 bytes are in the image. */
  readonly offsetBytes: number
  readonly platformId: number
  /** Null for a number that no standard gives. */
  readonly platform: BootPlatform | null
  readonly bootable: boolean
  /** Null for a number that no standard gives. */
  readonly media: BootMedia | null
  readonly mediaType: number
  /** Zero means 0x7C0. */
  readonly loadSegment: number
  readonly systemType: number
  /** Sectors of 512 bytes that firmware loads. */
  readonly sectorCount: number
  readonly extentLba: number
  /** Identifier of the section; null for the default entry. */
  readonly section: string | null
  readonly selectionCriteriaType: number
  /** Bytes of the entry and its extensions. */
  readonly selectionCriteria: Uint8Array
  /** Null when the image lies outside, or the entry names none. */
  readonly image: BootImageExtent | null
  readonly hasBootInfoTable: boolean
  readonly hasGrub2BootInfo: boolean
  /** The boot file says that isolinux' MBR code may start it. */
  readonly isIsolinuxHybrid: boolean
}

export interface BootCatalog {
  readonly bootRecordLba: number
  readonly catalogLba: number
  /** Bytes up to the last entry. */
  readonly usedBytes: number
  readonly id: string
  /** False when the validation entry is wrong: firmware will not start such a disc. */
  readonly isValid: boolean
  readonly entries: readonly BootCatalogEntry[]
}

/** A boot image as a file that can be taken out. */
export interface BootImage {
  readonly name: string
  readonly extentLba: number
  readonly sizeBytes: number
  readonly sizeIsGuess: boolean
  readonly entry: BootCatalogEntry
}

/** The boot images of a catalog that lie in the image, with names of their own. */
export function bootImages(catalog: BootCatalog): BootImage[] {
  return catalog.entries.flatMap((entry) => {
    if (entry.image === null) return []
    const { sizeBytes, isGuess } = entry.image
    return [{ name: bootImageName(entry), extentLba: entry.extentLba, sizeBytes, sizeIsGuess: isGuess, entry }]
  })
}

/** Such as `2-uefi.img` or `1-bios-floppy-1.44M.img`. */
export function bootImageName({ number, platform, platformId, media }: BootCatalogEntry): string {
  const kind = media === null || media === 'none' ? '' : `-${media}`
  return `${number}-${platform ?? `platform-${platformId.toString(16).padStart(2, '0')}`}${kind}.img`
}

export const platformOf = (platformId: number): BootPlatform | null => keyOf(platformIds, platformId)
export const mediaOf = (mediaType: number): BootMedia | null => keyOf(mediaTypes, mediaType)

function keyOf<K extends string>(table: Readonly<Record<K, number>>, value: number): K | null {
  for (const key of Object.keys(table) as K[]) if (table[key] === value) return key
  return null
}
