/** Headers, index and numbers of xz (The .xz File Format 1.2.0). */
import { crc32 } from 'node:zlib'
import { MAX_BLOCK_TABLE_BYTES, MAX_PACKED_IMAGE_BYTES, MAX_XZ_DICTIONARY_BYTES } from '../../../shared/limits.ts'
import type { ByteSource } from '../../bytes/byte-source.ts'
import { readUpTo } from '../../bytes/byte-source.ts'
import { readU32Le } from '../../bytes/field-types.ts'
import { packedDamage, packedRefusal } from '../packed-problem.ts'

export const XZ_MAGIC = '\xfd7zXZ\0'
export const STREAM_HEADER_BYTES = 12
/** Zeros behind a stream that are passed over; tapes and sectors leave less. */
export const MOST_PADDING_BYTES = 64 * 1024
const FOOTER_MAGIC = 'YZ'
const LZMA2_FILTER = 0x21
const LONGEST_NUMBER_BYTES = 9
const LEAST_DICTIONARY_LOG2 = 12
/** Sizes of the checks by their number (2.1.1.2). */
const CHECK_BYTES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64] as const

/** How the blocks of a stream are checked, by its number in the format. */
export interface XzCheck {
  readonly number: number
  readonly sizeBytes: number
}

/** Checks the header of a stream (2.1.1). */
export function readStreamHeader(stored: ByteSource, offsetBytes: number): XzCheck {
  const bytes = readUpTo(stored, offsetBytes, STREAM_HEADER_BYTES)
  if (bytes.length < STREAM_HEADER_BYTES) throw packedDamage('it is cut off')
  if (bytes.subarray(0, 6).toString('latin1') !== XZ_MAGIC || crc32(bytes.subarray(6, 8)) !== readU32Le(bytes, 8)) {
    throw packedDamage('a stream does not begin as it must')
  }
  return checkOf(bytes[6] as number, bytes[7] as number)
}

function checkOf(reserved: number, number: number): XzCheck {
  const sizeBytes = reserved === 0 ? CHECK_BYTES[number] : undefined
  if (sizeBytes === undefined)
    throw packedRefusal('packed-version', 'The xz file is of a sort that Isomer does not know.', 'Unpack it with xz.')
  return { number, sizeBytes }
}

export interface StreamFooter {
  readonly check: XzCheck
  readonly indexBytes: number
}

/** Null when there is no footer before the place (2.1.2). */
export function readStreamFooter(stored: ByteSource, endBytes: number): StreamFooter | null {
  const bytes = readUpTo(stored, endBytes - STREAM_HEADER_BYTES, STREAM_HEADER_BYTES)
  if (bytes.length < STREAM_HEADER_BYTES || bytes.subarray(10).toString('latin1') !== FOOTER_MAGIC) return null
  if (crc32(bytes.subarray(4, 10)) !== readU32Le(bytes, 0)) return null
  return { check: checkOf(bytes[8] as number, bytes[9] as number), indexBytes: (readU32Le(bytes, 4) + 1) * 4 }
}

/** Reads numbers of variable length (1.2). */
export class NumberReader {
  readonly #bytes: Uint8Array
  at: number

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes
    this.at = at
  }

  next(): number {
    let value = 0
    for (let i = 0; i < LONGEST_NUMBER_BYTES; i++) {
      const byte = this.#bytes[this.at++]
      if (byte === undefined) break
      value += (byte & 0x7f) * 2 ** (7 * i)
      if (byte < 0x80) return value
    }
    throw packedDamage('a number in it is cut off')
  }
}

/** Sizes of a stream's blocks, as its index tells them. */
export interface XzIndex {
  /** Without the padding behind each block. */
  readonly unpaddedBytes: readonly number[]
  readonly expandedBytes: readonly number[]
}

/** Null when what stands there is no whole index (4). */
export function readIndex(stored: ByteSource, offsetBytes: number, lengthBytes: number): XzIndex | null {
  if (lengthBytes > MAX_BLOCK_TABLE_BYTES || offsetBytes < 0) return null
  const bytes = readUpTo(stored, offsetBytes, lengthBytes)
  if (bytes.length < lengthBytes || bytes[0] !== 0 || crc32(bytes.subarray(0, -4)) !== readU32Le(bytes, bytes.length - 4)) return null
  const numbers = new NumberReader(bytes, 1)
  const count = numbers.next()
  // Each record takes two bytes at least.
  if (count > lengthBytes / 2) return null
  const unpaddedBytes: number[] = []
  const expandedBytes: number[] = []
  for (let i = 0; i < count; i++) {
    unpaddedBytes.push(numbers.next())
    expandedBytes.push(numbers.next())
  }
  const isMeant = [...unpaddedBytes, ...expandedBytes].every((size) => size <= MAX_PACKED_IMAGE_BYTES)
  return isMeant ? { unpaddedBytes, expandedBytes } : null
}

export interface BlockHeader {
  readonly headerBytes: number
  readonly dictionaryBytes: number
}

/** Null where no block begins but the index (3.1). */
export function readBlockHeader(stored: ByteSource, offsetBytes: number): BlockHeader | null {
  const first = readUpTo(stored, offsetBytes, 1)[0]
  if (first === undefined) throw packedDamage('it is cut off')
  if (first === 0) return null
  const headerBytes = (first + 1) * 4
  const bytes = readUpTo(stored, offsetBytes, headerBytes)
  if (bytes.length < headerBytes) throw packedDamage('it is cut off')
  if (crc32(bytes.subarray(0, -4)) !== readU32Le(bytes, headerBytes - 4)) throw packedDamage('the header of a block is wrong')
  const flags = bytes[1] as number
  const numbers = new NumberReader(bytes, 2)
  if (flags & 0x40) numbers.next()
  if (flags & 0x80) numbers.next()
  const isPlain = (flags & 0x3f) === 0 && numbers.next() === LZMA2_FILTER && numbers.next() === 1
  if (!isPlain) {
    const message = 'The xz file was made with a filter for programs, which Isomer does not undo.'
    throw packedRefusal('packed-filter', message, 'Unpack it with xz.')
  }
  return { headerBytes, dictionaryBytes: dictionaryOf(bytes[numbers.at] as number) }
}

/** 5.3.1: powers of two and one and a half times those. */
function dictionaryOf(bits: number): number {
  const dictionaryBytes = (2 | (bits & 1)) * 2 ** ((bits >> 1) + LEAST_DICTIONARY_LOG2 - 1)
  if (bits > 40) throw packedDamage('the header of a block is wrong')
  if (dictionaryBytes > MAX_XZ_DICTIONARY_BYTES) {
    const message = `The xz file needs ${dictionaryBytes / 2 ** 20} MiB of memory to be expanded, more than Isomer takes for it.`
    throw packedRefusal('packed-dictionary', message, 'Unpack it with xz.')
  }
  return dictionaryBytes
}
