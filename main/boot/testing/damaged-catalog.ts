/** A small image with a boot catalog put together entry by entry, so that a test can say what is wrong with it. */
import {
  DefaultEntry,
  ExtensionEntry,
  entryIndicators,
  SectionEntry,
  SectionHeader,
  ValidationEntry,
  wordSum,
} from '../boot-catalog-entries.ts'
import { composeBootRecord } from '../boot-record.ts'

export const CATALOG_LBA = 20
export const IMAGE_LBA = 24
export const IMAGE_BLOCKS = 40
/** Where the catalog's entry of that number is, the validation entry being number 0. */
export const slotBytes = (slot: number): number => CATALOG_LBA * 2048 + slot * 32

export function validation(): Uint8Array {
  const bytes = ValidationEntry.serialise({
    headerId: 1,
    platformId: 0,
    idString: new Uint8Array(0),
    checksum: 0,
    key55: 0x55,
    keyAa: 0xaa,
  })
  ValidationEntry.fields.checksum.set(bytes, 0, 0x1_0000 - wordSum(bytes, 0))
  return bytes
}

const plain = { bootIndicator: 0x88, mediaType: 0, loadSegment: 0, systemType: 0, sectorCount: 4, extentLba: IMAGE_LBA }
export const defaultEntry = (changes: Partial<typeof plain> = {}): Uint8Array => DefaultEntry.serialise({ ...plain, ...changes })

export const sectionEntry = (changes: Partial<typeof plain> = {}): Uint8Array =>
  SectionEntry.serialise({ ...plain, selectionCriteriaType: 0, selectionCriteria: new Uint8Array(0), ...changes })

export const sectionHeader = (entryCount: number, indicator: number = entryIndicators.lastHeader): Uint8Array =>
  SectionHeader.serialise({ headerIndicator: indicator, platformId: 0xef, entryCount, idString: new Uint8Array(0) })

export const extension = (fill: number): Uint8Array =>
  ExtensionEntry.serialise({ extensionIndicator: entryIndicators.extension, flags: 0x20, selectionCriteria: new Uint8Array(30).fill(fill) })

/** Descriptors, a catalog of these entries at LBA 20, and 16 blocks for a boot image from LBA 24 on. */
export function imageWithCatalog(...entries: readonly Uint8Array[]): Buffer {
  const image = Buffer.alloc(IMAGE_BLOCKS * 2048)
  for (const [lba, type] of [
    [16, 1],
    [18, 255],
  ] as const) {
    image[lba * 2048] = type
    image.write('CD001\u0001', lba * 2048 + 1, 'latin1')
  }
  image.set(composeBootRecord(CATALOG_LBA), 17 * 2048)
  image.set(Buffer.concat(entries), CATALOG_LBA * 2048)
  return image
}
