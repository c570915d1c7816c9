/** Partitions that are not where they seem: metadata files with mirrors, virtual and sparable ones. */
import { describe, expect, it } from 'vitest'
import { LongAd, ShortAd } from './allocation-descriptors.ts'
import { tagIds } from './descriptor-tag.ts'
import { allocationKinds, fileTypes } from './information-control-block.ts'
import { udfRevisions } from './revision.ts'
import { BLOCK_BYTES, PARTITION_LBA, Surgery } from './testing/image-surgery.ts'
import { listedTree } from './testing/listed-tree.ts'
import { sparablePartition, specialTree, TABLE_LBA, virtualPartition, writeSparingTable } from './testing/special-partitions.ts'

describe('a metadata partition', () => {
  const patient = () => new Surgery(specialTree(), udfRevisions['2.50'])
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

describe('a virtual partition', () => {
  it.each(['trailer', 'header'] as const)('is read through its table, with %s', (form) => {
    const { volume, codes } = virtualPartition(form).open()
    expect(volume?.partitions).toEqual(['physical', 'virtual'])
    expect(volume?.view.lookup('/first')?.sizeBytes).toBe(13)
    expect(volume?.view.lookup('/second')?.sizeBytes).toBe(5000)
    expect(volume?.view.lookup('/folder/inside')?.sizeBytes).toBe(6)
    // Nothing is misplaced: a tag says the number that the table turns into a place.
    expect(codes).toEqual([])
  })

  it('is not followed into more pieces than the image has blocks', () => {
    // 390 numbers of the table lead to one block, so no two of them join.
    const surgery = virtualPartition('trailer', 390)
    const scattered = LongAd.serialise({ lengthAndType: 390 * BLOCK_BYTES, block: 40, partition: 1, flags: 0, uniqueId: 0 })
    const at = surgery.entryAt('/folder/inside')
    surgery.setAllocation(at, allocationKinds.long, Buffer.concat(Array.from({ length: 80 }, () => scattered)), 80 * 390 * BLOCK_BYTES)
    const { volume, codes } = surgery.open()
    expect(codes).toEqual(['udf-content-incomplete'])
    expect(volume?.view.lookup('/folder/inside')?.runs.length).toBeLessThan((2 * surgery.bytes.length) / BLOCK_BYTES)
  })

  it('is refused without its table', () => {
    const surgery = virtualPartition('trailer')
    surgery.bytes.fill(0, surgery.bytes.length - BLOCK_BYTES)
    expect(surgery.open()).toEqual({ volume: null, codes: ['udf-partitions-unusable'] })
  })
})

describe('a sparable partition', () => {
  it.each([
    ['first', TABLE_LBA],
    ['second', TABLE_LBA + 16],
  ])('is read through the %s of its tables', (_, lba) => {
    const { volume, codes } = sparablePartition(lba).open()
    expect(volume?.partitions).toEqual(['physical', 'sparable'])
    expect(volume && [...listedTree(volume.view).keys()]).toEqual(['/first', '/second', '/folder', '/folder/inside'])
    expect(codes).toEqual([])
  })

  it('does not follow its table out of the image', () => {
    const surgery = sparablePartition()
    writeSparingTable(surgery, TABLE_LBA, 0xfff0_0000)
    expect(surgery.open()).toEqual({ volume: null, codes: ['udf-sparing-outside-image', 'udf-file-set-missing'] })
  })

  it('says so when it has no table', () => {
    const surgery = sparablePartition()
    surgery.bytes.fill(0, surgery.at(TABLE_LBA), surgery.at(TABLE_LBA + 1))
    expect(surgery.open().codes).toEqual(['udf-sparing-table-missing', 'udf-file-set-missing'])
  })
})

it('reads allocation descriptors of all lengths', () => {
  const surgery = new Surgery(specialTree(), udfRevisions['1.02'])
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
