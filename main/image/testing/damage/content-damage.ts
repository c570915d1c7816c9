/** Damage to contents, compressed ones above all, and numbers at the edge of what counting holds. */
import { deflateSync } from 'node:zlib'
import { SECTOR_BYTES } from '../../../iso9660/volume-descriptor.ts'
import { ZisofsHeader } from '../../../iso9660/zisofs.ts'
import { bigRecord, both32, docsRecord, helloRecord, lba, nm, px, record, TINY_SECTORS, use } from '../tiny-image.ts'
import { type Damage, honest, losing, type SparseImage } from './damage.ts'
import { both, lengthened, WHOLE, withBytes } from './tiny-surgery.ts'

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
  const image = lengthened({ joliet: false, root: [bigRecord(), docsRecord(), helloRecord(), entry] }, 2)
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
]
