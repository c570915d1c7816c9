/**
 * An xz file whose index tells of blocks short enough to be expanded when they are asked for, as xz makes them with
 * several threads or `--block-size`.
 */
import { MAX_HELD_BLOCK_BYTES } from '../../../shared/limits.ts'
import type { ByteSource } from '../../bytes/byte-source.ts'
import { readUpTo } from '../../bytes/byte-source.ts'
import { type BlockPlace, BlockSource, type BlockTable, lastStartBefore } from '../blocks/block-source.ts'
import { packedDamage } from '../packed-problem.ts'
import { blockPieces } from './xz-pieces.ts'
import {
  MOST_PADDING_BYTES,
  readBlockHeader,
  readIndex,
  readStreamFooter,
  readStreamHeader,
  STREAM_HEADER_BYTES,
  type XzCheck,
} from './xz-structures.ts'

/** Some blocks of usual length: xz makes them of 24 MiB. */
const HELD_BYTES = 100 * 2 ** 20

export interface StoredBlock {
  readonly at: number
  readonly check: XzCheck
  readonly expandedBytes: number
}

/** What the indexes tell; null when they don't lead through the whole file. */
export function xzBlocks(stored: ByteSource): StoredBlock[] | null {
  const streams: StoredBlock[][] = []
  for (let end = endWithoutPadding(stored, stored.sizeBytes); end > 0; ) {
    const footer = readStreamFooter(stored, end)
    if (footer === null) return null
    const indexAt = end - STREAM_HEADER_BYTES - footer.indexBytes
    const index = readIndex(stored, indexAt, footer.indexBytes)
    if (index === null) return null
    const paddedBytes = index.unpaddedBytes.map((size) => Math.ceil(size / 4) * 4)
    const begin = indexAt - paddedBytes.reduce((sum, size) => sum + size, 0)
    if (begin < STREAM_HEADER_BYTES) return null
    readStreamHeader(stored, begin - STREAM_HEADER_BYTES)
    let at = begin
    streams.push(
      index.expandedBytes.map((expandedBytes, i) => {
        const block = { at, check: footer.check, expandedBytes }
        at += paddedBytes[i] as number
        return block
      }),
    )
    end = endWithoutPadding(stored, begin - STREAM_HEADER_BYTES)
  }
  return streams
    .reverse()
    .flat()
    .filter(({ expandedBytes }) => expandedBytes > 0)
}

function endWithoutPadding(stored: ByteSource, end: number): number {
  const least = end - MOST_PADDING_BYTES
  while (end >= 4 && end > least && readUpTo(stored, end - 4, 4).every((byte) => byte === 0)) end -= 4
  return end
}

/** Null when it can only be expanded from the front. */
export function openXzBlocks(stored: ByteSource, blocks: readonly StoredBlock[] | null): BlockSource | null {
  if (blocks === null || blocks.length === 0 || blocks.some(({ expandedBytes }) => expandedBytes > MAX_HELD_BLOCK_BYTES)) return null
  return new BlockSource(new XzBlockTable(stored, blocks), HELD_BYTES)
}

class XzBlockTable implements BlockTable {
  readonly sizeBytes: number
  readonly #stored: ByteSource
  readonly #blocks: readonly StoredBlock[]
  readonly #starts: readonly number[]

  constructor(stored: ByteSource, blocks: readonly StoredBlock[]) {
    this.#stored = stored
    this.#blocks = blocks
    let end = 0
    this.#starts = blocks.map(({ expandedBytes }) => {
      end += expandedBytes
      return end - expandedBytes
    })
    this.sizeBytes = end
  }

  find(offsetBytes: number): BlockPlace {
    const index = lastStartBefore(this.#starts, offsetBytes)
    return { index, startBytes: this.#starts[index] as number, lengthBytes: (this.#blocks[index] as StoredBlock).expandedBytes }
  }

  expand({ index, lengthBytes }: BlockPlace): Uint8Array {
    const { at, check } = this.#blocks[index] as StoredBlock
    const header = readBlockHeader(this.#stored, at)
    if (header === null) throw packedDamage('its index leads to no block')
    const expanded = Buffer.alloc(lengthBytes)
    let done = 0
    for (const piece of blockPieces(this.#stored, at, header, check)) {
      if (piece.length > lengthBytes - done) throw packedDamage('a block is longer than its index says')
      expanded.set(piece, done)
      done += piece.length
    }
    if (done < lengthBytes) throw packedDamage('a block is shorter than its index says')
    return expanded
  }
}
