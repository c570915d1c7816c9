/** Damaged and hostile volumes: one thing wrong with each, its finding, and everything else still read. */
import { describe, expect, it } from 'vitest'
import { AllocationExtent, extentTypes, LongAd, ShortAd, withType } from './allocation-descriptors.ts'
import { sealTag, tagIds } from './descriptor-tag.ts'
import { characteristics, FileIdentifier } from './file-identifier.ts'
import { allocationKinds, FileEntry, IcbTag, IndirectEntry, strategies } from './information-control-block.ts'
import { PartitionMapHeader, Type1PartitionMap } from './partition-maps.ts'
import { udfRevisions } from './revision.ts'
import { BLOCK_BYTES, MAIN_SEQUENCE_LBA, PARTITION_LBA, RESERVE_SEQUENCE_LBA, Surgery, sequencePlaces } from './testing/image-surgery.ts'
import { contentBytes } from './testing/listed-tree.ts'
import { directory, file } from './testing/sample-tree.ts'
import type { UdfView } from './udf-view.ts'
import { LogicalVolumeDescriptor, PartitionDescriptor, VolumeDescriptorPointer } from './volume-descriptors.ts'

const tree = () =>
  directory('', [
    file('first', 'first content'),
    file('second', Buffer.alloc(5000, 's')),
    file('third', 'third'),
    directory('folder', [file('inside', 'inside')]),
  ])
const patient = () => new Surgery(tree(), udfRevisions['1.02'])

const names = (view: UdfView | undefined, path = '/') => {
  const from = view?.lookup(path)
  return from && view ? [...view.children(from)].map((entry) => entry.name) : null
}
const ALL = ['first', 'second', 'third', 'folder']
const content = (view: UdfView | undefined, path: string) => {
  const entry = view?.lookup(path)
  return entry && view ? contentBytes(view.contentSource(entry)).toString() : null
}

it('finds nothing wrong with a sound volume', () => {
  const { volume, codes } = patient().open()
  expect(names(volume?.view)).toEqual(ALL)
  expect(codes).toEqual([])
})

describe('anchors and volume descriptors', () => {
  it('finds another anchor when the one at 256 is gone', () => {
    const surgery = patient()
    surgery.bytes.fill(0, surgery.at(256), surgery.at(257))
    const { volume, codes } = surgery.open()
    expect(names(volume?.view)).toEqual(ALL)
    expect(codes).toEqual(['udf-anchor-elsewhere'])
  })

  it('finds the anchor 256 before the end, and one in front of what a recorder added', () => {
    for (const [moveTo, addedBlocks] of [
      [256, 0],
      [0, 150],
    ] as const) {
      const surgery = patient()
      surgery.bytes = Buffer.concat([surgery.bytes, Buffer.alloc((moveTo + addedBlocks) * BLOCK_BYTES)])
      surgery.bytes.fill(0, surgery.at(256), surgery.at(257))
      const { volume, codes } = surgery.open()
      expect(names(volume?.view)).toEqual(ALL)
      expect(codes).toEqual(['udf-anchor-elsewhere'])
    }
  })

  it('says so when no anchor is left', () => {
    const surgery = patient()
    surgery.bytes.fill(0, surgery.at(256), surgery.at(257))
    surgery.bytes = surgery.bytes.subarray(0, surgery.bytes.length - BLOCK_BYTES)
    expect(surgery.open()).toEqual({ volume: null, codes: ['udf-anchor-missing'] })
  })

  it('is silent about what is no UDF at all', () => {
    const surgery = patient()
    surgery.bytes.fill(0)
    expect(surgery.open()).toEqual({ volume: null, codes: [] })
  })

  it('reads a volume that does not announce itself', () => {
    const surgery = patient()
    surgery.bytes.fill(0, surgery.at(16), surgery.at(19))
    const { volume, codes } = surgery.open()
    expect(names(volume?.view)).toEqual(ALL)
    expect(codes).toEqual(['udf-recognition-missing'])
  })

  it.each([
    ['checksum', 4],
    ['CRC', 8],
    ['CRC length', 11],
  ])('takes the reserve sequence when a %s does not fit', (_, offset) => {
    const surgery = patient()
    const at = surgery.at(MAIN_SEQUENCE_LBA + sequencePlaces.logicalVolume)
    surgery.bytes[at + offset] = (surgery.bytes[at + offset] as number) ^ 0xff
    const { volume, codes } = surgery.open()
    expect(names(volume?.view)).toEqual(ALL)
    expect(codes).toEqual(['udf-descriptor-damaged', 'udf-reserve-used'])
  })

  it('notes descriptors in the wrong place', () => {
    const surgery = patient()
    surgery.reseal(surgery.at(MAIN_SEQUENCE_LBA + sequencePlaces.primary), undefined, 77)
    const { volume, codes } = surgery.open()
    expect(names(volume?.view)).toEqual(ALL)
    expect(codes).toEqual(['udf-descriptor-misplaced'])
  })

  it('does not follow pointers for ever', () => {
    const surgery = patient()
    for (const lba of [MAIN_SEQUENCE_LBA, RESERVE_SEQUENCE_LBA]) {
      const at = surgery.at(lba)
      VolumeDescriptorPointer.serialise(
        { sequenceNumber: 0, next: { lengthBytes: 16 * BLOCK_BYTES, locationBlock: lba } },
        surgery.bytes,
        at,
      )
      sealTag(surgery.bytes, at, VolumeDescriptorPointer.sizeBytes, { identifier: tagIds.volumePointer, version: 2, locationBlock: lba })
    }
    expect(surgery.open()).toEqual({ volume: null, codes: ['udf-sequence-endless', 'udf-volume-damaged'] })
  })

  it('refuses a volume whose blocks have another size', () => {
    const surgery = patient()
    surgery.inSequences(sequencePlaces.logicalVolume, (at) =>
      LogicalVolumeDescriptor.fields.logicalBlockSizeBytes.set(surgery.bytes, at, 0),
    )
    expect(surgery.open()).toEqual({ volume: null, codes: ['udf-block-size'] })
  })

  it('says how much of a cut-off volume is missing, and reads the rest', () => {
    const surgery = patient()
    surgery.bytes = surgery.bytes.subarray(0, surgery.at(PARTITION_LBA + 11))
    const { volume, codes } = surgery.open()
    expect(names(volume?.view)).toEqual(ALL)
    expect(codes).toEqual(['udf-partition-cut-off', 'extent-outside-image'])
    expect(content(volume?.view, '/second')?.length).toBeLessThan(5000)
  })
})

