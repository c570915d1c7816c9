/** Volumes whose partitions are not where they seem: with a table of virtual blocks, with replaced packets. */
import { LongAd } from '../allocation-descriptors.ts'
import { sealTag, tagIds } from '../descriptor-tag.ts'
import { entityNames, udfEntity } from '../entity-identifier.ts'
import { FileEntryComposer } from '../file-entry-composer.ts'
import { FileIdentifier } from '../file-identifier.ts'
import { FileSetDescriptor } from '../file-set.ts'
import { allocationKinds, fileTypes } from '../information-control-block.ts'
import { SparableMapUse, Type1PartitionMap, Type2PartitionMap } from '../partition-maps.ts'
import { udfRevisions } from '../revision.ts'
import { SparingEntry, SparingTable } from '../sparing-table.ts'
import { VirtualAllocationHeader, VirtualAllocationTrailer } from '../virtual-allocation-table.ts'
import { LogicalVolumeDescriptor, PartitionDescriptor } from '../volume-descriptors.ts'
import { BLOCK_BYTES, MAIN_SEQUENCE_LBA, PARTITION_LBA, RESERVE_SEQUENCE_LBA, Surgery, sequencePlaces } from './image-surgery.ts'
import { directory, file } from './sample-tree.ts'

export const specialTree = () =>
  directory('', [file('first', 'first content'), file('second', Buffer.alloc(5000, 's')), directory('folder', [file('inside', 'inside')])])

/** Puts the tree into the partition of a second map. */
function addMap(surgery: Surgery, map: Uint8Array): void {
  const maps = LogicalVolumeDescriptor.sizeBytes
  for (const lba of [MAIN_SEQUENCE_LBA, RESERVE_SEQUENCE_LBA]) {
    const at = surgery.at(lba + sequencePlaces.logicalVolume)
    const { fields } = LogicalVolumeDescriptor
    fields.partitionMapCount.set(surgery.bytes, at, 2)
    fields.mapTableLengthBytes.set(surgery.bytes, at, Type1PartitionMap.sizeBytes + map.length)
    LongAd.fields.partition.set(surgery.bytes, at + fields.fileSetDescriptor.offset, 1)
    surgery.bytes.set(map, at + maps + Type1PartitionMap.sizeBytes)
    surgery.reseal(at, maps + Type1PartitionMap.sizeBytes + map.length)
  }
  const fileSet = surgery.at(PARTITION_LBA)
  LongAd.fields.partition.set(surgery.bytes, fileSet + FileSetDescriptor.fields.rootDirectory.offset, 1)
  surgery.reseal(fileSet)
  for (const at of surgery.identifiers()) {
    LongAd.fields.partition.set(surgery.bytes, at + FileIdentifier.fields.icb.offset, 1)
    surgery.reseal(at)
  }
}

const type2 = (name: string, use: Uint8Array) =>
  Type2PartitionMap.serialise({
    type: 2,
    lengthBytes: Type2PartitionMap.sizeBytes,
    kind: udfEntity(name, udfRevisions['1.50']),
    volumeSequenceNumber: 1,
    partitionNumber: 0,
    use,
  })

const swapBlocks = (surgery: Surgery, a: number, b: number) => {
  const first = Buffer.from(surgery.bytes.subarray(a, a + BLOCK_BYTES))
  surgery.bytes.copyWithin(a, b, b + BLOCK_BYTES)
  surgery.bytes.set(first, b)
}

/**
 * Everything is where it was, but for two file entries that changed places; the table stands at the end. From 40 on,
 * so many further numbers stand for one block.
 */
export function virtualPartition(form: 'trailer' | 'header', further = 0): Surgery {
  const surgery = new Surgery(specialTree(), form === 'trailer' ? udfRevisions['1.50'] : udfRevisions['2.01'])
  const first = surgery.entryAt('/first') / BLOCK_BYTES - PARTITION_LBA
  const second = surgery.entryAt('/second') / BLOCK_BYTES - PARTITION_LBA
  addMap(surgery, type2(entityNames.virtualPartition, new Uint8Array(24)))
  const numbers = Array.from({ length: 40 + further }, (_, i) => (i === first ? second : i === second ? first : i < 40 ? i : 5))
  const entries = Buffer.alloc(numbers.length * 4)
  for (const [i, block] of numbers.entries()) entries.writeUInt32LE(block, i * 4)
  swapBlocks(surgery, surgery.at(PARTITION_LBA + first), surgery.at(PARTITION_LBA + second))
  append(surgery, form === 'trailer' ? withTrailer(entries) : withHeader(entries), form)
  return surgery
}

