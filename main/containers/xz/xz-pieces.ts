/** Expands xz from the front, block after block and stream after stream, with every check. */
import type { ByteSource } from '../../bytes/byte-source.ts'
import { readUpTo } from '../../bytes/byte-source.ts'
import { LzmaFault } from '../codecs/lzma.ts'
import { Lzma2Stream } from '../codecs/lzma2.ts'
import { packedDamage } from '../packed-problem.ts'
import { runningCheck } from './xz-check.ts'
import {
  type BlockHeader,
  MOST_PADDING_BYTES,
  NumberReader,
  readBlockHeader,
  readStreamHeader,
  STREAM_HEADER_BYTES,
  type XzCheck,
} from './xz-structures.ts'

/** Longest number of blocks, and a margin: an index is read only to be skipped. */
const INDEX_PIECE_BYTES = 64 * 1024

/** All that is within; each piece is good until the next is asked for. Throws an `image` Problem where it is damaged. */
export function* xzPieces(stored: ByteSource): Generator<Uint8Array> {
  for (let at = 0; at < stored.sizeBytes; ) {
    const check = readStreamHeader(stored, at)
    at += STREAM_HEADER_BYTES
    for (let header = readBlockHeader(stored, at); header !== null; header = readBlockHeader(stored, at)) {
      at = yield* blockPieces(stored, at, header, check)
    }
    at = afterPadding(stored, afterIndex(stored, at) + STREAM_HEADER_BYTES)
  }
}

/** Gives where the block ends, its check included. */
export function* blockPieces(stored: ByteSource, at: number, header: BlockHeader, check: XzCheck): Generator<Uint8Array, number> {
  const running = runningCheck(check)
  const stream = new Lzma2Stream(stored, at + header.headerBytes, header.dictionaryBytes)
  try {
    for (const piece of stream.pieces()) {
      running.update(piece)
      yield piece
    }
  } catch (error) {
    if (error instanceof LzmaFault) throw packedDamage(error.message, error)
    throw error
  }
  const checkAt = at + Math.ceil((stream.offsetBytes - at) / 4) * 4
  const stands = readUpTo(stored, checkAt, check.sizeBytes)
  if (stands.length < check.sizeBytes) throw packedDamage('it is cut off')
  const found = running.digest()
  if (found !== null && !found.equals(stands)) throw packedDamage('a block does not have the checksum that it should have')
  return checkAt + check.sizeBytes
}

/** Where the footer stands. */
function afterIndex(stored: ByteSource, indexAt: number): number {
  const head = readUpTo(stored, indexAt, 16)
  const count = new NumberReader(head, 1)
  let left = count.next() * 2
  let at = indexAt + count.at
  while (left > 0) {
    const bytes = readUpTo(stored, at, INDEX_PIECE_BYTES)
    if (bytes.length === 0) throw packedDamage('it is cut off')
    let used = 0
    while (left > 0 && used < bytes.length) if ((bytes[used++] as number) < 0x80) left--
    at += used
  }
  return indexAt + Math.ceil((at - indexAt) / 4) * 4 + 4
}

/** Between streams and behind the last there may be zeros, four at a time. */
function afterPadding(stored: ByteSource, at: number): number {
  const most = at + MOST_PADDING_BYTES
  for (;;) {
    const word = readUpTo(stored, at, 4)
    if (word.length === 0 || at >= most || word.some((byte) => byte !== 0)) return at
    at += word.length
  }
}
