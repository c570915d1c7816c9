/**
 * Reads CSO (versions 1 and 2) and ZSO: blocks of one size, each deflated, packed with LZ4 or stored, and a table of
 * where each begins. The header's own length is ignored, as all readers do.
 */
import { MAX_BLOCK_TABLE_BYTES, MAX_PACKED_IMAGE_BYTES, PACKED_BLOCK_BYTES } from '../../../shared/limits.ts'
import type { ByteSource } from '../../bytes/byte-source.ts'
import { readUpTo } from '../../bytes/byte-source.ts'
import { readU32Le } from '../../bytes/field-types.ts'
import { type BlockPlace, BlockSource, type BlockTable, evenBlock } from '../blocks/block-source.ts'
import { expandDeflate } from '../codecs/deflate.ts'
import { expandLz4 } from '../codecs/lz4.ts'
import { packedDamage, packedRefusal } from '../packed-problem.ts'
import { CsoHeader, type CsoKind, csoKindOf } from './cso-header.ts'

const HIGH = 0x1_0000_0000
const FLAG = 0x8000_0000
const MAX_INDEX_SHIFT = 31

/** What the header says, and it was checked. */
export interface CsoFacts {
  readonly kind: CsoKind
  readonly version: number
  readonly blockBytes: number
  readonly sizeBytes: number
  readonly indexShift: number
}

/** Reads the header. Throws an `image` Problem for one that can't be meant. */
export function readCsoFacts(stored: ByteSource): CsoFacts {
  const bytes = readUpTo(stored, 0, CsoHeader.sizeBytes)
  const kind = csoKindOf(stored)
  if (kind === null || bytes.length < CsoHeader.sizeBytes) throw packedDamage('its header is cut off')
  const { contentBytesLow, contentBytesHigh, blockBytes, version, indexShift } = CsoHeader.parse(bytes)
  const sizeBytes = contentBytesLow + contentBytesHigh * HIGH
  if (version > 2 || (kind === 'zso' && version > 1)) {
    throw packedRefusal(
      'packed-version',
      `The compressed image is of version ${version}, which Isomer does not know.`,
      'Unpack it with maxcso.',
    )
  }
  const { least, most } = PACKED_BLOCK_BYTES
  const isBlockSize = blockBytes >= least && blockBytes <= most && (blockBytes & (blockBytes - 1)) === 0
  if (!isBlockSize) throw packedDamage(`its header names blocks of ${blockBytes} bytes`)
  if (sizeBytes === 0 || sizeBytes > MAX_PACKED_IMAGE_BYTES) throw packedDamage(`its header claims ${sizeBytes} bytes of content`)
  if (indexShift > MAX_INDEX_SHIFT) throw packedDamage('its header tells an impossible alignment')
  return { kind, version, blockBytes, sizeBytes, indexShift }
}

/** The expanded image. Throws an `image` Problem when the header or the table is damaged. */
export function openCso(stored: ByteSource): BlockSource {
  return new BlockSource(new CsoBlocks(stored, readCsoFacts(stored)))
}

class CsoBlocks implements BlockTable {
  readonly #stored: ByteSource
  readonly #facts: CsoFacts
  readonly #index: Buffer

  constructor(stored: ByteSource, facts: CsoFacts) {
    this.#stored = stored
    this.#facts = facts
    const indexBytes = (Math.ceil(facts.sizeBytes / facts.blockBytes) + 1) * 4
    if (indexBytes > MAX_BLOCK_TABLE_BYTES) throw packedDamage('its table of blocks is too long')
    this.#index = readUpTo(stored, CsoHeader.sizeBytes, indexBytes)
    if (this.#index.length < indexBytes) throw packedDamage('its table of blocks is cut off')
  }

  get sizeBytes(): number {
    return this.#facts.sizeBytes
  }

  find(offsetBytes: number): BlockPlace {
    return evenBlock(offsetBytes, this.#facts.blockBytes, this.sizeBytes)
  }

  expand({ index, lengthBytes }: BlockPlace): Uint8Array {
    const { blockBytes } = this.#facts
    const from = this.#offsetOf(index)
    const to = this.#offsetOf(index + 1)
    // Packing never makes a block longer by more than its alignment: writers store it then.
    if (to < from || to - from > 2 * blockBytes + 2 ** this.#facts.indexShift) throw packedDamage('its table of blocks is wrong')
    const packed = readUpTo(this.#stored, from, to - from)
    const form = this.#formOf(index, to - from)
    if (form !== 'stored') {
      if (packed.length < to - from) throw packedDamage('it is cut off')
      return form === 'lz4' ? lz4Block(packed, lengthBytes) : expandDeflate(packed, lengthBytes, 'raw', blockBytes)
    }
    if (packed.length < lengthBytes) throw packedDamage('it is cut off')
    return packed.subarray(0, lengthBytes)
  }

  #formOf(index: number, storedBytes: number): 'stored' | 'deflate' | 'lz4' {
    const { kind, version, blockBytes } = this.#facts
    const isFlagged = this.#entry(index) >= FLAG
    if (version === 2) return storedBytes >= blockBytes ? 'stored' : isFlagged ? 'lz4' : 'deflate'
    return isFlagged ? 'stored' : kind === 'zso' ? 'lz4' : 'deflate'
  }

  #entry(index: number): number {
    return readU32Le(this.#index, index * 4)
  }

  #offsetOf(index: number): number {
    return (this.#entry(index) % FLAG) * 2 ** this.#facts.indexShift
  }
}

function lz4Block(packed: Uint8Array, lengthBytes: number): Uint8Array {
  try {
    return expandLz4(packed, lengthBytes)
  } catch (error) {
    throw packedDamage('a block can’t be expanded', error)
  }
}
