/** The descriptors of a UDF volume as bytes (ECMA-167 3/10; UDF 2.2), from where everything was placed. */
import { NO_EXTENT } from './allocation-descriptors.ts'
import { CS0 } from './character-set.ts'
import { sealTag, tagIds } from './descriptor-tag.ts'
import { developerEntity, domainEntity, entityNames, plainEntity, udfEntity } from './entity-identifier.ts'
import { UDF_BLOCK_BYTES } from './file-allocation.ts'
import { DUPLICATE_METADATA, MetadataMapUse, NO_BITMAP_FILE, Type1PartitionMap, Type2PartitionMap } from './partition-maps.ts'
import { tagVersionOf, type UdfRevision, udfRevisions } from './revision.ts'
import {
  AnchorVolumeDescriptorPointer,
  accessTypes,
  ImplementationUseVolumeDescriptor,
  LogicalVolumeDescriptor,
  PARTITION_ALLOCATED,
  PartitionDescriptor,
  PrimaryVolumeDescriptor,
  TerminatingDescriptor,
  UnallocatedSpaceDescriptor,
} from './volume-descriptors.ts'
import { IntegrityImplementationUse, integrityTypes, LogicalVolumeIntegrity } from './volume-integrity.ts'
import { INTEGRITY_BLOCKS, METADATA_UNIT_BLOCKS, SEQUENCE_BLOCKS, type UdfHead, type UdfTail } from './volume-place.ts'
import { nsrOf } from './volume-recognition.ts'

/** What a volume says of itself. */
export interface UdfIdentity {
  readonly label: string
  /** When the volume was made; milliseconds since 1970. */
  readonly recordedMs: number
  /** 16 hexadecimal digits that no other volume has (UDF 2.2.2.5). */
  readonly uniqueDigits: string
  /** Of a volume that keeps its name; else made of digits and label. */
  readonly volumeSetIdentifier?: string | undefined
}

/** What the integrity descriptor counts. */
export interface UdfTotals {
  readonly fileCount: number
  /** The root included. */
  readonly directoryCount: number
  readonly nextUniqueId: number
}

const INTERCHANGE_LEVEL = 2
const MAXIMUM_INTERCHANGE_LEVEL = 3
/** The list of character sets that has CS0 alone (ECMA-167 1/7.2.11). */
export const CS0_ONLY = 1

export class VolumeComposer {
  readonly #head: UdfHead
  readonly #tail: UdfTail
  readonly #identity: UdfIdentity
  readonly #totals: UdfTotals

  constructor(head: UdfHead, tail: UdfTail, identity: UdfIdentity, totals: UdfTotals) {
    this.#head = head
    this.#tail = tail
    this.#identity = identity
    this.#totals = totals
  }

  /** Writes everything between recognition sequence and partition; `bytes` begins at `firstLba`. */
  writeHead(bytes: Uint8Array, firstLba: number): void {
    const { mainSequenceLba, reserveSequenceLba, integrityLba, anchorLba } = this.#head
    this.#sequence(bytes, firstLba, mainSequenceLba)
    this.#sequence(bytes, firstLba, reserveSequenceLba)
    this.#integrity(bytes, firstLba, integrityLba)
    this.writeAnchor(bytes, (anchorLba - firstLba) * UDF_BLOCK_BYTES, anchorLba)
  }

  /** Writes an anchor at `at`, which is sector `lba`. */
  writeAnchor(bytes: Uint8Array, at: number, lba: number): void {
    const sequence = (locationBlock: number) => ({ lengthBytes: SEQUENCE_BLOCKS * UDF_BLOCK_BYTES, locationBlock })
    const { mainSequenceLba, reserveSequenceLba } = this.#head
    const extents = { mainSequence: sequence(mainSequenceLba), reserveSequence: sequence(reserveSequenceLba) }
    AnchorVolumeDescriptorPointer.serialise(extents, bytes, at)
    this.#seal(bytes, at, AnchorVolumeDescriptorPointer.sizeBytes, tagIds.anchor, lba)
  }

  #sequence(bytes: Uint8Array, firstLba: number, sequenceLba: number): void {
    const writers = [this.#primary, this.#implementationUse, this.#partition, this.#logicalVolume, this.#unallocatedSpace]
    for (const [i, write] of writers.entries()) {
      const at = (sequenceLba + i - firstLba) * UDF_BLOCK_BYTES
      const { lengthBytes, identifier } = write.call(this, bytes, at, i)
      this.#seal(bytes, at, lengthBytes, identifier, sequenceLba + i)
    }
    this.#terminator(bytes, firstLba, sequenceLba + writers.length)
  }