describe('partitions', () => {
  const mapsAt = LogicalVolumeDescriptor.sizeBytes
  it.each([
    [
      'more maps than any volume',
      (surgery: Surgery, at: number) => LogicalVolumeDescriptor.fields.partitionMapCount.set(surgery.bytes, at, 0xffff),
    ],
    ['a map without length', (surgery: Surgery, at: number) => PartitionMapHeader.fields.lengthBytes.set(surgery.bytes, at + mapsAt, 0)],
    ['a map of an unknown kind', (surgery: Surgery, at: number) => PartitionMapHeader.fields.type.set(surgery.bytes, at + mapsAt, 2)],
    [
      'a map of a partition that is not there',
      (surgery: Surgery, at: number) => Type1PartitionMap.fields.partitionNumber.set(surgery.bytes, at + mapsAt, 9),
    ],
    ['no map', (surgery: Surgery, at: number) => LogicalVolumeDescriptor.fields.partitionMapCount.set(surgery.bytes, at, 0)],
  ])('refuses %s', (_, change) => {
    const surgery = patient()
    surgery.inSequences(sequencePlaces.logicalVolume, (at) => change(surgery, at))
    expect(surgery.open()).toEqual({ volume: null, codes: ['udf-partitions-unusable'] })
  })

  it('has no file set when its address names no partition', () => {
    const surgery = patient()
    surgery.inSequences(sequencePlaces.logicalVolume, (at) =>
      LongAd.fields.partition.set(surgery.bytes, at + LogicalVolumeDescriptor.fields.fileSetDescriptor.offset, 5),
    )
    expect(surgery.open()).toEqual({ volume: null, codes: ['udf-file-set-missing'] })
  })

  it('reads nothing outside a partition', () => {
    const surgery = patient()
    surgery.inSequences(sequencePlaces.partition, (at) => PartitionDescriptor.fields.lengthBlocks.set(surgery.bytes, at, 1))
    const { volume, codes } = surgery.open()
    expect(names(volume?.view)).toEqual([])
    expect(codes).toEqual(['udf-entry-missing'])
  })
})

