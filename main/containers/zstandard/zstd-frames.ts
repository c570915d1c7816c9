/** Frames of Zstandard (RFC 8878): where each begins and what it says of itself. Nothing is expanded here. */
import { MAX_PACKED_IMAGE_BYTES, MAX_ZSTD_BLOCKS, MAX_ZSTD_WINDOW_BYTES } from '../../../shared/limits.ts'
import type { ByteSource } from '../../bytes/byte-source.ts'
import { readUpTo } from '../../bytes/byte-source.ts'
import { readU16Le, readU32Le } from '../../bytes/field-types.ts'
import { packedDamage, packedRefusal } from '../packed-problem.ts'

export const ZSTD_MAGIC = '\x28\xb5\x2f\xfd'
const MAGIC = 0xfd2f_b528
/** Frames with these numbers hold something else and are skipped (3.1.2). */
const SKIPPABLE = 0x184d_2a50
const SKIPPABLE_MASK = 0xffff_fff0
const HEADER_BYTES = 18
const HIGH = 0x1_0000_0000
const BLOCK_HEADER_BYTES = 3
const LAST_BLOCK = 1
const RLE_BLOCK = 1
const RESERVED_BLOCK = 3
const CHECKSUM_BYTES = 4
const MAP_PIECE_BYTES = 64 * 1024

export interface FrameHeader {
  readonly headerBytes: number
  readonly hasChecksum: boolean
  /** Null when it doesn't say. */
  readonly contentBytes: number | null
}
export interface ZstdFrame {
  readonly at: number
  readonly packedBytes: number
  readonly hasChecksum: boolean
  readonly contentBytes: number | null
}

/** Of a frame that isn't skippable (3.1.1.1). */
export function readFrameHeader(bytes: Buffer): FrameHeader {
  if (bytes.length < 6 || readU32Le(bytes, 0) !== MAGIC) throw packedDamage('a frame does not begin as it must')
  const descriptor = bytes[4] as number
  const isSingleSegment = (descriptor & 0x20) !== 0
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] as number
  const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] as number
  const sizeAt = 5 + (isSingleSegment ? 0 : 1) + dictionaryBytes
  if (bytes.length < sizeAt + sizeBytes) throw packedDamage('it is cut off')
  const dictionary = bytes.subarray(sizeAt - dictionaryBytes, sizeAt)
  if (dictionary.some((byte) => byte !== 0)) {
    const message = 'The Zstandard file was made with a dictionary, which Isomer does not have.'
    throw packedRefusal('packed-dictionary', message, 'Unpack it with zstd and that dictionary.')
  }
  const contentBytes = contentSize(bytes, sizeAt, sizeBytes)
  const windowBytes = isSingleSegment ? (contentBytes as number) : windowOf(bytes[5] as number)
  requireWindow(windowBytes, contentBytes)
  return { headerBytes: sizeAt + sizeBytes, hasChecksum: (descriptor & 4) !== 0, contentBytes }
}

function contentSize(bytes: Buffer, at: number, sizeBytes: number): number | null {
  if (sizeBytes === 0) return null
  if (sizeBytes === 1) return bytes[at] as number
  if (sizeBytes === 2) return readU16Le(bytes, at) + 256
  return readU32Le(bytes, at) + (sizeBytes === 4 ? 0 : readU32Le(bytes, at + 4) * HIGH)
}

/** 3.1.1.1.2. */
function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3))
  return base + (base / 8) * (descriptor & 7)
}

function requireWindow(windowBytes: number, contentBytes: number | null): void {
  if (contentBytes !== null && contentBytes > MAX_PACKED_IMAGE_BYTES) throw packedDamage('it claims more content than can be')
  if (Math.min(windowBytes, contentBytes ?? windowBytes) <= MAX_ZSTD_WINDOW_BYTES) return
  const message = 'The Zstandard file needs more memory to be expanded than Isomer takes for it.'
  throw packedRefusal('packed-dictionary', message, 'Unpack it with zstd.')
}

/** What a file is made of; where it breaks off, the frame that is not whole begins at `restAt`. */
export interface ZstdFrames {
  readonly frames: readonly ZstdFrame[]
  /** Null when everything is a whole frame. */
  readonly restAt: number | null
}

/** Walks from header to header. */
export function zstdFrames(stored: ByteSource): ZstdFrames {
  const frames: ZstdFrame[] = []
  const walk = new HeaderWalk(stored)
  for (let at = 0; at < stored.sizeBytes; ) {
    const skippedTo = walk.skippableEnd(at)
    const frame = skippedTo === null ? walk.frameAt(at) : null
    if (frame !== null) frames.push(frame)
    const end = frame === null ? skippedTo : frame.at + frame.packedBytes
    if (end === null || end > stored.sizeBytes) return { frames, restAt: at }
    at = end
  }
  return { frames, restAt: null }
}

/** Reads few bytes here and there, in larger pieces where they stand close together. */
class HeaderWalk {
  readonly #source: ByteSource
  #piece: Buffer = Buffer.alloc(0)
  #pieceAt = 0
  #blocksLeft = MAX_ZSTD_BLOCKS

  constructor(source: ByteSource) {
    this.#source = source
  }

  /** Where a skippable frame ends; null for any other. */
  skippableEnd(at: number): number | null {
    const head = this.#at(at, 8)
    const isSkippable = head.length === 8 && (readU32Le(head, 0) & SKIPPABLE_MASK) >>> 0 === SKIPPABLE && --this.#blocksLeft >= 0
    return isSkippable ? at + 8 + readU32Le(head, 4) : null
  }

  /** Null when it is not whole, or no frame. */
  frameAt(at: number): ZstdFrame | null {
    const head = this.#at(at, HEADER_BYTES)
    if (head.length < 6 || readU32Le(head, 0) !== MAGIC) return null
    const { headerBytes, hasChecksum, contentBytes } = readFrameHeader(head)
    let end = at + headerBytes
    for (let isLast = false; !isLast; ) {
      const header = this.#at(end, BLOCK_HEADER_BYTES)
      if (header.length < BLOCK_HEADER_BYTES || --this.#blocksLeft < 0) return null
      const value = readU16Le(header, 0) | ((header[2] as number) << 16)
      const kind = (value >> 1) & 3
      if (kind === RESERVED_BLOCK) return null
      end += BLOCK_HEADER_BYTES + (kind === RLE_BLOCK ? 1 : value >> 3)
      isLast = (value & LAST_BLOCK) !== 0
    }
    end += hasChecksum ? CHECKSUM_BYTES : 0
    return end > this.#source.sizeBytes ? null : { at, packedBytes: end - at, hasChecksum, contentBytes }
  }

  #at(offsetBytes: number, lengthBytes: number): Buffer {
    const within = offsetBytes - this.#pieceAt
    if (within < 0 || within + lengthBytes > this.#piece.length) {
      this.#piece = readUpTo(this.#source, offsetBytes, MAP_PIECE_BYTES)
      this.#pieceAt = offsetBytes
      return this.#piece.subarray(0, lengthBytes)
    }
    return this.#piece.subarray(within, within + lengthBytes)
  }
}
