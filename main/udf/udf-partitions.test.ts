/** Partitions that are not where they seem: metadata files with mirrors, virtual and sparable ones. */
import { describe, expect, it } from 'vitest'
import { LongAd, ShortAd } from './allocation-descriptors.ts'
import { sealTag, tagIds } from './descriptor-tag.ts'
import { entityNames, udfEntity } from './entity-identifier.ts'
import { FileEntryComposer } from './file-entry-composer.ts'
import { FileIdentifier } from './file-identifier.ts'
import { FileSetDescriptor } from './file-set.ts'
import { allocationKinds, fileTypes } from './information-control-block.ts'
import { SparableMapUse, Type1PartitionMap, Type2PartitionMap } from './partition-maps.ts'
import { udfRevisions } from './revision.ts'
import { SparingEntry, SparingTable } from './sparing-table.ts'
import { BLOCK_BYTES, MAIN_SEQUENCE_LBA, PARTITION_LBA, Surgery, sequencePlaces } from './testing/image-surgery.ts'
import { listedTree } from './testing/listed-tree.ts'
import { directory, file } from './testing/sample-tree.ts'
import { VirtualAllocationHeader, VirtualAllocationTrailer } from './virtual-allocation-table.ts'
import { LogicalVolumeDescriptor, PartitionDescriptor } from './volume-descriptors.ts'

const tree = () =>
  directory('', [file('first', 'first content'), file('second', Buffer.alloc(5000, 's')), directory('folder', [file('inside', 'inside')])])

describe('a metadata partition', () => {
  const patient = () => new Surgery(tree(), udfRevisions['2.50'])
  const whole = listedTree(patient().volume.view)
  /** The metadata file lies behind the contents: its entry right before the last anchor's padding. */
  const mainEntryAt = (surgery: Surgery) => {
    const lba = Array.from({ length: surgery.bytes.length / BLOCK_BYTES }, (_, i) => i).findLast(
      (block) =>
        surgery.bytes.readUInt16LE(block * BLOCK_BYTES) === tagIds.extendedFileEntry &&
        surgery.bytes[block * BLOCK_BYTES + 27] === fileTypes.metadataMain,
    )
    return surgery.at(lba as number)
  }
  const mainBlockAt = (surgery: Surgery, block: number) => mainEntryAt(surgery) - 32 * BLOCK_BYTES + block * BLOCK_BYTES

  it('is there twice', () => {
    const surgery = patient()
    expect(surgery.volume.partitions).toEqual(['physical', 'metadata'])
    const main = mainBlockAt(surgery, 0)
    const mirror = surgery.at(288 + 32)
    expect(surgery.bytes.subarray(main, main + 32 * BLOCK_BYTES).equals(surgery.bytes.subarray(mirror, mirror + 32 * BLOCK_BYTES))).toBe(
      true,
    )
  })

  it('is read from the mirror when the entry of the metadata file is damaged', () => {
    const surgery = patient()
    const at = mainEntryAt(surgery)
    surgery.bytes.fill(0, at, at + BLOCK_BYTES)
    const { volume, codes } = surgery.open()
    expect(volume && listedTree(volume.view)).toEqual(whole)
    expect(codes).toEqual(['udf-metadata-file-damaged'])
  })

  it('is still whole when the image is cut off in the contents', () => {
    const surgery = patient()
    surgery.bytes = surgery.bytes.subarray(0, surgery.at(288 + 64))
    const { volume, codes } = surgery.open()
    expect(volume && [...listedTree(volume.view).keys()]).toEqual([...whole.keys()])
    expect(codes).toContain('udf-metadata-file-damaged')
  })

  it.each([
    ['file set', 0],
    ['entry of the root', 2],
    ['names of the root', 3],
    ['entry of a file', 4],
    ['names of a folder', 7],
  ])('has a mirror for a damaged %s', (_, block) => {
    const surgery = patient()
    const at = mainBlockAt(surgery, block)
    surgery.bytes.fill(0xee, at, at + BLOCK_BYTES)
    const { volume, codes } = surgery.open()
    expect(volume && listedTree(volume.view)).toEqual(whole)
    expect(codes).toEqual(['udf-mirror-used'])
  })

  it('is refused when both files are gone', () => {
    const surgery = patient()
    const at = mainEntryAt(surgery)
    surgery.bytes.fill(0, at, at + BLOCK_BYTES)
    surgery.bytes.fill(0, surgery.at(288), surgery.at(289))
    expect(surgery.open()).toEqual({ volume: null, codes: ['udf-partitions-unusable'] })
  })
})

