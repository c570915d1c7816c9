/** Logical volume integrity descriptor (ECMA-167 3/10.10) and UDF's use of it (UDF 2.2.6). */
import { reserved, u16le, u32le } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'
import { extentAd } from './allocation-descriptors.ts'
import { tag } from './descriptor-tag.ts'
import { entityIdentifier } from './entity-identifier.ts'
import { timestamp } from './timestamp.ts'
import { u64le } from './uint64.ts'

/** Up to its tables of free space and sizes, one Uint32 for each partition map in each; then the implementation use. */
export const LogicalVolumeIntegrity = structure('Logical Volume Integrity Descriptor', 'ECMA-167 3/10.10', {
  tag, // 3/10.10.1
  recordedAt: timestamp, // 3/10.10.2
  integrityType: u32le, // 3/10.10.3
  next: extentAd, // 3/10.10.4
  nextUniqueId: u64le, // 3/10.10.5; ECMA-167 4/14.15.1
  reserved48: reserved(24), // ECMA-167 4/14.15.2
  partitionCount: u32le, // 3/10.10.6
  implementationUseLengthBytes: u32le, // 3/10.10.7
})

export const integrityTypes = { open: 0, close: 1 } as const

export const IntegrityImplementationUse = structure('Logical Volume Integrity Implementation Use', 'UDF 2.2.6.4', {
  implementation: entityIdentifier,
  fileCount: u32le,
  directoryCount: u32le,
  minimumReadRevision: u16le,
  minimumWriteRevision: u16le,
  maximumWriteRevision: u16le,
})