describe('file entries', () => {
  it('lists an entry without file entry as damaged', () => {
    const surgery = patient()
    const at = surgery.entryAt('/second')
    surgery.bytes.fill(0, at, at + BLOCK_BYTES)
    const { volume, codes } = surgery.open()
    expect(names(volume?.view)).toEqual(ALL)
    expect(volume?.view.lookup('/second')?.unreadable).not.toBeNull()
    expect(codes).toEqual(['udf-entry-missing'])
  })

  it('reads an altered file entry, and says that it was', () => {
    const surgery = patient()
    const at = surgery.entryAt('/second')
    FileEntry.fields.uid.set(surgery.bytes, at, 4711)
    const { volume, codes } = surgery.open()
    expect(volume?.view.lookup('/second')?.uid).toBe(4711)
    expect(codes).toEqual(['udf-entry-altered'])
  })

  it('refuses lengths beyond any disc', () => {
    const surgery = patient()
    const at = surgery.entryAt('/second')
    FileEntry.fields.informationLengthBytes.set(surgery.bytes, at, 2n ** 63n)
    surgery.reseal(at)
    const { volume, codes } = surgery.open()
    expect(volume?.view.lookup('/second')).toMatchObject({ sizeBytes: 0, extents: [] })
    expect(volume?.view.lookup('/second')?.unreadable).not.toBeNull()
    expect(codes).toEqual(['udf-content-incomplete'])
  })

  it('holds embedded content to its entry', () => {
    const surgery = patient()
    const at = surgery.entryAt('/first')
    surgery.setAllocation(at, allocationKinds.embedded, Buffer.from('inside the entry'), 16)
    expect(content(surgery.open().volume?.view, '/first')).toBe('inside the entry')
    FileEntry.fields.informationLengthBytes.set(surgery.bytes, at, 1_000_000n)
    surgery.reseal(at)
    const { volume, codes } = surgery.open()
    expect(content(volume?.view, '/first')).toBe('inside the entry')
    expect(codes).toEqual(['udf-content-incomplete'])
  })

  it('gives zeros for what was never recorded, and only for that', () => {
    const surgery = patient()
    const recorded = surgery.volume.view.lookup('/second')?.extents[0]
    const block = (recorded?.lba ?? 0) - PARTITION_LBA
    const descriptors = [
      { lengthAndType: withType(BLOCK_BYTES, extentTypes.unallocated), block: 0 },
      { lengthAndType: BLOCK_BYTES, block },
      { lengthAndType: withType(BLOCK_BYTES, extentTypes.allocated), block },
      { lengthAndType: 100, block },
    ].map((descriptor) => ShortAd.serialise(descriptor))
    surgery.setAllocation(surgery.entryAt('/second'), allocationKinds.short, Buffer.concat(descriptors), 3 * BLOCK_BYTES + 100)
    const { volume, codes } = surgery.open()
    const block2048 = 's'.repeat(BLOCK_BYTES)
    const zeros = '\0'.repeat(BLOCK_BYTES)
    expect(content(volume?.view, '/second')).toBe(zeros + block2048 + zeros + 's'.repeat(100))
    expect(volume?.view.lookup('/second')?.isSparse).toBe(true)
    expect(codes).toEqual([])
  })

  it('reads short only what lies nowhere', () => {
    const surgery = patient()
    const descriptor = ShortAd.serialise({ lengthAndType: 5000, block: 0xffff_0000 })
    surgery.setAllocation(surgery.entryAt('/second'), allocationKinds.short, descriptor, 5000)
    const { volume, codes } = surgery.open()
    expect(content(volume?.view, '/second')).toBe('')
    expect(codes).toEqual(['extent-outside-image'])
  })

  it.each([
    ['that lead to themselves', 0],
    ['in a block that has none', 1],
  ])('ends with allocation descriptors %s', (_, shift) => {
    const surgery = patient()
    const view = surgery.volume.view
    const at = surgery.entryAt('/third')
    // The content's block of another file becomes a block of descriptors.
    const block = (view.lookup('/second')?.extents[0]?.lba ?? 0) - PARTITION_LBA
    const further = ShortAd.serialise({ lengthAndType: withType(BLOCK_BYTES, extentTypes.continuation), block: block + shift })
    const extentAt = surgery.at(PARTITION_LBA + block)
    surgery.bytes.fill(0, extentAt, extentAt + BLOCK_BYTES)
    AllocationExtent.serialise({ previousBlock: 0, descriptorsLengthBytes: 0xffff_fff0 }, surgery.bytes, extentAt)
    surgery.bytes.set(further, extentAt + AllocationExtent.sizeBytes)
    sealTag(surgery.bytes, extentAt, BLOCK_BYTES, { identifier: tagIds.allocationExtent, version: 2, locationBlock: block })
    const first = ShortAd.serialise({ lengthAndType: withType(BLOCK_BYTES, extentTypes.continuation), block })
    surgery.setAllocation(at, allocationKinds.short, first, 9999)
    const { volume, codes } = surgery.open()
    expect(volume?.view.lookup('/third')).toMatchObject({ sizeBytes: 9999, extents: [] })
    expect(codes).toEqual(['udf-content-incomplete'])
  })

  it('keeps the descriptors of one file from another', () => {
    const surgery = patient()
    const { view } = surgery.volume
    const block = (view.lookup('/second')?.extents[0]?.lba ?? 0) - PARTITION_LBA
    const contentBlock = (view.lookup('/third')?.extents[0]?.lba ?? 0) - PARTITION_LBA
    const extentAt = surgery.at(PARTITION_LBA + block)
    const entries = ['/first', '/third'].map((path) => surgery.entryAt(path))
    surgery.bytes.fill(0, extentAt, extentAt + BLOCK_BYTES)
    AllocationExtent.serialise({ previousBlock: 0, descriptorsLengthBytes: ShortAd.sizeBytes }, surgery.bytes, extentAt)
    ShortAd.serialise({ lengthAndType: 5, block: contentBlock }, surgery.bytes, extentAt + AllocationExtent.sizeBytes)
    sealTag(surgery.bytes, extentAt, BLOCK_BYTES, { identifier: tagIds.allocationExtent, version: 2, locationBlock: block })
    const lead = ShortAd.serialise({ lengthAndType: withType(BLOCK_BYTES, extentTypes.continuation), block })
    for (const at of entries) surgery.setAllocation(at, allocationKinds.short, lead, 5)
    const { volume, codes } = surgery.open()
    expect(content(volume?.view, '/first')).toBe('third')
    expect(content(volume?.view, '/third')).toBe('')
    expect(codes).toEqual(['udf-content-incomplete'])
  })

  it('follows the versions of a file on write-once media, and not in a circle', () => {
    const surgery = patient()
    const first = surgery.entryAt('/first')
    const second = surgery.entryAt('/second')
    const strategy = FileEntry.fields.icbTag.offset + IcbTag.fields.strategyType.offset
    const secondBlock = second / BLOCK_BYTES - PARTITION_LBA
    const third = surgery.volume.view.lookup('/third')?.address.block ?? 0
    // The block behind the first file's entry is that of the second; it becomes the way to the third.
    const lead = (block: number) => {
      surgery.bytes.fill(0, second, second + BLOCK_BYTES)
      const target = { lengthAndType: 2 * BLOCK_BYTES, block, partition: 0, flags: 0, uniqueId: 0 }
      const icbTag = IcbTag.parse(surgery.bytes, first + FileEntry.fields.icbTag.offset)
      IndirectEntry.serialise({ icbTag: { ...icbTag, fileType: 3 }, indirectIcb: target }, surgery.bytes, second)
      sealTag(surgery.bytes, second, IndirectEntry.sizeBytes, { identifier: tagIds.indirectEntry, version: 2, locationBlock: secondBlock })
    }
    surgery.bytes.writeUInt16LE(strategies.writeOnce, first + strategy)
    surgery.reseal(first)
    lead(third)
    expect(content(surgery.open().volume?.view, '/first')).toBe('third')
    lead(secondBlock - 1)
    const { volume, codes } = surgery.open()
    expect(content(volume?.view, '/first')).toBe('first content')
    expect(codes).toContain('udf-icb-loop')
  })
})