/** Puts the tree into the partition of a second map. */
function addMap(surgery: Surgery, map: Uint8Array): void {
  const maps = LogicalVolumeDescriptor.sizeBytes
  for (const lba of [MAIN_SEQUENCE_LBA, 48]) {
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

describe('a virtual partition', () => {
  /**
   * Everything is where it was, but for two file entries that changed places; the table stands at the end. From 40 on,
   * so many further numbers stand for one block.
   */
  function patient(form: 'trailer' | 'header', further = 0): Surgery {
    const surgery = new Surgery(tree(), form === 'trailer' ? udfRevisions['1.50'] : udfRevisions['2.01'])
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

  it.each(['trailer', 'header'] as const)('is read through its table, with %s', (form) => {
    const { volume, codes } = patient(form).open()
    expect(volume?.partitions).toEqual(['physical', 'virtual'])
    expect(volume?.view.lookup('/first')?.sizeBytes).toBe(13)
    expect(volume?.view.lookup('/second')?.sizeBytes).toBe(5000)
    expect(volume?.view.lookup('/folder/inside')?.sizeBytes).toBe(6)
    // Nothing is misplaced: a tag says the number that the table turns into a place.
    expect(codes).toEqual([])
  })

  it('is not followed into more pieces than the image has blocks', () => {
    // 390 numbers of the table lead to one block, so no two of them join.
    const surgery = patient('trailer', 390)
    const scattered = LongAd.serialise({ lengthAndType: 390 * BLOCK_BYTES, block: 40, partition: 1, flags: 0, uniqueId: 0 })
    const at = surgery.entryAt('/folder/inside')
    surgery.setAllocation(at, allocationKinds.long, Buffer.concat(Array.from({ length: 80 }, () => scattered)), 80 * 390 * BLOCK_BYTES)
    const { volume, codes } = surgery.open()
    expect(codes).toEqual(['udf-content-incomplete'])
    expect(volume?.view.lookup('/folder/inside')?.runs.length).toBeLessThan((2 * surgery.bytes.length) / BLOCK_BYTES)
  })

  it('is refused without its table', () => {
    const surgery = patient('trailer')
    surgery.bytes.fill(0, surgery.bytes.length - BLOCK_BYTES)
    expect(surgery.open()).toEqual({ volume: null, codes: ['udf-partitions-unusable'] })
  })
})

describe('a sparable partition', () => {
  const PACKET_BLOCKS = 4
  const TABLE_LBA = 128
  const SPARE_LBA = 160

  /** The packet with the root's names has gone bad and is replaced by a spare one. */
  function patient(tableLba = TABLE_LBA): Surgery {
    const surgery = new Surgery(tree(), udfRevisions['1.50'])
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
    writeTable(surgery, tableLba, SPARE_LBA)
    return surgery
  }

  function writeTable(surgery: Surgery, lba: number, spareLba: number): void {
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

  it.each([
    ['first', TABLE_LBA],
    ['second', TABLE_LBA + 16],
  ])('is read through the %s of its tables', (_, lba) => {
    const { volume, codes } = patient(lba).open()
    expect(volume?.partitions).toEqual(['physical', 'sparable'])
    expect(volume && [...listedTree(volume.view).keys()]).toEqual(['/first', '/second', '/folder', '/folder/inside'])
    expect(codes).toEqual([])
  })

  it('does not follow its table out of the image', () => {
    const surgery = patient()
    writeTable(surgery, TABLE_LBA, 0xfff0_0000)
    expect(surgery.open()).toEqual({ volume: null, codes: ['udf-sparing-outside-image', 'udf-file-set-missing'] })
  })

  it('says so when it has no table', () => {
    const surgery = patient()
    surgery.bytes.fill(0, surgery.at(TABLE_LBA), surgery.at(TABLE_LBA + 1))
    expect(surgery.open().codes).toEqual(['udf-sparing-table-missing', 'udf-file-set-missing'])
  })
})

it('reads allocation descriptors of all lengths', () => {
  const surgery = new Surgery(tree(), udfRevisions['1.02'])
  const block = (surgery.volume.view.lookup('/second')?.extents[0]?.lba ?? 0) - PARTITION_LBA
  const at = surgery.entryAt('/second')
  const long = LongAd.serialise({ lengthAndType: 5000, block, partition: 0, flags: 0, uniqueId: 0 })
  const expected = listedTree(surgery.volume.view)
  surgery.setAllocation(at, allocationKinds.long, long, 5000)
  expect(listedTree(surgery.volume.view)).toEqual(expected)
  const extended = Buffer.alloc(20)
  extended.writeUInt32LE(5000, 0)
  extended.writeUInt32LE(5000, 4)
  extended.writeUInt32LE(5000, 8)
  extended.writeUInt32LE(block, 12)
  surgery.setAllocation(at, allocationKinds.extended, extended, 5000)
  expect(listedTree(surgery.volume.view)).toEqual(expected)
  surgery.setAllocation(
    at,
    allocationKinds.short,
    Buffer.concat([ShortAd.serialise({ lengthAndType: 4096, block }), ShortAd.serialise({ lengthAndType: 904, block: block + 2 })]),
    5000,
  )
  expect(listedTree(surgery.volume.view)).toEqual(expected)
})
