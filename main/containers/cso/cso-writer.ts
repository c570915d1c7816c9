/** Writes CSO, version 1: the one that every player reads. */
import { CSO_LARGE_IMAGE_BYTES } from '../../../shared/limits.ts'
import { writeU32Le } from '../../bytes/field-types.ts'
import { blocksOf } from '../packing/blocks-of.ts'
import { deflated } from '../packing/deflated.ts'
import { inOrder } from '../packing/in-order.ts'
import type { PackedOutput, Pieces } from '../packing/packed-output.ts'
import { CSO_MAGIC, CsoHeader } from './cso-header.ts'

/** The only length that all players take; longer blocks keep the table of large images short, as maxcso does. */
const BLOCK_BYTES = 2048
const LARGE_BLOCK_BYTES = 16_384
const LEVEL = 9
const STORED = 0x8000_0000
/** Blocks that are packed by one thread before the next gets a turn: each alone would be over too soon. */
const BLOCKS_AT_ONCE = 32

export interface CsoShape {
  readonly blockBytes: number
  /** Places are counted in two to the power of this, for 31 bits have to do. */
  readonly indexShift: number
  readonly headBytes: number
}

export function csoShape(contentBytes: number): CsoShape {
  const blockBytes = contentBytes >= CSO_LARGE_IMAGE_BYTES ? LARGE_BLOCK_BYTES : BLOCK_BYTES
  const blocks = Math.ceil(contentBytes / blockBytes)
  let indexShift = 0
  while (mostBytes(contentBytes, blocks, indexShift) >= STORED * 2 ** indexShift) indexShift++
  return { blockBytes, indexShift, headBytes: CsoHeader.sizeBytes + (blocks + 1) * 4 }
}

const mostBytes = (contentBytes: number, blocks: number, indexShift: number): number =>
  contentBytes + CsoHeader.sizeBytes + (blocks + 1) * 4 + blocks * 2 ** indexShift

/** At most. */
export function csoBytes(contentBytes: number): number {
  const { blockBytes, indexShift } = csoShape(contentBytes)
  return mostBytes(contentBytes, Math.ceil(contentBytes / blockBytes), indexShift)
}

/** The table of blocks stands first and is known last: it is written over what was left free for it. */
export async function writeCso(pieces: Pieces, contentBytes: number, out: PackedOutput): Promise<void> {
  const { blockBytes, indexShift, headBytes } = csoShape(contentBytes)
  const head = Buffer.alloc(headBytes)
  const sizes = { contentBytesLow: contentBytes % 2 ** 32, contentBytesHigh: Math.floor(contentBytes / 2 ** 32), blockBytes, indexShift }
  CsoHeader.serialise({ magic: Buffer.from(CSO_MAGIC), headerBytes: CsoHeader.sizeBytes, version: 1, unused22: 0, ...sizes }, head)
  out.zeros(headBytes)
  let indexAt = CsoHeader.sizeBytes
  const alignBytes = 2 ** indexShift
  const note = (flag: number) => {
    out.zeros((alignBytes - (out.positionBytes % alignBytes)) % alignBytes)
    writeU32Le(head, indexAt, flag + out.positionBytes / alignBytes)
    indexAt += 4
  }
  const packSome = async (bytes: Buffer) => {
    const blocks: Buffer[] = []
    for (let at = 0; at < bytes.length; at += blockBytes) blocks.push(bytes.subarray(at, at + blockBytes))
    return Promise.all(blocks.map(async (block) => ({ block, packed: await deflated(block, LEVEL) })))
  }
  for await (const some of inOrder(blocksOf(pieces, blockBytes * BLOCKS_AT_ONCE), packSome)) {
    for (const { block, packed } of some) {
      const isStored = packed.length >= block.length
      note(isStored ? STORED : 0)
      out.append(isStored ? block : packed)
    }
  }
  note(0)
  out.patch(0, head)
}
