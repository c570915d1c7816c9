/** Information control blocks (ECMA-167 4/14.6 to 4/14.9, 4/14.17): what a file is and where its bytes lie. */
import { raw, reserved, u8, u16le, u32le } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'
import { logicalBlockAddress, longAd } from './allocation-descriptors.ts'
import { tag } from './descriptor-tag.ts'
import { entityIdentifier } from './entity-identifier.ts'
import { nested } from './nested-field.ts'
import { timestamp } from './timestamp.ts'
import { u64le } from './uint64.ts'

export const IcbTag = structure('ICB Tag', 'ECMA-167 4/14.6', {
  priorDirectEntries: u32le, // 4/14.6.1
  strategyType: u16le, // 4/14.6.2
  strategyParameter: raw(2), // 4/14.6.3
  maximumEntries: u16le, // 4/14.6.4
  reserved10: reserved(1), // 4/14.6.5
  fileType: u8, // 4/14.6.6
  parentIcb: logicalBlockAddress, // 4/14.6.7
  flags: u16le, // 4/14.6.8
})
const icbTag = nested(IcbTag)

/** File types (ECMA-167 4/14.6.6; from 248 on UDF 2.2.13, 2.3.5.2). */
export const fileTypes = {
  unspecified: 0,
  directory: 4,
  file: 5,
  block: 6,
  char: 7,
  fifo: 9,
  socket: 10,
  symlink: 12,
  streamDirectory: 13,
  virtualAllocationTable: 248,
  realTime: 249,
  metadataMain: 250,
  metadataMirror: 251,
  metadataBitmap: 252,
} as const

/** Flags of an ICB tag (ECMA-167 4/14.6.8). The lowest three bits say what the allocation descriptors are. */
export const icbFlags = { setUid: 0x40, setGid: 0x80, sticky: 0x100, contiguous: 0x200 } as const
export const allocationKinds = { short: 0, long: 1, extended: 2, embedded: 3 } as const
export const allocationKindOf = (flags: number): number => flags % 8

export const strategies = { linear: 4, writeOnce: 4096 } as const

/** Up to extended attributes and allocation descriptors, which follow. */
export const FileEntry = structure('File Entry', 'ECMA-167 4/14.9', {
  tag, // 4/14.9.1
  icbTag, // 4/14.9.2
  uid: u32le, // 4/14.9.3
  gid: u32le, // 4/14.9.4
  permissions: u32le, // 4/14.9.5
  linkCount: u16le, // 4/14.9.6
  recordFormat: u8, // 4/14.9.7
  recordDisplayAttributes: u8, // 4/14.9.8
  recordLengthBytes: u32le, // 4/14.9.9
  informationLengthBytes: u64le, // 4/14.9.10
  recordedBlocks: u64le, // 4/14.9.11
  accessedAt: timestamp, // 4/14.9.12
  modifiedAt: timestamp, // 4/14.9.13
  attributesAt: timestamp, // 4/14.9.14
  checkpoint: u32le, // 4/14.9.15
  extendedAttributeIcb: longAd, // 4/14.9.16
  implementation: entityIdentifier, // 4/14.9.17
  uniqueId: u64le, // 4/14.9.18
  extendedAttributesLengthBytes: u32le, // 4/14.9.19
  allocationDescriptorsLengthBytes: u32le, // 4/14.9.20
})

/** Up to extended attributes and allocation descriptors, which follow. */
export const ExtendedFileEntry = structure('Extended File Entry', 'ECMA-167 4/14.17', {
  tag, // 4/14.17.1
  icbTag, // 4/14.17.2
  uid: u32le, // 4/14.17.3
  gid: u32le, // 4/14.17.4
  permissions: u32le, // 4/14.17.5
  linkCount: u16le, // 4/14.17.6
  recordFormat: u8, // 4/14.17.7
  recordDisplayAttributes: u8, // 4/14.17.8
  recordLengthBytes: u32le, // 4/14.17.9
  informationLengthBytes: u64le, // 4/14.17.10
  objectSizeBytes: u64le, // 4/14.17.11
  recordedBlocks: u64le, // 4/14.17.12
  accessedAt: timestamp, // 4/14.17.13
  modifiedAt: timestamp, // 4/14.17.14
  createdAt: timestamp, // 4/14.17.15
  attributesAt: timestamp, // 4/14.17.16
  checkpoint: u32le, // 4/14.17.17
  reserved132: reserved(4), // 4/14.17.18
  extendedAttributeIcb: longAd, // 4/14.17.19
  streamDirectoryIcb: longAd, // 4/14.17.20
  implementation: entityIdentifier, // 4/14.17.21
  uniqueId: u64le, // 4/14.17.22
  extendedAttributesLengthBytes: u32le, // 4/14.17.23
  allocationDescriptorsLengthBytes: u32le, // 4/14.17.24
})

export const IndirectEntry = structure('Indirect Entry', 'ECMA-167 4/14.7', {
  tag, // 4/14.7.1
  icbTag, // 4/14.7.2
  indirectIcb: longAd, // 4/14.7.3
})

export const TerminalEntry = structure('Terminal Entry', 'ECMA-167 4/14.8', {
  tag, // 4/14.8.1
  icbTag, // 4/14.8.2
})
