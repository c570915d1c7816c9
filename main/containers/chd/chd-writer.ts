/** Writes CHD version 5: hunks packed with zlib or stored, equal ones once, a map, metadata and both SHA-1 sums. */
import { createHash, type Hash } from 'node:crypto'
import { MAX_CHD_KNOWN_HUNKS } from '../../../shared/limits.ts'
import { writeU32Be } from '../../bytes/field-types.ts'
import { blocksOf } from '../packing/blocks-of.ts'
import { inOrder } from '../packing/in-order.ts'
import type { PackedOutput, Pieces } from '../packing/packed-output.ts'
import { CHD_MAGIC, ChdHeader } from './chd-header.ts'
import { type ChdMap, mapCrc, SELF, STORED } from './chd-map.ts'
import { packedMap } from './chd-map-writer.ts'
import { METADATA_HEADER_BYTES, SUMMED_FLAG } from './chd-metadata.ts'
import { overallSha1 } from './chd-sums.ts'
import { Crc16 } from './crc16.ts'

const VERSION = 5
const FIRST_CODEC = 0

export interface ChdContent {
  /** Four letters. */
  readonly codec: string
  readonly sizeBytes: number
  readonly hunkBytes: number
  readonly unitBytes: number
  readonly metadata: readonly { readonly tag: string; readonly text: string }[]
  /** Packs one whole hunk. */
  readonly pack: (hunk: Buffer) => Promise<Buffer>
}

/** At most. */
export function chdBytes({ sizeBytes, hunkBytes, metadata }: ChdContent): number {
  const hunks = Math.ceil(sizeBytes / hunkBytes)
  const metadataBytes = metadata.reduce((sum, { text }) => sum + METADATA_HEADER_BYTES + text.length + 1, 0)
  return ChdHeader.sizeBytes + metadataBytes + hunks * (hunkBytes + 12) + 64
}

interface PackedHunk {
  readonly hunk: Buffer
  readonly packed: Buffer
  readonly name: string
}

/** `pieces` are the content, in units. The header stands first and is known last: it is written over what was left free for it. */
export async function writeChd(pieces: Pieces, content: ChdContent, out: PackedOutput): Promise<void> {
  const { hunkBytes, sizeBytes } = content
  const rawSha1 = createHash('sha1')
  out.zeros(ChdHeader.sizeBytes)
  out.append(metadataChain(content.metadata))
  const firstAt = out.positionBytes
  const hunks = Math.ceil(sizeBytes / hunkBytes)
  const map = new GrowingMap(hunks, firstAt)
  const known = new Map<string, number>()
  let hunk = 0
  for await (const packed of inOrder(wholeHunks(blocksOf(pieces, hunkBytes), hunkBytes, sizeBytes, rawSha1), packing(content))) {
    const same = known.get(packed.name)
    if (same !== undefined) map.addSame(hunk, same)
    else {
      const isStored = packed.packed.length >= hunkBytes
      const bytes = isStored ? packed.hunk : packed.packed
      map.add(hunk, isStored ? STORED : FIRST_CODEC, bytes.length, packed.hunk)
      out.append(bytes)
      if (known.size < MAX_CHD_KNOWN_HUNKS) known.set(packed.name, hunk)
    }
    hunk++
  }
  const mapAt = out.positionBytes
  out.append(packedMap(map, firstAt, mapCrc(map, { hunks })))
  out.patch(0, header(content, mapAt, rawSha1.digest()))
}

/** Also feeds the sum, which is of the content without what fills the last hunk up. */
async function* wholeHunks(blocks: AsyncIterable<Buffer>, hunkBytes: number, sizeBytes: number, sum: Hash): AsyncGenerator<Buffer> {
  let done = 0
  for await (const block of blocks) {
    sum.update(block.subarray(0, Math.min(block.length, sizeBytes - done)))
    done += block.length
    yield block.length === hunkBytes ? block : Buffer.concat([block, Buffer.alloc(hunkBytes - block.length)])
  }
}

const packing =
  ({ pack }: ChdContent) =>
  async (hunk: Buffer): Promise<PackedHunk> => ({ hunk, packed: await pack(hunk), name: createHash('sha1').update(hunk).digest('base64') })

class GrowingMap implements ChdMap {
  readonly kinds: Uint8Array
  readonly places: Float64Array
  readonly lengths: Uint32Array
  readonly crcs: Uint16Array
  #at: number

  constructor(hunks: number, firstAt: number) {
    this.kinds = new Uint8Array(hunks)
    this.places = new Float64Array(hunks)
    this.lengths = new Uint32Array(hunks)
    this.crcs = new Uint16Array(hunks)
    this.#at = firstAt
  }

  add(hunk: number, kind: number, lengthBytes: number, content: Uint8Array): void {
    this.kinds[hunk] = kind
    this.lengths[hunk] = lengthBytes
    this.places[hunk] = this.#at
    this.crcs[hunk] = new Crc16().update(content).value
    this.#at += lengthBytes
  }

  addSame(hunk: number, same: number): void {
    this.kinds[hunk] = SELF
    this.places[hunk] = same
  }
}

function metadataChain(metadata: ChdContent['metadata']): Buffer {
  let at = ChdHeader.sizeBytes
  const parts = metadata.map(({ tag, text }, i) => {
    const bytes = metadataBytes(text)
    const head = Buffer.alloc(METADATA_HEADER_BYTES)
    head.write(tag, 0, 'latin1')
    writeU32Be(head, 4, bytes.length)
    head[4] = SUMMED_FLAG
    at += head.length + bytes.length
    writeU32Be(head, 12, i === metadata.length - 1 ? 0 : at)
    return Buffer.concat([head, bytes])
  })
  return Buffer.concat(parts)
}

const metadataBytes = (text: string): Buffer => Buffer.from(`${text}\0`, 'latin1')

function header({ codec, sizeBytes, hunkBytes, unitBytes, metadata }: ChdContent, mapAt: number, rawSha1: Buffer): Uint8Array {
  const codecs = Buffer.alloc(16)
  codecs.write(codec, 'latin1')
  return ChdHeader.serialise({
    tag: Buffer.from(CHD_MAGIC),
    headerBytes: ChdHeader.sizeBytes,
    version: VERSION,
    codecs,
    logicalHigh: Math.floor(sizeBytes / 2 ** 32),
    logicalLow: sizeBytes % 2 ** 32,
    mapHigh: Math.floor(mapAt / 2 ** 32),
    mapLow: mapAt % 2 ** 32,
    metadataHigh: 0,
    metadataLow: metadata.length === 0 ? 0 : ChdHeader.sizeBytes,
    hunkBytes,
    unitBytes,
    rawSha1,
    sha1: overallSha1(
      rawSha1,
      metadata.map(({ tag, text }) => ({ tag, bytes: metadataBytes(text) })),
    ),
    parentSha1: Buffer.alloc(20),
  })
}
