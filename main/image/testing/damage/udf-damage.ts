/** Damage to UDF volumes: descriptors, partitions, file entries, folders (ECMA-167 3 and 4; UDF 2). */
import { AllocationExtent, extentTypes, LongAd, ShortAd } from '../../../udf/allocation-descriptors.ts'
import { sealTag, tagIds } from '../../../udf/descriptor-tag.ts'
import { characteristics, FileIdentifier } from '../../../udf/file-identifier.ts'
import { allocationKinds, FileEntry, IcbTag, IndirectEntry } from '../../../udf/information-control-block.ts'
import { PartitionMapHeader, Type1PartitionMap } from '../../../udf/partition-maps.ts'
import { type UdfRevisionName, udfRevisions } from '../../../udf/revision.ts'
import {
  BLOCK_BYTES,
  MAIN_SEQUENCE_LBA,
  PARTITION_LBA,
  RESERVE_SEQUENCE_LBA,
  Surgery,
  sequencePlaces,
} from '../../../udf/testing/image-surgery.ts'
import { directory, file, hardLink, symlink } from '../../../udf/testing/sample-tree.ts'
import { sparablePartition, TABLE_LBA, virtualPartition, writeSparingTable } from '../../../udf/testing/special-partitions.ts'
import { LogicalVolumeDescriptor, PartitionDescriptor, VolumeDescriptorPointer } from '../../../udf/volume-descriptors.ts'
import { type Damage, honest, losing, readable, refused } from './damage.ts'

const tree = () =>
  directory('', [
    file('first', 'first content'),
    file('second', Buffer.alloc(5000, 's')),
    file('third', 'third'),
    directory('folder', [file('inside', 'inside')]),
    symlink('link', 'folder/inside'),
  ])
const ALL = ['/first', '/second', '/third', '/folder', '/folder/inside', '/link']
const shape = { listed: ALL }
const withoutPath = (...paths: string[]) => ({ listed: ALL.filter((path) => !paths.includes(path)) })

/** The usual volume after a change. */
const operated =
  (change: (surgery: Surgery) => void, revision: UdfRevisionName = '1.02') =>
  () => {
    const surgery = new Surgery(tree(), udfRevisions[revision])
    change(surgery)
    return surgery.bytes
  }

const inLogicalVolume = (change: (bytes: Buffer, at: number) => void) =>
  operated((surgery) => surgery.inSequences(sequencePlaces.logicalVolume, (at) => change(surgery.bytes, at)))
const inMap = (change: (bytes: Buffer, at: number) => void) =>
  inLogicalVolume((bytes, at) => change(bytes, at + LogicalVolumeDescriptor.sizeBytes))

const inEntry = (path: string, change: (bytes: Buffer, at: number) => void) =>
  operated((surgery) => {
    const at = surgery.entryAt(path)
    change(surgery.bytes, at)
    surgery.reseal(at)
  })

const inIdentifier = (name: string, change: (bytes: Buffer, at: number, surgery: Surgery) => unknown) =>
  operated((surgery) => {
    const at = surgery.identifierOf(name)
    change(surgery.bytes, at, surgery)
    surgery.reseal(at)
  })

/** Another place for an identifier to lead to. */
const leadingTo = (name: string, path: string) =>
  inIdentifier(name, (bytes, at, surgery) => {
    LongAd.fields.block.set(bytes, at + FileIdentifier.fields.icb.offset, surgery.volume.view.lookup(path)?.address.block ?? 0)
    FileIdentifier.fields.characteristics.set(bytes, at, characteristics.directory)
  })

const allocated = (path: string, kind: number, sizeBytes: number, ...descriptors: Uint8Array[]) =>
  operated((surgery) => surgery.setAllocation(surgery.entryAt(path), kind, Buffer.concat(descriptors), sizeBytes))

const short = (lengthAndType: number, block: number) => ShortAd.serialise({ lengthAndType, block })
const typed = (lengthBytes: number, type: number) => lengthBytes + type * 0x4000_0000

