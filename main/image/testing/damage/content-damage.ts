/** Damage to contents, compressed ones above all, and numbers at the edge of what counting holds. */
import { deflateSync } from 'node:zlib'
import { SECTOR_BYTES } from '../../../iso9660/volume-descriptor.ts'
import { ZisofsHeader } from '../../../iso9660/zisofs.ts'
import { extentTypes, ShortAd } from '../../../udf/allocation-descriptors.ts'
import { allocationKinds } from '../../../udf/information-control-block.ts'
import { udfRevisions } from '../../../udf/revision.ts'
import { Surgery } from '../../../udf/testing/image-surgery.ts'
import { directory as sampleDirectory, file as sampleFile } from '../../../udf/testing/sample-tree.ts'
import { bigRecord, both32, directory, docsRecord, helloRecord, lba, nm, px, record, TINY_SECTORS, use } from '../tiny-image.ts'
import { type Damage, honest, losing, type SparseImage, trap } from './damage.ts'
import { both, lengthened, WHOLE, withBytes, withPathTableRoot } from './tiny-surgery.ts'

const BLOCK_LOG2 = 15
const BLOCK_BYTES = 2 ** BLOCK_LOG2
const MAGIC = Buffer.from('37e45396c9dbd607', 'hex')
const listed = { listed: [...WHOLE, '/packed'] }

interface Packed {
  /** As the record and the header say it. */
  readonly contentBytes?: number
  readonly headerBytes?: number
  readonly algorithm?: string
  readonly blockLog2?: number
  readonly recordLog2?: number
  readonly headerWords?: number
  /** Of the blocks; reckoned from them when left out. */
  readonly pointers?: readonly number[]
  readonly blocks?: readonly Uint8Array[]
}

/** The tiny image with a file compressed by zisofs: two blocks of zeros, if nothing else is said. */
export function compressedImage(changes: Packed = {}): Buffer {
  const blocks = changes.blocks ?? [deflateSync(Buffer.alloc(BLOCK_BYTES)), deflateSync(Buffer.alloc(1000))]
  const contentBytes = changes.contentBytes ?? BLOCK_BYTES + 1000
  const header = ZisofsHeader.serialise({
    magic: MAGIC,
    contentBytes: changes.headerBytes ?? contentBytes,
    headerWords: changes.headerWords ?? 4,
    blockLog2: changes.blockLog2 ?? BLOCK_LOG2,
    reserved14: 0,
  })
  const starts = [16 + 4 * (blocks.length + 1)]
  for (const block of blocks) starts.push((starts.at(-1) as number) + block.length)
  const pointers = Buffer.alloc(4 * (changes.pointers ?? starts).length)
  for (const [i, pointer] of (changes.pointers ?? starts).entries()) pointers.writeUInt32LE(pointer, i * 4)
  const stored = Buffer.concat([header, pointers, ...blocks])
  const zf = use(
    'ZF',
    Buffer.from(changes.algorithm ?? 'pz'),
    changes.headerWords ?? 4,
    changes.recordLog2 ?? BLOCK_LOG2,
    both32(contentBytes),
  )
  const entry = record({ name: 'PACKED.;1', lba: TINY_SECTORS, sizeBytes: stored.length, systemUse: [nm('packed'), px(0o100644), zf] })
  const image = lengthened(
    { joliet: false, root: [bigRecord(), docsRecord(), helloRecord(), entry] },
    1 + Math.ceil(stored.length / SECTOR_BYTES),
  )
  return withBytes(image, TINY_SECTORS * SECTOR_BYTES, stored)
}

/** An image of 8 TiB, all of it a hole but for the usual files and one at a block beyond 2³¹. */
function farFile(farLba: number): SparseImage {
  const far = record({ name: 'FAR.;1', lba: farLba, sizeBytes: 4, systemUse: [nm('far'), px(0o100644)] })
  const image = lengthened({ joliet: false, root: [bigRecord(), docsRecord(), helloRecord(), far] }, 0)
  withBytes(image, lba.primary * SECTOR_BYTES + 80, both(0xffff_ffff))
  return {
    sizeBytes: 0xffff_ffff * SECTOR_BYTES,
    parts: [
      { offsetBytes: 0, bytes: image },
      { offsetBytes: farLba * SECTOR_BYTES, bytes: Buffer.from('far\n') },
    ],
  }
}