const withTrailer = (entries: Buffer) => {
  const kind = udfEntity(entityNames.virtualAllocationTable, udfRevisions['1.50'])
  return Buffer.concat([entries, VirtualAllocationTrailer.serialise({ kind, previousTableBlock: 0xffff_ffff })])
}
const withHeader = (entries: Buffer) => {
  const header = {
    headerLengthBytes: VirtualAllocationHeader.sizeBytes,
    implementationUseLengthBytes: 0,
    logicalVolumeIdentifier: 'Patient',
    previousTableBlock: 0xffff_ffff,
    fileCount: 3,
    directoryCount: 2,
    minimumReadRevision: 0x0201,
    minimumWriteRevision: 0x0201,
    maximumWriteRevision: 0x0201,
  }
  return Buffer.concat([VirtualAllocationHeader.serialise(header), entries])
}

/** In the place of the last anchor, up to which the partition now goes. */
function append(surgery: Surgery, table: Buffer, form: 'trailer' | 'header'): void {
  const revision = form === 'trailer' ? udfRevisions['1.50'] : udfRevisions['2.01']
  const at = surgery.bytes.length - BLOCK_BYTES
  surgery.bytes.fill(0, at)
  surgery.inSequences(sequencePlaces.partition, (descriptor) => {
    const { lengthBlocks } = PartitionDescriptor.fields
    lengthBlocks.set(surgery.bytes, descriptor, lengthBlocks.get(surgery.bytes, descriptor) + 1)
  })
  const composer = new FileEntryComposer(revision)
  surgery.bytes.set(table, at + composer.entryBytes)
  composer.write(surgery.bytes, at, {
    fileType: form === 'trailer' ? fileTypes.unspecified : fileTypes.virtualAllocationTable,
    attributes: { mode: 0, uid: 0, gid: 0, modifiedMs: 0, accessedMs: 0, changedMs: 0 },
    linkCount: 1,
    sizeBytes: table.length,
    recordedBlocks: 0,
    uniqueId: 0,
    allocationKind: allocationKinds.embedded,
    extendedAttributesLengthBytes: 0,
    allocationLengthBytes: table.length,
    locationBlock: at / BLOCK_BYTES - PARTITION_LBA,
  })
}

const PACKET_BLOCKS = 4
export const TABLE_LBA = 128
const SPARE_LBA = 160

/** The packet with the root's names has gone bad and is replaced by a spare one. */
export function sparablePartition(tableLba = TABLE_LBA): Surgery {
  const surgery = new Surgery(specialTree(), udfRevisions['1.50'])
  const use = {
    packetLengthBlocks: PACKET_BLOCKS,
    tableCount: 2,
    tableSizeBytes: BLOCK_BYTES,
    tableLocation1: TABLE_LBA,
    tableLocation2: TABLE_LBA + 16,
    tableLocation3: 0,
    tableLocation4: 0,
  }
  addMap(surgery, type2(entityNames.sparablePartition, SparableMapUse.serialise(use)))
  const bad = surgery.at(PARTITION_LBA)
  surgery.bytes.copyWithin(surgery.at(SPARE_LBA), bad, bad + PACKET_BLOCKS * BLOCK_BYTES)
  surgery.bytes.fill(0xbd, bad, bad + PACKET_BLOCKS * BLOCK_BYTES)
  writeSparingTable(surgery, tableLba, SPARE_LBA)
  return surgery
}

export function writeSparingTable(surgery: Surgery, lba: number, spareLba: number): void {
  const at = surgery.at(lba)
  const kind = udfEntity(entityNames.sparingTable, udfRevisions['1.50'])
  SparingTable.serialise({ kind, entryCount: 2, sequenceNumber: 1 }, surgery.bytes, at)
  const entries = at + SparingTable.sizeBytes
  SparingEntry.serialise({ originalBlock: 0, mappedBlock: spareLba }, surgery.bytes, entries)
  SparingEntry.serialise({ originalBlock: 0xffff_ffff, mappedBlock: 200 }, surgery.bytes, entries + SparingEntry.sizeBytes)
  sealTag(surgery.bytes, at, SparingTable.sizeBytes + 2 * SparingEntry.sizeBytes, {
    identifier: tagIds.sparingTable,
    version: 2,
    locationBlock: lba,
  })
}