describe('folders', () => {
  it('skips a damaged name and goes on', () => {
    const surgery = patient()
    const at = surgery.identifierOf('second')
    surgery.bytes[at + 4] = (surgery.bytes[at + 4] as number) ^ 0xff
    const { volume, codes } = surgery.open()
    expect(names(volume?.view)).toEqual(['first', 'third', 'folder'])
    expect(codes).toEqual(['udf-directory-damaged'])
  })

  it.each([
    [
      'implementation use',
      (surgery: Surgery, at: number) => FileIdentifier.fields.implementationUseLengthBytes.set(surgery.bytes, at, 0xffff),
    ],
    ['name', (surgery: Surgery, at: number) => FileIdentifier.fields.identifierLengthBytes.set(surgery.bytes, at, 0xff)],
  ])('skips a name with more %s than the folder has', (_, change) => {
    const surgery = patient()
    const at = surgery.identifierOf('folder')
    change(surgery, at)
    surgery.reseal(at)
    const { volume, codes } = surgery.open()
    expect(names(volume?.view)).toEqual(['first', 'second', 'third'])
    expect(codes).toEqual(['udf-directory-damaged'])
  })

  it('reads no more of a folder than the image can hold, but that much', () => {
    const surgery = patient()
    const { view } = surgery.volume
    const block = (view.lookup('/folder')?.extents[0]?.lba ?? 0) - PARTITION_LBA
    const names1 = ShortAd.serialise({ lengthAndType: BLOCK_BYTES, block })
    const zeros = ShortAd.serialise({ lengthAndType: withType(0x3fff_f800, extentTypes.unallocated), block: 0 })
    const descriptors = Buffer.concat([names1, ...Array.from({ length: 200 }, () => zeros)])
    surgery.setAllocation(surgery.entryAt('/folder'), allocationKinds.short, descriptors, BLOCK_BYTES + 200 * 0x3fff_f800)
    const { volume, codes } = surgery.open()
    expect(names(volume?.view, '/folder')).toEqual(['inside'])
    expect(codes).toEqual(['directory-cut-off', 'udf-directory-padding'])
  })

  it('leaves out deleted names and marks hidden ones', () => {
    const surgery = patient()
    for (const [name, bits] of [
      ['first', characteristics.deleted],
      ['second', characteristics.hidden],
    ] as const) {
      const at = surgery.identifierOf(name)
      FileIdentifier.fields.characteristics.set(surgery.bytes, at, bits)
      surgery.reseal(at)
    }
    const { volume, codes } = surgery.open()
    expect(names(volume?.view)).toEqual(['second', 'third', 'folder'])
    expect(volume?.view.lookup('/second')?.isHidden).toBe(true)
    expect(volume?.view.lookup('/third')?.isHidden).toBe(false)
    expect(codes).toEqual([])
  })

  it('gives a folder that contains itself the same key, by which walks end', () => {
    const surgery = patient()
    const { view } = surgery.volume
    const at = surgery.identifierOf('inside')
    FileIdentifier.fields.characteristics.set(surgery.bytes, at, characteristics.directory)
    const icb = at + FileIdentifier.fields.icb.offset
    LongAd.fields.block.set(surgery.bytes, icb, view.lookup('/folder')?.address.block as number)
    surgery.reseal(at)
    const after = surgery.volume.view
    expect(after.lookup('/folder/inside')?.directoryKey).toBe(after.lookup('/folder')?.directoryKey)
    expect(after.lookup('/folder/inside/inside/inside')?.type).toBe('directory')
  })

  it.each([
    ['..', ['\\x2e\\x2e'], 'name-unsafe'],
    ['a/b/../c', ['a\\x2fb\\x2f..\\x2fc'], 'name-unsafe'],
    ['nul\0byte', ['nul\\x00byte'], 'name-unsafe'],
  ])('shows the name %j so that it leads nowhere', (name, shown, code) => {
    const surgery = new Surgery(directory('', [file(name, '')]), udfRevisions['1.02'])
    const { volume, codes } = surgery.open()
    expect(names(volume?.view)).toEqual(shown)
    expect(codes).toEqual([code])
  })

  it('shows names of unknown codes in hexadecimal, and names the nameless', () => {
    const surgery = patient()
    const first = surgery.identifierOf('first')
    const third = surgery.identifierOf('third')
    surgery.bytes[first + FileIdentifier.sizeBytes] = 77
    surgery.reseal(first)
    surgery.bytes.fill(0, third + FileIdentifier.sizeBytes + 1, third + FileIdentifier.sizeBytes + 6)
    FileIdentifier.fields.identifierLengthBytes.set(surgery.bytes, third, 1)
    const block = LongAd.fields.block.get(surgery.bytes, third + FileIdentifier.fields.icb.offset)
    surgery.reseal(third, 40)
    const { volume, codes } = surgery.open()
    expect(names(volume?.view)).toEqual([`4d${Buffer.from('first').toString('hex')}`, 'second', `unnamed-${block}`, 'folder'])
    expect(codes).toEqual(['udf-name-unknown', 'name-empty', 'udf-directory-padding'])
  })

  it('believes the entry when a name says something else of it', () => {
    const surgery = patient()
    const at = surgery.identifierOf('folder')
    FileIdentifier.fields.characteristics.set(surgery.bytes, at, 0)
    surgery.reseal(at)
    const { volume, codes } = surgery.open()
    expect(names(volume?.view, '/folder')).toEqual(['inside'])
    expect(codes).toEqual(['udf-type-disagrees'])
  })
})
