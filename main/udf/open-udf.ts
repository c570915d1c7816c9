/** Opens the UDF volume of an image: anchor, volume descriptors, partitions, file set, root. */
import type { ByteSource } from '../bytes/byte-source.ts'
import type { FindingLog } from '../bytes/finding-log.ts'
import { MetadataCache } from '../bytes/metadata-cache.ts'
import { findAnchor } from './anchor.ts'
import { entityNames, revisionIn } from './entity-identifier.ts'
import { readFileSet } from './file-set-reader.ts'
import { type IntegrityFacts, readIntegrity } from './integrity-reader.ts'
import type { PartitionKind } from './partition.ts'
import { openPartitions } from './partition-table.ts'
import { UdfView } from './udf-view.ts'
import { readVolumeSequence, type VolumeSequence } from './volume-sequence.ts'
import { VolumeSpace } from './volume-space.ts'

export interface UdfVolume {
  /** As 0x0102 for 1.02; 0 when the volume does not say. */
  readonly revision: number
  readonly label: string
  readonly blockBytes: number
  /** Of the primary volume descriptor; null without one. */
  readonly volumeIdentifier: string | null
  readonly volumeSetIdentifier: string | null
  readonly recordedMs: number | null
  /** Program that recorded the volume, and the program it was recorded with; empty when the volume does not say. */
  readonly implementationId: string
  readonly applicationId: string
  /** End in the image of the partition that reaches furthest. */
  readonly endBytes: number
  /** In the order of the partition maps. */
  readonly partitions: readonly PartitionKind[]
  /** Null when the volume has none. */
  readonly integrity: IntegrityFacts | null
  readonly view: UdfView
}

/** Null when the image has no UDF volume that can be read; if it should have one, the findings say why. */
export function openUdf(source: ByteSource, findings: FindingLog, cache: MetadataCache = new MetadataCache(source)): UdfVolume | null {
  const anchor = findAnchor(source, cache, findings)
  if (anchor === null) return null
  const space = new VolumeSpace(source, cache, anchor.blockBytes, findings)
  const sequence = readVolumeSequence(space, anchor)
  if (sequence === null || !isBlockSizeSound(space, sequence) || !openPartitions(space, sequence)) return null
  const { descriptor } = sequence.logicalVolume
  const fileSet = readFileSet(space, descriptor.fileSetDescriptor)
  if (fileSet === null) return null
  const integrity = readIntegrity(space, descriptor.integritySequence)
  // A virtual allocation table says itself that it is whole; the descriptor stays as it was first written.
  if (!space.partitions.some((partition) => partition.kind === 'virtual')) noteIntegrity(space, integrity)
  const label = descriptor.logicalVolumeIdentifier
  return {
    revision: revisionOf(space, sequence),
    label,
    blockBytes: space.blockBytes,
    volumeIdentifier: sequence.primary?.volumeIdentifier ?? null,
    volumeSetIdentifier: sequence.primary?.volumeSetIdentifier ?? null,
    recordedMs: sequence.primary?.recordedAt ?? null,
    implementationId: sequence.primary?.implementation.identifier ?? '',
    applicationId: sequence.primary?.application.identifier ?? '',
    endBytes: Math.max(...[...sequence.partitions.values()].map((p) => p.startBlock + p.lengthBlocks)) * space.blockBytes,
    partitions: space.partitions.map((partition) => partition.kind),
    integrity,
    view: new UdfView(space, label, fileSet.rootDirectory),
  }
}

function isBlockSizeSound(space: VolumeSpace, { logicalVolume }: VolumeSequence): boolean {
  const { logicalBlockSizeBytes } = logicalVolume.descriptor
  if (logicalBlockSizeBytes === space.blockBytes) return true
  const message = `The UDF volume says that its blocks have ${logicalBlockSizeBytes} bytes, but they have ${space.blockBytes}.`
  space.findings.add('udf-block-size', 'damaged', message, { offsetBytes: logicalVolume.offsetBytes, clause: 'UDF 2.2.4.2' })
  return false
}

function revisionOf(space: VolumeSpace, { logicalVolume }: VolumeSequence): number {
  const { domain } = logicalVolume.descriptor
  if (domain.identifier === entityNames.domain) return revisionIn(domain)
  const message = 'The volume follows ECMA-167 but does not say that it follows UDF.'
  space.findings.add('udf-domain-unknown', 'note', message, { offsetBytes: logicalVolume.offsetBytes, clause: 'UDF 2.1.5.2' })
  return 0
}

function noteIntegrity(space: VolumeSpace, integrity: IntegrityFacts | null): void {
  if (integrity === null)
    space.findings.add('udf-integrity-missing', 'note', 'The volume does not say whether it was finished.', { clause: 'ECMA-167 3/10.10' })
  else if (!integrity.isClosed)
    space.findings.add('udf-not-closed', 'suspicious', 'Whoever wrote to this volume last did not finish.', {
      clause: 'ECMA-167 3/10.10.3',
    })
}
