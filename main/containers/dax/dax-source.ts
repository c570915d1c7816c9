/** Reads DAX, an early compressed format of the PSP: blocks of 8 KiB in zlib streams, and areas that are stored as they are. */
import { MAX_PACKED_IMAGE_BYTES } from '../../../shared/limits.ts'
import type { ByteSource } from '../../bytes/byte-source.ts'
import { readUpTo } from '../../bytes/byte-source.ts'
import { raw, readU16Le, readU32Le, reserved, u32le } from '../../bytes/field-types.ts'
import { structure } from '../../bytes/structure.ts'
import { type BlockPlace, BlockSource, type BlockTable, evenBlock } from '../blocks/block-source.ts'
import { expandDeflate } from '../codecs/deflate.ts'
import { packedDamage, packedRefusal } from '../packed-problem.ts'

export const DaxHeader = structure('DAX header', 'DAX', {
  magic: raw(4),
  contentBytes: u32le,
  version: u32le,
  storedAreas: u32le,
  unused16: reserved(16),
})

export const DAX_MAGIC = 'DAX\0'
const BLOCK_BYTES = 0x2000
const AREA_BYTES = 8

/** The expanded image. Throws an `image` Problem when header or tables are damaged. */
export function openDax(stored: ByteSource): BlockSource {
  return new BlockSource(new DaxBlocks(stored))
}

class DaxBlocks implements BlockTable {
  readonly sizeBytes: number
  readonly #stored: ByteSource
  readonly #offsets: Buffer
  readonly #lengths: Buffer
  /** One for each block that is stored as it is. */
  readonly #isStored: Uint8Array

  constructor(stored: ByteSource) {
    this.#stored = stored
    const header = readUpTo(stored, 0, DaxHeader.sizeBytes)
    if (header.length < DaxHeader.sizeBytes) throw packedDamage('its header is cut off')
    const { contentBytes, version, storedAreas } = DaxHeader.parse(header)
    if (version > 1) {
      const advice = 'Unpack it with maxcso.'
      throw packedRefusal('packed-version', `The compressed image is of version ${version}, which Isomer does not know.`, advice)
    }
    this.sizeBytes = contentBytes
    const blocks = Math.ceil(contentBytes / BLOCK_BYTES)
    const areaBytes = version === 0 ? 0 : storedAreas * AREA_BYTES
    if (contentBytes === 0 || contentBytes > MAX_PACKED_IMAGE_BYTES || storedAreas > blocks) {
      throw packedDamage('its header is wrong')
    }
    let at = DaxHeader.sizeBytes
    const table = (lengthBytes: number) => {
      const bytes = readUpTo(stored, at, lengthBytes)
      if (bytes.length < lengthBytes) throw packedDamage('its table of blocks is cut off')
      at += lengthBytes
      return bytes
    }
    this.#offsets = table(blocks * 4)
    this.#lengths = table(blocks * 2)
    this.#isStored = storedBlocks(table(areaBytes), blocks)
  }

  find(offsetBytes: number): BlockPlace {
    return evenBlock(offsetBytes, BLOCK_BYTES, this.sizeBytes)
  }

  expand({ index, lengthBytes }: BlockPlace): Uint8Array {
    const isStored = this.#isStored[index] === 1
    const storedBytes = isStored ? lengthBytes : readU16Le(this.#lengths, index * 2)
    const packed = readUpTo(this.#stored, readU32Le(this.#offsets, index * 4), storedBytes)
    if (packed.length < storedBytes) throw packedDamage('it is cut off')
    return isStored ? packed : expandDeflate(packed, lengthBytes, 'zlib', BLOCK_BYTES)
  }
}

/** The areas are pairs of first block and number of blocks; together they can't have more blocks than there are. */
function storedBlocks(areas: Buffer, blocks: number): Uint8Array {
  const isStored = new Uint8Array(blocks)
  let left = blocks
  for (let at = 0; at < areas.length; at += AREA_BYTES) {
    const first = readU32Le(areas, at)
    const count = readU32Le(areas, at + 4)
    left -= count
    if (left < 0 || first + count > blocks) throw packedDamage('its table of stored areas is wrong')
    isStored.fill(1, first, first + count)
  }
  return isStored
}
