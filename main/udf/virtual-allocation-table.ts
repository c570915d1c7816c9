/** Virtual allocation table: where the blocks of a virtual partition really are, on media written once (UDF 2.2.8, 2.2.11). */
import { reserved, u16le, u32le } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'
import { dstring } from './compressed-unicode.ts'
import { entityIdentifier } from './entity-identifier.ts'

/** In UDF 1.50 the entries come first and this stands at the end (UDF 1.50 2.2.10). */
export const VirtualAllocationTrailer = structure('Virtual Allocation Table, revision 1.50', 'UDF 1.50 2.2.10', {
  kind: entityIdentifier,
  previousTableBlock: u32le,
})

/** From UDF 2.00 on this stands first; implementation use and entries follow (UDF 2.2.11). */
export const VirtualAllocationHeader = structure('Virtual Allocation Table', 'UDF 2.2.11', {
  headerLengthBytes: u16le,
  implementationUseLengthBytes: u16le,
  logicalVolumeIdentifier: dstring(128),
  previousTableBlock: u32le,
  fileCount: u32le,
  directoryCount: u32le,
  minimumReadRevision: u16le,
  minimumWriteRevision: u16le,
  maximumWriteRevision: u16le,
  reserved150: reserved(2),
})

/** An entry of a block that is not in use. */
export const UNUSED_VIRTUAL_BLOCK = 0xffff_ffff