/** A thousand parts of 4 GB, which together no disk here has room for. */
function terabytes(): SparseImage {
  const perSector = 15
  const parts = Array.from({ length: 1000 }, (_, i) =>
    record({
      name: 'HUGE.;1',
      lba: TINY_SECTORS + 100 + i * 2 ** 21,
      sizeBytes: 0xffff_f800,
      flags: i < 999 ? 0x80 : 0,
      systemUse: [nm('huge'), px(0o100644)],
    }),
  )
  const sectors = Math.ceil(parts.length / perSector)
  const image = lengthened({ joliet: false, root: [] }, 100)
  const root = image.subarray(lba.root * SECTOR_BYTES, lba.root * SECTOR_BYTES + 200)
  root.copy(image, TINY_SECTORS * SECTOR_BYTES)
  for (let sector = 0; sector < sectors; sector++) {
    withBytes(image, (TINY_SECTORS + 1 + sector) * SECTOR_BYTES, Buffer.concat(parts.slice(sector * perSector, (sector + 1) * perSector)))
  }
  withBytes(image, lba.primary * SECTOR_BYTES + 158, both(TINY_SECTORS), both((sectors + 1) * SECTOR_BYTES))
  withBytes(image, TINY_SECTORS * SECTOR_BYTES + 2, both(TINY_SECTORS), both((sectors + 1) * SECTOR_BYTES))
  withBytes(image, lba.primary * SECTOR_BYTES + 80, both(0xffff_ffff))
  return { sizeBytes: 0xffff_ffff * SECTOR_BYTES, parts: [{ offsetBytes: 0, bytes: image }] }
}

/** A file of 4 GB that is stored as nothing but the places of its blocks, under many names. */
function packedZeros(names: number): Buffer {
  const blocks = Math.ceil(0xffff_ffff / BLOCK_BYTES)
  const pointers = Array.from({ length: blocks + 1 }, () => 16 + 4 * (blocks + 1))
  const one = compressedImage({ contentBytes: 0xffff_ffff, pointers, blocks: [] })
  const zf = use('ZF', Buffer.from('pz'), 4, BLOCK_LOG2, both32(0xffff_ffff))
  const records = Array.from({ length: names }, (_, i) =>
    record({ name: `P${i}.;1`, lba: TINY_SECTORS, sizeBytes: 16 + 4 * (blocks + 1), systemUse: [nm(`packed ${i}`), px(0o100644), zf] }),
  )
  return withFurtherRecords(one, records)
}

/** One file of 2 MB under many names. */
function manyNames(names: number): Buffer {
  const sectors = 1024
  const image = Buffer.concat([compressedImage(), Buffer.alloc(sectors * SECTOR_BYTES)])
  const records = Array.from({ length: names }, (_, i) =>
    record({ name: `N${i}.;1`, lba: TINY_SECTORS, sizeBytes: sectors * SECTOR_BYTES, systemUse: [nm(`name ${i}`), px(0o100644)] }),
  )
  return withFurtherRecords(image, records)
}

/** Another root behind everything else, with these records. */
function withFurtherRecords(image: Buffer, records: readonly Buffer[]): Buffer {
  const rootLba = Math.ceil(image.length / SECTOR_BYTES)
  const perSector = Math.floor(SECTOR_BYTES / Math.max(...records.map(({ length }) => length)))
  const sectors = 1 + Math.ceil(records.length / perSector)
  const root = Buffer.alloc(sectors * SECTOR_BYTES)
  directory(rootLba, rootLba, [], { sectors, isRoot: true }).copy(root)
  for (let i = 0; i < records.length; i += perSector)
    Buffer.concat(records.slice(i, i + perSector)).copy(root, (1 + i / perSector) * SECTOR_BYTES)
  const longer = Buffer.concat([image, Buffer.alloc(rootLba * SECTOR_BYTES - image.length), root])
  withBytes(longer, lba.primary * SECTOR_BYTES + 158, both(rootLba), both(root.length))
  // There is one folder, and the path tables say so.
  withPathTableRoot(longer, rootLba)
  for (const table of [lba.pathTable, lba.pathTable + 1]) longer[table * SECTOR_BYTES + 10] = 0
  return withBytes(longer, lba.primary * SECTOR_BYTES + 80, both(rootLba + sectors))
}

