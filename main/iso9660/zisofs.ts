/** Expands files stored compressed by zisofs, both versions: header, block pointers, one zlib stream for each block. */
import { inflateSync } from 'node:zlib'
import { Problem } from '../../shared/problem.ts'
import type { ByteSource } from '../bytes/byte-source.ts'
import { readUpTo } from '../bytes/byte-source.ts'
import { raw, readU32Le, reserved, u8, u16le, u32le } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'
import type { ZisofsFacts } from './iso-entry.ts'

export const ZisofsHeader = structure('zisofs file header', 'zisofs 1', {
  magic: raw(8),
  contentBytes: u32le,
  headerWords: u8,
  blockLog2: u8,
  reserved14: u16le,
})

export const Zisofs2Header = structure('zisofs2 file header', 'zisofs2', {
  magic: raw(8),
  version: u8,
  headerWords: u8,
  algorithm: u8,
  blockLog2: u8,
  contentBytesLow: u32le,
  contentBytesHigh: u32le,
  reserved20: reserved(4),
})

const HIGH = 0x1_0000_0000
const MAGIC = Buffer.from('37e45396c9dbd607', 'hex')
const MAGIC_2 = Buffer.from('ef2255a1bc1b95a0', 'hex')
/** Of the algorithms of zisofs2 the one that is in use. */
const ZLIB = 1
const pointerBytesOf = { 1: 4, 2: 8 } as const

/** What a compressed file can give at most, whatever it claims: a pointer is stored for every block. */
export function mostZisofsBytes(storedBytes: number, { version, blockLog2, contentBytes }: ZisofsFacts): number {
  return Math.min(contentBytes, Math.floor(storedBytes / pointerBytesOf[version]) * 2 ** blockLog2)
}

/** The content of a compressed file. Reading throws an `image` Problem as soon as something doesn't fit what the record says. */
export class ZisofsSource implements ByteSource {
  readonly sizeBytes: number
  readonly #stored: ByteSource
  readonly #blockBytes: number
  /** Where each block begins in the stored bytes, and where the last one ends; null until something is read. */
  #pointers: BlockPointers | null = null
  /** The block expanded last. */
  #heldBlock = -1
  #held: Buffer = Buffer.alloc(0)
  readonly #facts: ZisofsFacts

  constructor(stored: ByteSource, facts: ZisofsFacts) {
    this.sizeBytes = facts.contentBytes
    this.#stored = stored
    this.#blockBytes = 2 ** facts.blockLog2
    this.#facts = facts
  }

  read(offsetBytes: number, target: Uint8Array): number {
    const wanted = Math.max(0, Math.min(target.length, this.sizeBytes - offsetBytes))
    for (let done = 0; done < wanted; ) {
      const at = offsetBytes + done
      const expanded = this.#block(Math.floor(at / this.#blockBytes))
      const piece = expanded.subarray(at % this.#blockBytes).subarray(0, wanted - done)
      target.set(piece, done)
      done += piece.length
    }
    return wanted
  }

  close(): void {}

  #block(block: number): Buffer {
    if (block === this.#heldBlock) return this.#held
    this.#pointers ??= this.#readPointers()
    const from = this.#pointers.at(block)
    const to = this.#pointers.at(block + 1)
    const wantedBytes = Math.min(this.#blockBytes, this.sizeBytes - block * this.#blockBytes)
    // zlib grows data it can't compress by far less than that.
    if (to < from || to > this.#stored.sizeBytes || to - from > this.#blockBytes * 2) throw damaged('its table of blocks is wrong')
    this.#held = to === from ? Buffer.alloc(wantedBytes) : inflateBlock(readUpTo(this.#stored, from, to - from), wantedBytes)
    this.#heldBlock = block
    return this.#held
  }

  #readPointers(): BlockPointers {
    const header = readHeader(this.#stored, this.#facts.version)
    if (header.contentBytes !== this.sizeBytes || header.blockLog2 !== this.#facts.blockLog2) {
      throw damaged('its header and its directory record differ')
    }
    const sizeBytes = pointerBytesOf[this.#facts.version]
    const wantedBytes = (Math.ceil(this.sizeBytes / this.#blockBytes) + 1) * sizeBytes
    const bytes = readUpTo(this.#stored, header.headerWords * 4, wantedBytes)
    if (bytes.length < wantedBytes) throw damaged('its table of blocks is cut off')
    return new BlockPointers(bytes, sizeBytes)
  }
}

class BlockPointers {
  readonly #bytes: Buffer
  readonly #sizeBytes: 4 | 8

  constructor(bytes: Buffer, sizeBytes: 4 | 8) {
    this.#bytes = bytes
    this.#sizeBytes = sizeBytes
  }

  at(index: number): number {
    const at = index * this.#sizeBytes
    return readU32Le(this.#bytes, at) + (this.#sizeBytes === 4 ? 0 : readU32Le(this.#bytes, at + 4) * HIGH)
  }
}

function readHeader(stored: ByteSource, version: ZisofsFacts['version']) {
  const declared = version === 1 ? ZisofsHeader : Zisofs2Header
  const bytes = readUpTo(stored, 0, declared.sizeBytes)
  if (bytes.length < declared.sizeBytes) throw damaged('its header is cut off')
  if (!(version === 1 ? MAGIC : MAGIC_2).equals(bytes.subarray(0, MAGIC.length))) throw damaged('it does not begin as compressed files do')
  if (version === 1) return ZisofsHeader.parse(bytes)
  const { headerWords, algorithm, blockLog2, contentBytesLow, contentBytesHigh } = Zisofs2Header.parse(bytes)
  if (algorithm !== ZLIB) throw damaged('its header names another compression than its directory record')
  return { headerWords, blockLog2, contentBytes: contentBytesLow + contentBytesHigh * HIGH }
}

function inflateBlock(compressed: Buffer, wantedBytes: number): Buffer {
  let expanded: Buffer
  try {
    expanded = inflateSync(compressed, { maxOutputLength: wantedBytes })
  } catch (error) {
    throw damaged('a compressed block is wrong', error)
  }
  if (expanded.length !== wantedBytes) throw damaged('a compressed block is too short')
  return expanded
}

function damaged(what: string, cause?: unknown): Problem {
  return new Problem({ kind: 'image', code: 'compression-damaged', message: `A compressed file is damaged: ${what}.` }, { cause })
}
