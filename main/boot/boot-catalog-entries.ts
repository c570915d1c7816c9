/** Entries of the boot catalog (El Torito 1.0, 2.1 to 2.5): 32 bytes each. */
import { constant, raw, readU16Le, reserved, u8, u16le, u32le } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'

export const CATALOG_ENTRY_BYTES = 32

/** What an entry's first byte says it is. */
export const entryIndicators = {
  validation: 0x01,
  header: 0x90,
  lastHeader: 0x91,
  bootable: 0x88,
  notBootable: 0x00,
  extension: 0x44,
} as const

/** Platform identifiers (El Torito figure 2; 0xEF from the UEFI specification, El Torito chapter). */
export const platformIds = { bios: 0x00, powerpc: 0x01, mac: 0x02, uefi: 0xef } as const
export type BootPlatform = keyof typeof platformIds

/** What the firmware pretends the image is (El Torito figure 3, byte 1, bits 0 to 3). */
export const mediaTypes = { none: 0, 'floppy-1.2M': 1, 'floppy-1.44M': 2, 'floppy-2.88M': 3, 'hard-disk': 4 } as const
export type BootMedia = keyof typeof mediaTypes
export const MEDIA_TYPE_MASK = 0x0f
/** Of a section entry's media byte: extension entries follow (figure 5). */
export const CONTINUES_FLAG = 0x20
/** Of an extension entry's flags: another one follows (figure 6). */
export const EXTENSION_CONTINUES_FLAG = 0x20

export const ValidationEntry = structure('Validation Entry', 'El Torito 1.0 figure 2', {
  headerId: u8,
  platformId: u8,
  reserved2: reserved(2),
  idString: raw(24),
  checksum: u16le,
  key55: constant(0x55),
  keyAa: constant(0xaa),
})

export const DefaultEntry = structure('Initial/Default Entry', 'El Torito 1.0 figure 3', {
  bootIndicator: u8,
  mediaType: u8,
  loadSegment: u16le,
  systemType: u8,
  unused5: reserved(1),
  sectorCount: u16le,
  extentLba: u32le,
  unused12: reserved(20),
})

export const SectionHeader = structure('Section Header', 'El Torito 1.0 figure 4', {
  headerIndicator: u8,
  platformId: u8,
  entryCount: u16le,
  idString: raw(28),
})

export const SectionEntry = structure('Section Entry', 'El Torito 1.0 figure 5', {
  bootIndicator: u8,
  mediaType: u8,
  loadSegment: u16le,
  systemType: u8,
  unused5: reserved(1),
  sectorCount: u16le,
  extentLba: u32le,
  selectionCriteriaType: u8,
  selectionCriteria: raw(19),
})

export const ExtensionEntry = structure('Section Entry Extension', 'El Torito 1.0 figure 6', {
  extensionIndicator: u8,
  flags: u8,
  selectionCriteria: raw(30),
})

/** Sum of an entry's sixteen 16-bit words, modulo 2^16: zero in a good validation entry. */
export function wordSum(bytes: Uint8Array, base: number): number {
  let sum = 0
  for (let at = base; at < base + CATALOG_ENTRY_BYTES; at += 2) sum += readU16Le(bytes, at)
  return sum % 0x1_0000
}
