/** Sparing table: packets that went bad and where their replacements are (UDF 2.2.12). */
import { reserved, u16le, u32le } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'
import { tag } from './descriptor-tag.ts'
import { entityIdentifier } from './entity-identifier.ts'

/** Up to its entries, which follow. */
export const SparingTable = structure('Sparing Table', 'UDF 2.2.12', {
  tag,
  kind: entityIdentifier,
  entryCount: u16le,
  reserved50: reserved(2),
  sequenceNumber: u32le,
})

export const SparingEntry = structure('Sparing Table Map Entry', 'UDF 2.2.12', {
  /** First block of the packet in its partition. */
  originalBlock: u32le,
  /** First block of its replacement in the volume. */
  mappedBlock: u32le,
})

/** Entries from here on replace no packet: spare ones free (0xFFFFFFFF) or bad themselves (0xFFFFFFF0). */
export const FIRST_UNMAPPED_PACKET = 0xffff_fff0
