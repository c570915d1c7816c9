/** Reads a volume descriptor sequence (ECMA-167 3/8.4.2): of each descriptor the one with the highest number prevails. */
import { MAX_UDF_PARTITION_MAPS, MAX_UDF_SEQUENCE_DESCRIPTORS } from '../../shared/limits.ts'
import type { Anchor, VolumeExtent } from './anchor.ts'
import { tagIdentifier, tagIds } from './descriptor-tag.ts'
import { LogicalVolumeDescriptor, PartitionDescriptor, PrimaryVolumeDescriptor, VolumeDescriptorPointer } from './volume-descriptors.ts'
import type { VolumeSpace } from './volume-space.ts'

export interface LogicalVolume {
  readonly descriptor: ReturnType<typeof LogicalVolumeDescriptor.parse>
  /** The table of partition maps. */
  readonly maps: Uint8Array
  readonly offsetBytes: number
}

export type PartitionFacts = ReturnType<typeof PartitionDescriptor.parse>

export interface VolumeSequence {
  readonly primary: ReturnType<typeof PrimaryVolumeDescriptor.parse> | null
  readonly logicalVolume: LogicalVolume
  /** By partition number. */
  readonly partitions: ReadonlyMap<number, PartitionFacts>
}

/** The main sequence, or the reserve one when the main one lacks something; null when neither is whole. */
export function readVolumeSequence(space: VolumeSpace, anchor: Anchor): VolumeSequence | null {
  const main = new SequenceReading(space, anchor.mainSequence)
  const mainSequence = main.result()
  if (mainSequence !== null) return mainSequence
  const offsetBytes = anchor.mainSequence.locationBlock * space.blockBytes
  const reserve = new SequenceReading(space, anchor.reserveSequence).result()
  const message =
    reserve === null
      ? 'Both copies of the UDF volume descriptors are damaged.'
      : 'The UDF volume descriptors are damaged; their reserve copy was used.'
  space.findings.add(reserve === null ? 'udf-volume-damaged' : 'udf-reserve-used', 'damaged', message, {
    offsetBytes,
    clause: 'ECMA-167 3/8.4.2.2',
  })
  return reserve
}

class SequenceReading {
  readonly #space: VolumeSpace
  readonly #partitions = new Map<number, PartitionFacts>()
  #primary: VolumeSequence['primary'] = null
  #logicalVolume: LogicalVolume | null = null

  constructor(space: VolumeSpace, extent: VolumeExtent) {
    this.#space = space
    const visited = new Set<number>()
    let next: VolumeExtent | null = extent
    let left = MAX_UDF_SEQUENCE_DESCRIPTORS
    while (next !== null && !visited.has(next.locationBlock) && left > 0) {
      visited.add(next.locationBlock)
      const end: number = next.locationBlock + Math.min(left, Math.floor(next.lengthBytes / space.blockBytes))
      let block: number = next.locationBlock
      next = null
      for (; block < end && next === null; block++, left--) {
        const step = this.#take(block)
        if (step === 'end') return
        if (step !== 'on') next = step
      }
    }
    if (next !== null || left === 0) {
      const message = 'The UDF volume descriptors go on without end; only the first ones were read.'
      space.findings.add('udf-sequence-endless', 'damaged', message, { offsetBytes: extent.locationBlock * space.blockBytes })
    }
  }

  result(): VolumeSequence | null {
    const logicalVolume = this.#logicalVolume
    if (logicalVolume === null || this.#partitions.size === 0) return null
    return { primary: this.#primary, logicalVolume, partitions: this.#partitions }
  }

  /** Takes the descriptor in a block; gives where to go on. */
  #take(block: number): 'on' | 'end' | VolumeExtent {
    const { bytes, offsetBytes, verdict } = this.#space.taggedImageBlock(block)
    // A sequence may end with an unrecorded block instead of a terminator.
    if (bytes.length === 0 || (verdict === 'none' && bytes.every((byte) => byte === 0))) return 'end'
    if (verdict === 'none' || verdict === 'altered') {
      const message = 'A UDF volume descriptor is damaged and was left out.'
      this.#space.findings.add('udf-descriptor-damaged', 'damaged', message, { offsetBytes, clause: 'ECMA-167 3/7.2' })
      return 'on'
    }
    if (verdict === 'misplaced') {
      const message = 'A UDF volume descriptor says that it belongs in another place.'
      this.#space.findings.add('udf-descriptor-misplaced', 'note', message, { offsetBytes, clause: 'ECMA-167 3/7.2.8' })
    }
    switch (tagIdentifier(bytes)) {
      case tagIds.terminating:
        return 'end'
      case tagIds.volumePointer:
        return VolumeDescriptorPointer.parse(bytes).next
      case tagIds.primaryVolume:
        this.#takePrimary(PrimaryVolumeDescriptor.parse(bytes))
        return 'on'
      case tagIds.partition:
        this.#takePartition(PartitionDescriptor.parse(bytes))
        return 'on'
      case tagIds.logicalVolume:
        this.#takeLogicalVolume(bytes, offsetBytes)
        return 'on'
      default:
        return 'on'
    }
  }

  #takePrimary(found: NonNullable<VolumeSequence['primary']>): void {
    if (this.#primary === null || found.sequenceNumber >= this.#primary.sequenceNumber) this.#primary = found
  }

  #takePartition(found: PartitionFacts): void {
    const known = this.#partitions.get(found.number)
    if (known !== undefined ? found.sequenceNumber >= known.sequenceNumber : this.#partitions.size < MAX_UDF_PARTITION_MAPS)
      this.#partitions.set(found.number, found)
  }

  #takeLogicalVolume(bytes: Uint8Array, offsetBytes: number): void {
    const descriptor = LogicalVolumeDescriptor.parse(bytes)
    const known = this.#logicalVolume
    if (known !== null && descriptor.sequenceNumber < known.descriptor.sequenceNumber) return
    const start = LogicalVolumeDescriptor.sizeBytes
    const maps = bytes.subarray(start, start + descriptor.mapTableLengthBytes)
    this.#logicalVolume = { descriptor, maps, offsetBytes }
  }
}