/** Blocks of further descriptors: the one given stands where the content of /second was. */
function furtherDescriptors(lead: (block: number) => number, claimedBytes: number) {
  return operated((surgery) => {
    const entry = surgery.entryAt('/third')
    const block = (surgery.volume.view.lookup('/second')?.extents[0]?.lba ?? 0) - PARTITION_LBA
    const at = surgery.at(PARTITION_LBA + block)
    surgery.bytes.fill(0, at, at + BLOCK_BYTES)
    AllocationExtent.serialise({ previousBlock: 0, descriptorsLengthBytes: claimedBytes }, surgery.bytes, at)
    surgery.bytes.set(short(typed(BLOCK_BYTES, extentTypes.continuation), lead(block)), at + AllocationExtent.sizeBytes)
    sealTag(surgery.bytes, at, BLOCK_BYTES, { identifier: tagIds.allocationExtent, version: 2, locationBlock: block })
    surgery.setAllocation(entry, allocationKinds.short, short(typed(BLOCK_BYTES, extentTypes.continuation), block), 9999)
  })
}

/** An indirect entry in the place of a file entry. */
function indirect(lead: (block: number) => number) {
  return operated((surgery) => {
    const at = surgery.entryAt('/third')
    const block = at / BLOCK_BYTES - PARTITION_LBA
    const icbTag = IcbTag.parse(surgery.bytes, at + FileEntry.fields.icbTag.offset)
    surgery.bytes.fill(0, at, at + BLOCK_BYTES)
    const target = { lengthAndType: BLOCK_BYTES, block: lead(block), partition: 0, flags: 0, uniqueId: 0 }
    IndirectEntry.serialise({ icbTag, indirectIcb: target }, surgery.bytes, at)
    sealTag(surgery.bytes, at, IndirectEntry.sizeBytes, { identifier: tagIds.indirectEntry, version: 2, locationBlock: block })
  })
}

function pointerLoop(surgery: Surgery): void {
  for (const lba of [MAIN_SEQUENCE_LBA, RESERVE_SEQUENCE_LBA]) {
    const at = surgery.at(lba)
    VolumeDescriptorPointer.serialise({ sequenceNumber: 0, next: { lengthBytes: 16 * BLOCK_BYTES, locationBlock: lba } }, surgery.bytes, at)
    sealTag(surgery.bytes, at, VolumeDescriptorPointer.sizeBytes, { identifier: tagIds.volumePointer, version: 2, locationBlock: lba })
  }
}

/** Sequences of 4 GB, every descriptor of them an unknown one. */
function endlessSequence(surgery: Surgery): void {
  for (const lba of [MAIN_SEQUENCE_LBA, RESERVE_SEQUENCE_LBA]) {
    for (let block = lba; block < lba + 200; block++) {
      const at = surgery.at(block)
      surgery.bytes.fill(0, at, at + BLOCK_BYTES)
      sealTag(surgery.bytes, at, 512, { identifier: tagIds.unallocatedSpace, version: 2, locationBlock: block })
    }
  }
  for (const lba of [256, surgery.bytes.length / BLOCK_BYTES - 1]) {
    const at = surgery.at(lba)
    surgery.bytes.writeUInt32LE(0xffff_f800, at + 16)
    surgery.bytes.writeUInt32LE(0xffff_f800, at + 24)
    surgery.reseal(at)
  }
}

const broken = (at: number) => (surgery: Surgery) => {
  surgery.bytes[at] = (surgery.bytes[at] as number) ^ 0xff
}
const logicalVolumeAt = (MAIN_SEQUENCE_LBA + sequencePlaces.logicalVolume) * BLOCK_BYTES
const noAnchorAt256 = (surgery: Surgery) => void surgery.bytes.fill(0, surgery.at(256), surgery.at(257))

const sharedEntry = () => {
  const one = file('one', 'one')
  return new Surgery(directory('', [one, hardLink('two', one)]), udfRevisions['1.02']).bytes
}

function withName(name: string) {
  return () => new Surgery(directory('', [file(name, '')]), udfRevisions['1.02']).bytes
}

