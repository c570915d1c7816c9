/** Expands files stored compressed by zisofs, version 1: header, block pointers, one zlib stream for each block. */
import { inflateSync } from 'node:zlib'
import { Problem } from '../../shared/problem.ts'
import type { ByteSource } from '../bytes/byte-source.ts'
import { readUpTo } from '../bytes/byte-source.ts'
import { raw, readU32Le, u8, u16le, u32le } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'
import type { ZisofsFacts } from './iso-entry.ts'

export const ZisofsHeader = structure('zisofs file header', 'zisofs 1', {
  magic: raw(8),
  contentBytes: u32le,
  headerWords: u8,
  blockLog2: u8,
  reserved14: u16le,
})

const MAGIC = Buffer.from('37e45396c9dbd607', 'hex')
const POINTER_BYTES = 4

/** The content of a compressed file. Reading throws an `image` Problem as soon as something doesn't fit what the record says. */
export class ZisofsSource implements ByteSource {
  readonly sizeBytes: number
  readonly #stored: ByteSource
  readonly #blockBytes: number
  /** Where each block begins in the stored bytes, and where the last one ends; null until something is read. */
  #pointers: Buffer | null = null
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
    const from = readU32Le(this.#pointers, block * POINTER_BYTES)
    const to = readU32Le(this.#pointers, (block + 1) * POINTER_BYTES)
    const wantedBytes = Math.min(this.#blockBytes, this.sizeBytes - block * this.#blockBytes)
    // zlib grows data it can't compress by far less than that.
    if (to < from || to > this.#stored.sizeBytes || to - from > this.#blockBytes * 2) throw damaged('its table of blocks is wrong')
    this.#held = to === from ? Buffer.alloc(wantedBytes) : inflateBlock(readUpTo(this.#stored, from, to - from), wantedBytes)
    this.#heldBlock = block
    return this.#held
  }

  #readPointers(): Buffer {
    const header = readUpTo(this.#stored, 0, ZisofsHeader.sizeBytes)
    if (header.length < ZisofsHeader.sizeBytes) throw damaged('its header is cut off')
    const { magic, contentBytes, blockLog2, headerWords } = ZisofsHeader.parse(header)
    if (!MAGIC.equals(magic)) throw damaged('it does not begin as compressed files do')
    if (contentBytes !== this.sizeBytes || blockLog2 !== this.#facts.blockLog2) throw damaged('its header and its directory record differ')
    const pointerBytes = (Math.ceil(contentBytes / this.#blockBytes) + 1) * POINTER_BYTES
    const pointers = readUpTo(this.#stored, headerWords * 4, pointerBytes)
    if (pointers.length < pointerBytes) throw damaged('its table of blocks is cut off')
    return pointers
  }
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