/** A file of which nothing is recorded. */
function nothingButHoles(): Buffer {
  const surgery = new Surgery(sampleDirectory('', [sampleFile('holes', 'x')]), udfRevisions['1.02'])
  const hole = ShortAd.serialise({ lengthAndType: 0x3fff_f800 + extentTypes.unallocated * 0x4000_0000, block: 0 })
  const count = 200
  surgery.setAllocation(
    surgery.entryAt('/holes'),
    allocationKinds.short,
    Buffer.concat(Array.from({ length: count }, () => hole)),
    count * 0x3fff_f800,
  )
  return surgery.bytes
}

export const contentDamage: readonly Damage[] = [
  honest('a compressed file, for comparison', () => compressedImage(), listed),
  ...[0, 14, 18, 31, 255].map((log2) =>
    losing(`a compressed file of blocks of 2^${log2}`, 'compression-malformed', () => compressedImage({ recordLog2: log2 }), listed),
  ),
  losing('a file compressed in another way', 'compression-unknown', () => compressedImage({ algorithm: 'XZ' }), listed),
  losing('a compressed file whose header names other blocks', [], () => compressedImage({ blockLog2: 16 }), listed),
  losing('a compressed file whose header names another size', [], () => compressedImage({ headerBytes: 5 }), listed),
  losing('a compressed file of more than its blocks', [], () => compressedImage({ contentBytes: 0xffff_ffff }), listed),
  losing('a compressed file whose header is longer than the file', [], () => compressedImage({ headerWords: 255 }), listed),
  losing('compressed blocks that end before they begin', [], () => compressedImage({ pointers: [100, 50, 28] }), listed),
  losing('compressed blocks outside the file', [], () => compressedImage({ pointers: [28, 0x7fff_ffff, 0xffff_ffff] }), listed),
  losing(
    'compressed blocks far larger than what they hold',
    [],
    () => compressedImage({ blocks: [Buffer.alloc(3000, 1), Buffer.alloc(10)] }),
    listed,
  ),
  losing(
    'a compressed block that expands to more than a block',
    [],
    () => compressedImage({ blocks: [deflateSync(Buffer.alloc(100 * BLOCK_BYTES)), Buffer.alloc(0)] }),
    listed,
  ),
  losing(
    'a compressed block that expands to less',
    [],
    () => compressedImage({ blocks: [deflateSync(Buffer.alloc(10)), deflateSync(Buffer.alloc(1000))] }),
    listed,
  ),
  losing(
    'a compressed block that is none',
    [],
    () => compressedImage({ blocks: [Buffer.from('no zlib at all'), deflateSync(Buffer.alloc(1000))] }),
    listed,
  ),
  losing(
    'a compressed file that is not one',
    [],
    () => {
      const image = compressedImage()
      return image.fill(0, TINY_SECTORS * SECTOR_BYTES, TINY_SECTORS * SECTOR_BYTES + 8)
    },
    listed,
  ),

  honest('a file beyond block 2³¹', () => farFile(0x8000_0010), { listed: [...WHOLE, '/far'] }),
  honest('a file in the last block of all', () => farFile(0xffff_fffe), { listed: [...WHOLE, '/far'] }),
  { ...honest('a file of four terabytes', terabytes, { listed: ['/huge'] }), silent: false, exits: { info: 0, list: 0, extract: 3 } },

  trap('a small image with a compressed file of 4 GB', () => packedZeros(1)),
  trap('a small image with a thousand compressed files of 4 GB', () => packedZeros(1000)),
  trap('one file of 2 MB under a thousand names', () => manyNames(1000)),
  trap('a small image with a file of 200 GB of holes', nothingButHoles, { listed: ['/holes'] }),
]