export const udfDamage: readonly Damage[] = [
  ...(['1.02', '1.50', '2.01', '2.50', '2.60'] as const).map((revision) =>
    honest(
      `UDF ${revision}, for comparison`,
      operated(() => {}, revision),
      shape,
    ),
  ),
  readable('no anchor at 256', 'udf-anchor-elsewhere', operated(noAnchorAt256), shape),
  readable(
    'no anchor but the one 256 blocks before the end',
    'udf-anchor-elsewhere',
    operated((surgery) => {
      noAnchorAt256(surgery)
      surgery.bytes = Buffer.concat([surgery.bytes, Buffer.alloc(256 * BLOCK_BYTES)])
    }),
    shape,
  ),
  refused(
    'no anchor at all',
    'udf-anchor-missing',
    operated((surgery) => {
      noAnchorAt256(surgery)
      surgery.bytes = surgery.bytes.subarray(0, surgery.bytes.length - BLOCK_BYTES)
    }),
  ),
  readable(
    'no announcement of UDF',
    'udf-recognition-missing',
    operated((surgery) => void surgery.bytes.fill(0, surgery.at(16), surgery.at(19))),
    shape,
  ),
  readable(
    'a descriptor whose checksum is wrong',
    ['udf-descriptor-damaged', 'udf-reserve-used'],
    operated(broken(logicalVolumeAt + 4)),
    shape,
  ),
  readable('a descriptor that was altered', ['udf-descriptor-damaged', 'udf-reserve-used'], operated(broken(logicalVolumeAt + 8)), shape),
  readable(
    'a descriptor whose check sum covers more than its block',
    ['udf-descriptor-damaged', 'udf-reserve-used'],
    operated(broken(logicalVolumeAt + 11)),
    shape,
  ),
  readable(
    'a descriptor that belongs elsewhere',
    'udf-descriptor-misplaced',
    operated((surgery) => surgery.reseal(surgery.at(MAIN_SEQUENCE_LBA), undefined, 77)),
    shape,
  ),
  refused(
    'both copies of the descriptors damaged',
    'udf-volume-damaged',
    operated((surgery) => {
      for (const lba of [MAIN_SEQUENCE_LBA, RESERVE_SEQUENCE_LBA]) surgery.bytes.fill(0xee, surgery.at(lba), surgery.at(lba + 16))
    }),
  ),
  refused('descriptors that lead back to themselves', 'udf-sequence-endless', operated(pointerLoop)),
  refused('descriptors without end', 'udf-sequence-endless', operated(endlessSequence)),

  honest(
    'a label in no known code',
    inLogicalVolume((bytes, at) =>
      bytes.fill(
        0xee,
        at + LogicalVolumeDescriptor.fields.logicalVolumeIdentifier.offset,
        at + LogicalVolumeDescriptor.fields.logicalVolumeIdentifier.offset + 128,
      ),
    ),
    shape,
  ),
  refused(
    'blocks of no size',
    'udf-block-size',
    inLogicalVolume((bytes, at) => LogicalVolumeDescriptor.fields.logicalBlockSizeBytes.set(bytes, at, 0)),
  ),
  refused(
    'blocks of another size',
    'udf-block-size',
    inLogicalVolume((bytes, at) => LogicalVolumeDescriptor.fields.logicalBlockSizeBytes.set(bytes, at, 65_535)),
  ),
  refused(
    '65,535 partition maps',
    'udf-partitions-unusable',
    inLogicalVolume((bytes, at) => LogicalVolumeDescriptor.fields.partitionMapCount.set(bytes, at, 0xffff)),
  ),
  refused(
    'no partition map',
    'udf-partitions-unusable',
    inLogicalVolume((bytes, at) => LogicalVolumeDescriptor.fields.partitionMapCount.set(bytes, at, 0)),
  ),
  refused(
    'a partition map without length',
    'udf-partitions-unusable',
    inMap((bytes, at) => PartitionMapHeader.fields.lengthBytes.set(bytes, at, 0)),
  ),
  refused(
    'a partition map of an unknown kind',
    'udf-partitions-unusable',
    inMap((bytes, at) => PartitionMapHeader.fields.type.set(bytes, at, 2)),
  ),
  refused(
    'a map of a partition that is not there',
    'udf-partitions-unusable',
    inMap((bytes, at) => Type1PartitionMap.fields.partitionNumber.set(bytes, at, 9)),
  ),
  refused(
    'a file set in a partition that is not there',
    'udf-file-set-missing',
    inLogicalVolume((bytes, at) =>
      LongAd.fields.partition.set(bytes, at + LogicalVolumeDescriptor.fields.fileSetDescriptor.offset, 65_535),
    ),
  ),
  readable(
    'a partition of one block',
    'udf-entry-missing',
    operated((surgery) =>
      surgery.inSequences(sequencePlaces.partition, (at) => PartitionDescriptor.fields.lengthBlocks.set(surgery.bytes, at, 1)),
    ),
    { listed: [] },
  ),
  losing(
    'a volume that was cut off',
    ['udf-partition-cut-off', 'extent-outside-image'],
    operated((surgery) => {
      surgery.bytes = surgery.bytes.subarray(0, surgery.at(PARTITION_LBA + 13))
    }),
    shape,
  ),
  refused('a partition without its table of virtual blocks', 'udf-partitions-unusable', () => {
    const { bytes } = virtualPartition('trailer')
    return bytes.fill(0, bytes.length - BLOCK_BYTES)
  }),
  losing('a file that a table of virtual blocks tears apart', 'udf-content-incomplete', () => {
    const surgery = virtualPartition('trailer', 390)
    const scattered = LongAd.serialise({ lengthAndType: 390 * BLOCK_BYTES, block: 40, partition: 1, flags: 0, uniqueId: 0 })
    surgery.setAllocation(
      surgery.entryAt('/folder/inside'),
      allocationKinds.long,
      Buffer.concat(Array.from({ length: 80 }, () => scattered)),
      80 * 390 * BLOCK_BYTES,
    )
    return surgery.bytes
  }),
  refused('replaced blocks that lie outside the image', 'udf-sparing-outside-image', () => {
    const surgery = sparablePartition()
    writeSparingTable(surgery, TABLE_LBA, 0xfff0_0000)
    return surgery.bytes
  }),
  readable(
    'a metadata file that is gone',
    'udf-metadata-file-damaged',
    operated((surgery) => {
      const { length } = surgery.bytes
      surgery.bytes.fill(0, length - 64 * BLOCK_BYTES, length - BLOCK_BYTES)
    }, '2.50'),
    shape,
  ),

  losing(
    'a file without its entry',
    'udf-entry-missing',
    operated((surgery) => {
      const at = surgery.entryAt('/second')
      surgery.bytes.fill(0, at, at + BLOCK_BYTES)
    }),
    shape,
  ),
  readable(
    'a file entry that was altered',
    'udf-entry-altered',
    operated((surgery) => FileEntry.fields.uid.set(surgery.bytes, surgery.entryAt('/second'), 4711)),
    shape,
  ),
  losing(
    'a file entry that leads to itself',
    ['udf-icb-loop'],
    indirect((block) => block),
    shape,
  ),
  losing(
    'a file entry that leads outside',
    'udf-entry-missing',
    indirect(() => 0xffff_fff0),
    shape,
  ),
  losing(
    'a file of 2⁶³ bytes',
    'udf-content-incomplete',
    inEntry('/second', (bytes, at) => FileEntry.fields.informationLengthBytes.set(bytes, at, 2n ** 63n)),
    shape,
  ),
  losing(
    'a file of 2⁶⁴−1 bytes',
    'udf-content-incomplete',
    inEntry('/second', (bytes, at) => FileEntry.fields.informationLengthBytes.set(bytes, at, 2n ** 64n - 1n)),
    shape,
  ),
  losing(
    'embedded content longer than its entry',
    'udf-content-incomplete',
    allocated('/first', allocationKinds.embedded, 1_000_000, Buffer.from('inside')),
    shape,
  ),
  losing(
    'allocation descriptors that end in the middle of one',
    'udf-content-incomplete',
    allocated('/second', allocationKinds.short, 5000, Buffer.alloc(5, 1)),
    shape,
  ),
  losing(
    'allocation descriptors longer than their entry',
    'udf-content-incomplete',
    inEntry('/second', (bytes, at) => {
      FileEntry.fields.allocationDescriptorsLengthBytes.set(bytes, at, 0xffff_ffff)
      FileEntry.fields.informationLengthBytes.set(bytes, at, 1_000_000n)
    }),
    shape,
  ),
  losing('allocation descriptors of no known kind', 'udf-content-incomplete', allocated('/second', 6, 5000, short(5000, 1)), shape),
  losing(
    'extended attributes longer than their entry',
    'udf-content-incomplete',
    inEntry('/second', (bytes, at) => FileEntry.fields.extendedAttributesLengthBytes.set(bytes, at, 0xffff_ffff)),
    shape,
  ),
  losing(
    'content that lies nowhere',
    'extent-outside-image',
    allocated('/second', allocationKinds.short, 5000, short(5000, 0xffff_0000)),
    shape,
  ),
  losing(
    'further descriptors that lead to themselves',
    'udf-content-incomplete',
    furtherDescriptors((block) => block, 0xffff_fff0),
    shape,
  ),
  losing(
    'further descriptors where none are',
    'udf-content-incomplete',
    furtherDescriptors((block) => block + 1, 8),
    shape,
  ),
  honest(
    'a file with parts that were never recorded',
    allocated('/second', allocationKinds.short, 5000, short(typed(5000, extentTypes.unallocated), 0)),
    shape,
  ),

  readable(
    'a name that is damaged',
    'udf-directory-damaged',
    operated((surgery) => broken(surgery.identifierOf('second') + 4)(surgery)),
    withoutPath('/second'),
  ),
  readable(
    'a name longer than its folder',
    'udf-directory-damaged',
    inIdentifier('folder', (bytes, at) => FileIdentifier.fields.identifierLengthBytes.set(bytes, at, 0xff)),
  ),
  readable(
    'more implementation use than the folder has',
    'udf-directory-damaged',
    inIdentifier('folder', (bytes, at) => FileIdentifier.fields.implementationUseLengthBytes.set(bytes, at, 0xffff)),
  ),
  readable('a folder that contains itself', 'directory-loop', leadingTo('inside', '/folder'), shape),
  readable('a folder that contains the root', 'directory-loop', leadingTo('inside', '/'), shape),
  readable(
    'a folder that is a file',
    'udf-type-disagrees',
    inIdentifier('folder', (bytes, at) => FileIdentifier.fields.characteristics.set(bytes, at, 0)),
    shape,
  ),
  readable(
    'a folder of more than the image can hold',
    'directory-cut-off',
    operated((surgery) => {
      const block = (surgery.volume.view.lookup('/folder')?.extents[0]?.lba ?? 0) - PARTITION_LBA
      const zeros = short(typed(0x3fff_f800, extentTypes.unallocated), 0)
      surgery.setAllocation(
        surgery.entryAt('/folder'),
        allocationKinds.short,
        Buffer.concat([short(BLOCK_BYTES, block), ...Array.from({ length: 200 }, () => zeros)]),
        BLOCK_BYTES + 200 * 0x3fff_f800,
      )
    }),
    shape,
  ),
  honest('two names of one file', sharedEntry, { listed: ['/one', '/two'] }),
  readable(
    'a name of an unknown code',
    'udf-name-unknown',
    inIdentifier('first', (bytes, at) => bytes.writeUInt8(77, at + FileIdentifier.sizeBytes)),
  ),
  readable('a name of two dots', 'name-unsafe', withName('..'), { listed: ['/\\x2e\\x2e'] }),
  readable('a name that is a path', 'name-unsafe', withName('../../etc/passwd'), { listed: ['/..\\x2f..\\x2fetc\\x2fpasswd'] }),
  readable('a name with NUL', 'name-unsafe', withName('nul\0byte'), { listed: ['/nul\\x00byte'] }),
  readable(
    'a link whose components are cut off',
    'udf-link-damaged',
    inEntry('/link', (bytes, at) => {
      bytes[at + FileEntry.sizeBytes + 1] = 0xff
    }),
    shape,
  ),
]
