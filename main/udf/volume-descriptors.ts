/** Volume descriptors of ECMA-167 3/10 as UDF 2.2 has them, in the order of the standard. */
import { raw, reserved, u16le, u32le } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'
import { extentAd, longAd, shortAd } from './allocation-descriptors.ts'
import { characterSet } from './character-set.ts'
import { dstring } from './compressed-unicode.ts'
import { tag } from './descriptor-tag.ts'
import { entityIdentifier } from './entity-identifier.ts'
import { timestamp } from './timestamp.ts'

export const PrimaryVolumeDescriptor = structure('Primary Volume Descriptor', 'ECMA-167 3/10.1', {
  tag, // 3/10.1.1
  sequenceNumber: u32le, // 3/10.1.2
  descriptorNumber: u32le, // 3/10.1.3
  volumeIdentifier: dstring(32), // 3/10.1.4
  volumeSequenceNumber: u16le, // 3/10.1.5
  maximumVolumeSequenceNumber: u16le, // 3/10.1.6
  interchangeLevel: u16le, // 3/10.1.7
  maximumInterchangeLevel: u16le, // 3/10.1.8
  characterSetList: u32le, // 3/10.1.9
  maximumCharacterSetList: u32le, // 3/10.1.10
  volumeSetIdentifier: dstring(128), // 3/10.1.11
  descriptorCharacterSet: characterSet, // 3/10.1.12
  explanatoryCharacterSet: characterSet, // 3/10.1.13
  volumeAbstract: extentAd, // 3/10.1.14
  volumeCopyrightNotice: extentAd, // 3/10.1.15
  application: entityIdentifier, // 3/10.1.16
  recordedAt: timestamp, // 3/10.1.17
  implementation: entityIdentifier, // 3/10.1.18
  implementationUse: raw(64), // 3/10.1.19
  predecessorLocation: u32le, // 3/10.1.20
  flags: u16le, // 3/10.1.21
  reserved490: reserved(22), // 3/10.1.22
})

export const AnchorVolumeDescriptorPointer = structure('Anchor Volume Descriptor Pointer', 'ECMA-167 3/10.2', {
  tag, // 3/10.2.1
  mainSequence: extentAd, // 3/10.2.2
  reserveSequence: extentAd, // 3/10.2.3
  reserved32: reserved(480), // 3/10.2.4
})

export const VolumeDescriptorPointer = structure('Volume Descriptor Pointer', 'ECMA-167 3/10.3', {
  tag, // 3/10.3.1
  sequenceNumber: u32le, // 3/10.3.2
  next: extentAd, // 3/10.3.3
  reserved28: reserved(484), // 3/10.3.4
})

/** With the use that UDF makes of it: logical volume information (UDF 2.2.7). */
export const ImplementationUseVolumeDescriptor = structure('Implementation Use Volume Descriptor', 'ECMA-167 3/10.4', {
  tag, // 3/10.4.1
  sequenceNumber: u32le, // 3/10.4.2
  implementation: entityIdentifier, // 3/10.4.3
  characterSet, // UDF 2.2.7.2.1
  logicalVolumeIdentifier: dstring(128), // UDF 2.2.7.2.2
  info1: dstring(36), // UDF 2.2.7.2.3
  info2: dstring(36),
  info3: dstring(36),
  developer: entityIdentifier, // UDF 2.2.7.2.4
  implementationUse: raw(128), // UDF 2.2.7.2.5
})

/** Contents use of a partition with NSR contents (ECMA-167 4/14.3). */
export const PartitionHeader = structure('Partition Header Descriptor', 'ECMA-167 4/14.3', {
  unallocatedSpaceTable: shortAd, // 4/14.3.1
  unallocatedSpaceBitmap: shortAd, // 4/14.3.2
  partitionIntegrityTable: shortAd, // 4/14.3.3
  freedSpaceTable: shortAd, // 4/14.3.4
  freedSpaceBitmap: shortAd, // 4/14.3.5
  reserved40: reserved(88), // 4/14.3.6
})

export const PartitionDescriptor = structure('Partition Descriptor', 'ECMA-167 3/10.5', {
  tag, // 3/10.5.1
  sequenceNumber: u32le, // 3/10.5.2
  flags: u16le, // 3/10.5.3
  number: u16le, // 3/10.5.4
  contents: entityIdentifier, // 3/10.5.5
  contentsUse: raw(128), // 3/10.5.6
  accessType: u32le, // 3/10.5.7
  startBlock: u32le, // 3/10.5.8
  lengthBlocks: u32le, // 3/10.5.9
  implementation: entityIdentifier, // 3/10.5.10
  implementationUse: raw(128), // 3/10.5.11
  reserved356: reserved(156), // 3/10.5.12
})

/** Access types (ECMA-167 3/10.5.7). */
export const accessTypes = { pseudoOverwritable: 0, readOnly: 1, writeOnce: 2, rewritable: 3, overwritable: 4 } as const
/** Partition flag: volume space has been allocated for it (ECMA-167 3/10.5.3). */
export const PARTITION_ALLOCATED = 1

/** Up to its partition maps, which follow. */
export const LogicalVolumeDescriptor = structure('Logical Volume Descriptor', 'ECMA-167 3/10.6', {
  tag, // 3/10.6.1
  sequenceNumber: u32le, // 3/10.6.2
  descriptorCharacterSet: characterSet, // 3/10.6.3
  logicalVolumeIdentifier: dstring(128), // 3/10.6.4
  logicalBlockSizeBytes: u32le, // 3/10.6.5
  domain: entityIdentifier, // 3/10.6.6
  fileSetDescriptor: longAd, // 3/10.6.7; ECMA-167 4/3.1
  mapTableLengthBytes: u32le, // 3/10.6.8
  partitionMapCount: u32le, // 3/10.6.9
  implementation: entityIdentifier, // 3/10.6.10
  implementationUse: raw(128), // 3/10.6.11
  integritySequence: extentAd, // 3/10.6.12
})

/** Up to its extents, which follow. */
export const UnallocatedSpaceDescriptor = structure('Unallocated Space Descriptor', 'ECMA-167 3/10.8', {
  tag, // 3/10.8.1
  sequenceNumber: u32le, // 3/10.8.2
  allocationDescriptorCount: u32le, // 3/10.8.3
})

export const TerminatingDescriptor = structure('Terminating Descriptor', 'ECMA-167 3/10.9', {
  tag, // 3/10.9.1
  reserved16: reserved(496), // 3/10.9.2
})