  #terminator(bytes: Uint8Array, firstLba: number, lba: number): void {
    this.#seal(bytes, (lba - firstLba) * UDF_BLOCK_BYTES, TerminatingDescriptor.sizeBytes, tagIds.terminating, lba)
  }

  #primary(bytes: Uint8Array, at: number, sequenceNumber: number): Written {
    const { label, recordedMs, uniqueDigits } = this.#identity
    const values = {
      sequenceNumber,
      descriptorNumber: 0,
      volumeIdentifier: label,
      volumeSequenceNumber: 1,
      maximumVolumeSequenceNumber: 1,
      interchangeLevel: INTERCHANGE_LEVEL,
      maximumInterchangeLevel: MAXIMUM_INTERCHANGE_LEVEL,
      characterSetList: CS0_ONLY,
      maximumCharacterSetList: CS0_ONLY,
      volumeSetIdentifier: this.#identity.volumeSetIdentifier ?? uniqueDigits + label,
      descriptorCharacterSet: CS0,
      explanatoryCharacterSet: CS0,
      volumeAbstract: NO_EXTENT,
      volumeCopyrightNotice: NO_EXTENT,
      application: developerEntity(),
      recordedAt: recordedMs,
      implementation: developerEntity(),
      implementationUse: new Uint8Array(0),
      predecessorLocation: 0,
      flags: 0,
    }
    PrimaryVolumeDescriptor.serialise(values, bytes, at)
    return { lengthBytes: PrimaryVolumeDescriptor.sizeBytes, identifier: tagIds.primaryVolume }
  }

  #implementationUse(bytes: Uint8Array, at: number, sequenceNumber: number): Written {
    const values = {
      sequenceNumber,
      implementation: udfEntity(entityNames.logicalVolumeInfo, this.#head.revision),
      characterSet: CS0,
      logicalVolumeIdentifier: this.#identity.label,
      info1: '',
      info2: '',
      info3: '',
      developer: developerEntity(),
      implementationUse: new Uint8Array(0),
    }
    ImplementationUseVolumeDescriptor.serialise(values, bytes, at)
    return { lengthBytes: ImplementationUseVolumeDescriptor.sizeBytes, identifier: tagIds.implementationUse }
  }

  #partition(bytes: Uint8Array, at: number, sequenceNumber: number): Written {
    const values = {
      sequenceNumber,
      flags: PARTITION_ALLOCATED,
      number: 0,
      contents: plainEntity(`+${nsrOf(this.#head.revision)}`),
      // No space is free and none will be, so there is no table or bitmap of it.
      contentsUse: new Uint8Array(0),
      accessType: accessTypes.readOnly,
      startBlock: this.#head.partitionLba,
      lengthBlocks: this.#tail.partitionBlocks,
      implementation: developerEntity(),
      implementationUse: new Uint8Array(0),
    }
    PartitionDescriptor.serialise(values, bytes, at)
    return { lengthBytes: PartitionDescriptor.sizeBytes, identifier: tagIds.partition }
  }

  #logicalVolume(bytes: Uint8Array, at: number, sequenceNumber: number): Written {
    const maps = this.#partitionMaps()
    const { treeLba, partitionLba, revision } = this.#head
    const hasMetadata = maps.length > 1
    const mapTableLengthBytes = maps.reduce((sum, map) => sum + map.length, 0)
    const fileSetBlock = hasMetadata ? 0 : treeLba - partitionLba
    const values = {
      sequenceNumber,
      descriptorCharacterSet: CS0,
      logicalVolumeIdentifier: this.#identity.label,
      logicalBlockSizeBytes: UDF_BLOCK_BYTES,
      domain: domainEntity(revision),
      // The file set and its terminator.
      fileSetDescriptor: { lengthAndType: 2 * UDF_BLOCK_BYTES, block: fileSetBlock, partition: hasMetadata ? 1 : 0, flags: 0, uniqueId: 0 },
      mapTableLengthBytes,
      partitionMapCount: maps.length,
      implementation: developerEntity(),
      implementationUse: new Uint8Array(0),
      integritySequence: { lengthBytes: INTEGRITY_BLOCKS * UDF_BLOCK_BYTES, locationBlock: this.#head.integrityLba },
    }
    LogicalVolumeDescriptor.serialise(values, bytes, at)
    let mapAt = at + LogicalVolumeDescriptor.sizeBytes
    for (const map of maps) {
      bytes.set(map, mapAt)
      mapAt += map.length
    }
    return { lengthBytes: mapAt - at, identifier: tagIds.logicalVolume }
  }

  #partitionMaps(): Uint8Array[] {
    const { mirrorFileLba, partitionLba, revision } = this.#head
    const { sizeBytes } = Type1PartitionMap
    const physical = Type1PartitionMap.serialise({ type: 1, lengthBytes: sizeBytes, volumeSequenceNumber: 1, partitionNumber: 0 })
    const { metadataFileLba } = this.#tail
    if (metadataFileLba === null || mirrorFileLba === null) return [physical]
    const use = MetadataMapUse.serialise({
      metadataFileBlock: metadataFileLba - partitionLba,
      mirrorFileBlock: mirrorFileLba - partitionLba,
      bitmapFileBlock: NO_BITMAP_FILE,
      allocationUnitBlocks: METADATA_UNIT_BLOCKS,
      alignmentUnitBlocks: METADATA_UNIT_BLOCKS,
      flags: DUPLICATE_METADATA,
    })
    const kind = udfEntity(entityNames.metadataPartition, revision)
    const map = { type: 2, lengthBytes: Type2PartitionMap.sizeBytes, kind, volumeSequenceNumber: 1, partitionNumber: 0, use }
    return [physical, Type2PartitionMap.serialise(map)]
  }

  #unallocatedSpace(bytes: Uint8Array, at: number, sequenceNumber: number): Written {
    UnallocatedSpaceDescriptor.serialise({ sequenceNumber, allocationDescriptorCount: 0 }, bytes, at)
    return { lengthBytes: UnallocatedSpaceDescriptor.sizeBytes, identifier: tagIds.unallocatedSpace }
  }

  #integrity(bytes: Uint8Array, firstLba: number, lba: number): void {
    const { nextUniqueId, fileCount, directoryCount } = this.#totals
    const { revision, mirrorFileLba, treeBlocks } = this.#head
    const sizes = [this.#tail.partitionBlocks, ...(mirrorFileLba === null ? [] : [treeBlocks])]
    const at = (lba - firstLba) * UDF_BLOCK_BYTES
    const values = {
      recordedAt: this.#identity.recordedMs,
      integrityType: integrityTypes.close,
      next: NO_EXTENT,
      nextUniqueId: BigInt(nextUniqueId),
      partitionCount: sizes.length,
      implementationUseLengthBytes: IntegrityImplementationUse.sizeBytes,
    }
    LogicalVolumeIntegrity.serialise(values, bytes, at)
    const tables = new DataView(bytes.buffer, bytes.byteOffset + at + LogicalVolumeIntegrity.sizeBytes, sizes.length * 8)
    for (const [i, sizeBlocks] of sizes.entries()) {
      tables.setUint32(i * 4, 0, true)
      tables.setUint32((sizes.length + i) * 4, sizeBlocks, true)
    }
    const use = {
      implementation: developerEntity(),
      fileCount,
      directoryCount,
      minimumReadRevision: minimumReadRevision(revision),
      minimumWriteRevision: revision,
      maximumWriteRevision: revision,
    }
    const useAt = at + LogicalVolumeIntegrity.sizeBytes + tables.byteLength
    IntegrityImplementationUse.serialise(use, bytes, useAt)
    this.#seal(bytes, at, useAt + IntegrityImplementationUse.sizeBytes - at, tagIds.logicalVolumeIntegrity, lba)
    this.#terminator(bytes, firstLba, lba + 1)
  }

  #seal(bytes: Uint8Array, at: number, lengthBytes: number, identifier: number, locationBlock: number): void {
    sealTag(bytes, at, lengthBytes, { identifier, version: tagVersionOf(this.#head.revision), locationBlock })
  }
}

interface Written {
  readonly lengthBytes: number
  readonly identifier: number
}

/** Without pseudo-overwriting, UDF 2.60 reads like 2.50 (UDF 2.60 2.2.6.4). */
function minimumReadRevision(revision: UdfRevision): number {
  return revision === udfRevisions['2.60'] ? udfRevisions['2.50'] : revision
}
