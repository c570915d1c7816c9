/** Makes the partitions of a logical volume from its maps (ECMA-167 3/10.7; UDF 2.2.8 to 2.2.13). */
import { MAX_UDF_PARTITION_MAPS } from '../../shared/limits.ts'
import { entityNames } from './entity-identifier.ts'
import { openMetadataPartition } from './metadata-partition.ts'
import type { Partition } from './partition.ts'
import { PhysicalPartition } from './partition.ts'
import { MetadataMapUse, PartitionMapHeader, SparableMapUse, Type1PartitionMap, Type2PartitionMap } from './partition-maps.ts'
import { openSparablePartition } from './sparable-partition.ts'
import { openVirtualPartition } from './virtual-partition.ts'
import type { PartitionFacts, VolumeSequence } from './volume-sequence.ts'
import type { VolumeSpace } from './volume-space.ts'

/** Fills `space.partitions`; gives false, with a finding, when one of them can't be used. */
export function openPartitions(space: VolumeSpace, sequence: VolumeSequence): boolean {
  return new PartitionTable(space, sequence).open()
}

class PartitionTable {
  readonly #space: VolumeSpace
  readonly #sequence: VolumeSequence
  readonly #metadataMaps: { readonly index: number; readonly bytes: Uint8Array }[] = []

  constructor(space: VolumeSpace, sequence: VolumeSequence) {
    this.#space = space
    this.#sequence = sequence
  }

  open(): boolean {
    const { maps, descriptor } = this.#sequence.logicalVolume
    if (descriptor.partitionMapCount > MAX_UDF_PARTITION_MAPS) return this.#refuse('It claims more partitions than any volume has.')
    let at = 0
    for (let index = 0; index < descriptor.partitionMapCount; index++) {
      if (at + PartitionMapHeader.sizeBytes > maps.length) return this.#refuse('Its table of partitions is cut short.')
      const { lengthBytes } = PartitionMapHeader.parse(maps, at)
      const bytes = maps.subarray(at, at + lengthBytes)
      if (lengthBytes < PartitionMapHeader.sizeBytes || bytes.length < lengthBytes)
        return this.#refuse('Its table of partitions is cut short.')
      const partition = this.#partition(index, bytes)
      if (partition === null) return false
      this.#space.partitions.push(partition)
      at += lengthBytes
    }
    if (this.#space.partitions.length === 0) return this.#refuse('It has no partition.')
    this.#noteCutOff()
    return this.#metadataMaps.every(({ index, bytes }) => this.#openMetadata(index, bytes))
  }

  #partition(index: number, bytes: Uint8Array): Partition | null {
    const { type } = PartitionMapHeader.parse(bytes)
    if (type === 1 && bytes.length >= Type1PartitionMap.sizeBytes) return this.#physical(Type1PartitionMap.parse(bytes).partitionNumber)
    if (type !== 2 || bytes.length < Type2PartitionMap.sizeBytes) return this.#unknown()
    const map = Type2PartitionMap.parse(bytes)
    const physical = this.#physical(map.partitionNumber)
    if (physical === null) return null
    switch (map.kind.identifier) {
      case entityNames.sparablePartition:
        return openSparablePartition(this.#space, physical, SparableMapUse.parse(map.use))
      case entityNames.virtualPartition:
        return openVirtualPartition(this.#space, physical) ?? this.#lost('Its virtual allocation table was not found.')
      case entityNames.metadataPartition:
        // The metadata file may lie in a partition whose map comes later; until then the place is held.
        this.#metadataMaps.push({ index, bytes })
        return physical
      default:
        return this.#unknown()
    }
  }

  #openMetadata(index: number, bytes: Uint8Array): boolean {
    const map = Type2PartitionMap.parse(bytes)
    const below = this.#below(map.partitionNumber)
    const opened = below === null ? null : openMetadataPartition(this.#space, below, MetadataMapUse.parse(map.use))
    if (opened === null) return this.#refuse('Neither its metadata file nor the mirror of it can be read.')
    this.#space.partitions[index] = opened
    return true
  }

  /** Index of the map through which the blocks of a partition are reached. */
  #below(partitionNumber: number): number | null {
    const { maps, descriptor } = this.#sequence.logicalVolume
    let at = 0
    for (let index = 0; index < descriptor.partitionMapCount; index++) {
      const { type, lengthBytes } = PartitionMapHeader.parse(maps, at)
      const isMetadata = this.#metadataMaps.some((map) => map.index === index)
      const number = type === 1 ? Type1PartitionMap.parse(maps, at).partitionNumber : Type2PartitionMap.parse(maps, at).partitionNumber
      if (!isMetadata && number === partitionNumber) return index
      at += lengthBytes
    }
    return null
  }

  #physical(partitionNumber: number): PhysicalPartition | null {
    const facts: PartitionFacts | undefined = this.#sequence.partitions.get(partitionNumber)
    if (facts === undefined) {
      this.#refuse('One of its partitions is not described.')
      return null
    }
    return new PhysicalPartition(facts.startBlock, facts.lengthBlocks)
  }

  /** Media written once and not yet closed have partitions longer than what was recorded so far. */
  #noteCutOff(): void {
    if (this.#space.partitions.some((partition) => partition.kind === 'virtual')) return
    const { imageBlocks, blockBytes } = this.#space
    for (const { startBlock, lengthBlocks } of this.#sequence.partitions.values()) {
      const missing = startBlock + lengthBlocks - imageBlocks
      if (missing <= 0) continue
      const message = `The image appears to be cut off: ${missing.toLocaleString('en')} blocks of its UDF partition are missing.`
      const details = { offsetBytes: startBlock * blockBytes, clause: 'ECMA-167 3/10.5.9' }
      this.#space.findings.add('udf-partition-cut-off', 'damaged', message, details)
    }
  }

  #unknown(): null {
    return this.#lost('One of its partitions is of a kind that Isomer does not know.')
  }

  #lost(reason: string): null {
    this.#refuse(reason)
    return null
  }

  #refuse(reason: string): false {
    const { offsetBytes } = this.#sequence.logicalVolume
    const message = `The UDF volume can't be read. ${reason}`
    this.#space.findings.add('udf-partitions-unusable', 'damaged', message, { offsetBytes, clause: 'ECMA-167 3/10.7' })
    return false
  }
}
