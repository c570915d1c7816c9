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

/** The content, one block after the other. Throws an `image` Problem as soon as something doesn't fit what the record says. */
export function* expandZisofs(stored: ByteSource, facts: ZisofsFacts): Generator<Buffer, void, undefined> {
  const header = readUpTo(stored, 0, ZisofsHeader.sizeBytes)
  if (header.length < ZisofsHeader.sizeBytes) throw damaged('its header is cut off')
  const { magic, contentBytes, blockLog2, headerWords } = ZisofsHeader.parse(header)
  if (!MAGIC.equals(magic)) throw damaged('it does not begin as compressed files do')
  if (contentBytes !== facts.contentBytes || blockLog2 !== facts.blockLog2) throw damaged('its header and its directory record differ')
  const blockBytes = 2 ** blockLog2
  const blocks = Math.ceil(contentBytes / blockBytes)
  const pointers = readUpTo(stored, headerWords * 4, (blocks + 1) * POINTER_BYTES)
  if (pointers.length < (blocks + 1) * POINTER_BYTES) throw damaged('its table of blocks is cut off')
  for (let block = 0; block < blocks; block++) {
    const from = readU32Le(pointers, block * POINTER_BYTES)
    const to = readU32Le(pointers, (block + 1) * POINTER_BYTES)
    const wantedBytes = Math.min(blockBytes, contentBytes - block * blockBytes)
    // zlib grows data it can't compress by far less than that.
    if (to < from || to > stored.sizeBytes || to - from > blockBytes * 2) throw damaged('its table of blocks is wrong')
    yield to === from ? Buffer.alloc(wantedBytes) : inflateBlock(readUpTo(stored, from, to - from), wantedBytes)
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
