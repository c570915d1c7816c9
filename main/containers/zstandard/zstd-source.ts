/** Zstandard: frames that say their size and are short are expanded when they are asked for; others once, from the front. */

import { Decompress, decompress } from 'fzstd'
import { createXXHash64 } from 'hash-wasm'
import { MAX_HELD_BLOCK_BYTES, TRANSFER_BYTES } from '../../../shared/limits.ts'
import type { ByteSource } from '../../bytes/byte-source.ts'
import { readUpTo } from '../../bytes/byte-source.ts'
import { readU32Le } from '../../bytes/field-types.ts'
import { type BlockPlace, BlockSource, type BlockTable, lastStartBefore } from '../blocks/block-source.ts'
import { packedDamage } from '../packed-problem.ts'
import { readFrameHeader, type ZstdFrame, type ZstdFrames } from './zstd-frames.ts'

type XxHash64 = Awaited<ReturnType<typeof createXXHash64>>
type ShortFrame = ZstdFrame & { readonly contentBytes: number }

const HELD_BYTES = 96 * 2 ** 20
const CHECKSUM_BYTES = 4
const LONGEST_HEADER_BYTES = 18

/** One whole frame of known length. Throws an `image` Problem when it is damaged. */
export function expandZstd(packed: Uint8Array, lengthBytes: number): Uint8Array {
  const header = readFrameHeader(Buffer.from(packed.buffer, packed.byteOffset, Math.min(packed.length, LONGEST_HEADER_BYTES)))
  if (header.contentBytes !== null && header.contentBytes !== lengthBytes) throw packedDamage('a block is of the wrong length')
  let expanded: Uint8Array
  try {
    expanded = decompress(packed, new Uint8Array(lengthBytes))
  } catch (error) {
    throw packedDamage('a block can’t be expanded', error)
  }
  if (expanded.length !== lengthBytes) throw packedDamage('a block is of the wrong length')
  return expanded
}

const isShort = (frame: ZstdFrame): frame is ShortFrame => frame.contentBytes !== null && frame.contentBytes <= MAX_HELD_BLOCK_BYTES

/** What all frames together say that they hold; null when one doesn't. */
export function zstdContentBytes({ frames, restAt }: ZstdFrames): number | null {
  if (restAt !== null || frames.some(({ contentBytes }) => contentBytes === null)) return null
  return frames.reduce((sum, { contentBytes }) => sum + (contentBytes ?? 0), 0)
}

/** Null when it can only be expanded from the front. */
export async function openZstdFrames(stored: ByteSource, { frames, restAt }: ZstdFrames): Promise<BlockSource | null> {
  if (restAt !== null || frames.length === 0 || !frames.every(isShort)) return null
  return new BlockSource(new FrameTable(stored, frames, await createXXHash64()), HELD_BYTES)
}

class FrameTable implements BlockTable {
  readonly sizeBytes: number
  readonly #stored: ByteSource
  readonly #frames: readonly ShortFrame[]
  readonly #starts: readonly number[]
  readonly #hash: XxHash64

  constructor(stored: ByteSource, frames: readonly ShortFrame[], hash: XxHash64) {
    this.#stored = stored
    this.#frames = frames.filter(({ contentBytes }) => contentBytes > 0)
    this.#hash = hash
    let end = 0
    this.#starts = this.#frames.map(({ contentBytes }) => {
      end += contentBytes
      return end - contentBytes
    })
    this.sizeBytes = end
  }

  find(offsetBytes: number): BlockPlace {
    const index = lastStartBefore(this.#starts, offsetBytes)
    return { index, startBytes: this.#starts[index] as number, lengthBytes: (this.#frames[index] as ShortFrame).contentBytes }
  }

  expand({ index, lengthBytes }: BlockPlace): Uint8Array {
    const { at, packedBytes, hasChecksum } = this.#frames[index] as ShortFrame
    const packed = readUpTo(this.#stored, at, packedBytes)
    const expanded = expandZstd(packed, lengthBytes)
    if (hasChecksum && checksumOf(this.#hash.init().update(expanded)) !== readU32Le(packed, packed.length - CHECKSUM_BYTES)) {
      throw packedDamage('a block does not have the checksum that it should have')
    }
    return expanded
  }
}

/** The low half of XXH64 (3.1.1). */
const checksumOf = (hash: XxHash64): number => Number.parseInt(hash.digest('hex').slice(8), 16)

/** All that is within, from the front. Throws an `image` Problem where it is damaged. */
export async function* zstdPieces(stored: ByteSource, { frames, restAt }: ZstdFrames): AsyncGenerator<Uint8Array> {
  const hash = await createXXHash64()
  for (const { at, packedBytes, hasChecksum } of frames) {
    hash.init()
    for (const piece of streamed(stored, at, packedBytes)) {
      if (hasChecksum) hash.update(piece)
      yield piece
    }
    const stands = hasChecksum ? readU32Le(readUpTo(stored, at + packedBytes - CHECKSUM_BYTES, CHECKSUM_BYTES), 0) : null
    if (stands !== null && checksumOf(hash) !== stands) throw packedDamage('a part of it does not have the checksum that it should have')
  }
  if (restAt === null) return
  readFrameHeader(readUpTo(stored, restAt, LONGEST_HEADER_BYTES))
  yield* streamed(stored, restAt, stored.sizeBytes - restAt)
  throw packedDamage('it is cut off')
}

function* streamed(stored: ByteSource, at: number, lengthBytes: number): Generator<Uint8Array> {
  const ready: Uint8Array[] = []
  const stream = new Decompress((piece) => void ready.push(piece))
  for (let done = 0; done < lengthBytes; done += TRANSFER_BYTES) {
    const packed = readUpTo(stored, at + done, Math.min(TRANSFER_BYTES, lengthBytes - done))
    try {
      stream.push(packed, done + packed.length >= lengthBytes)
    } catch (error) {
      yield* ready.splice(0)
      throw packedDamage('a part of it can’t be expanded', error)
    }
    yield* ready.splice(0)
  }
}
