/** Partition maps (ECMA-167 3/10.7) and the three kinds that UDF adds (UDF 2.2.8 to 2.2.10). */
import { raw, reserved, u8, u16le, u32le } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'
import { entityIdentifier } from './entity-identifier.ts'

/** What all maps begin with. */
export const PartitionMapHeader = structure('Partition Map', 'ECMA-167 3/10.7.1', {
  type: u8, // 3/10.7.1.1
  lengthBytes: u8, // 3/10.7.1.2
})

export const Type1PartitionMap = structure('Type 1 Partition Map', 'ECMA-167 3/10.7.2', {
  type: u8, // 3/10.7.2.1
  lengthBytes: u8, // 3/10.7.2.2
  volumeSequenceNumber: u16le, // 3/10.7.2.3
  partitionNumber: u16le, // 3/10.7.2.4
})

/** What UDF's type 2 maps have in common; `use` depends on the kind. */
export const Type2PartitionMap = structure('Type 2 Partition Map', 'ECMA-167 3/10.7.3; UDF 2.2.8', {
  type: u8, // 3/10.7.3.1
  lengthBytes: u8, // 3/10.7.3.2
  reserved2: reserved(2),
  kind: entityIdentifier,
  volumeSequenceNumber: u16le,
  partitionNumber: u16le,
  use: raw(24),
})

export const SparableMapUse = structure('Sparable Partition Map', 'UDF 2.2.9', {
  packetLengthBlocks: u16le,
  tableCount: u8,
  reserved3: reserved(1),
  tableSizeBytes: u32le,
  tableLocation1: u32le,
  tableLocation2: u32le,
  tableLocation3: u32le,
  tableLocation4: u32le,
})

export const MetadataMapUse = structure('Metadata Partition Map', 'UDF 2.2.10', {
  metadataFileBlock: u32le,
  mirrorFileBlock: u32le,
  bitmapFileBlock: u32le,
  allocationUnitBlocks: u32le,
  alignmentUnitBlocks: u16le,
  flags: u8,
  reserved19: reserved(5),
})

/** Metadata map flag: the mirror is a copy at another place, not another entry for the same blocks (UDF 2.2.10). */
export const DUPLICATE_METADATA = 1
/** A metadata bitmap file that there is none of: the partition is not written to (UDF 2.2.10). */
export const NO_BITMAP_FILE = 0xffff_ffff
