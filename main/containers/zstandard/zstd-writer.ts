/**
 * Writes Zstandard in frames of their own, with sums, and a table of them at the end (zstd_seekable_compression_format.md):
 * every zstd reads it, and Isomer reads it from anywhere.
 */
import { Zstd } from '@hpcc-js/wasm-zstd'
import { createXXHash64 } from 'hash-wasm'
import { writeU32Le } from '../../bytes/field-types.ts'
import { blocksOf } from '../packing/blocks-of.ts'
import type { PackedOutput, Pieces } from '../packing/packed-output.ts'
import { FRAME_BYTES } from './zstd-size.ts'

const LEVEL = 5
const DESCRIPTOR_AT = 4
const HAS_CHECKSUM = 4
const SKIPPABLE_MAGIC = 0x184d_2a5e
const TABLE_MAGIC = 0x8f92_eab1
const ENTRY_BYTES = 8
const TABLE_FOOTER_BYTES = 9

export async function writeZstd(pieces: Pieces, out: PackedOutput): Promise<void> {
  const [zstd, hash] = await Promise.all([Zstd.load(), createXXHash64()])
  const lengths: [number, number][] = []
  for await (const block of blocksOf(pieces, FRAME_BYTES)) {
    const frame = zstd.compress(block, LEVEL)
    // The library makes frames without a sum: it is told in the header, and stands behind.
    frame[DESCRIPTOR_AT] = (frame[DESCRIPTOR_AT] as number) | HAS_CHECKSUM
    const checksum = Buffer.from(hash.init().update(block).digest('hex').slice(8), 'hex').reverse()
    out.append(frame)
    out.append(checksum)
    lengths.push([frame.length + checksum.length, block.length])
  }
  out.append(seekTable(lengths))
}

function seekTable(lengths: readonly (readonly [number, number])[]): Buffer {
  const contentBytes = lengths.length * ENTRY_BYTES + TABLE_FOOTER_BYTES
  const table = Buffer.alloc(8 + contentBytes)
  writeU32Le(table, 0, SKIPPABLE_MAGIC)
  writeU32Le(table, 4, contentBytes)
  for (const [i, [packedBytes, frameBytes]] of lengths.entries()) {
    writeU32Le(table, 8 + i * ENTRY_BYTES, packedBytes)
    writeU32Le(table, 12 + i * ENTRY_BYTES, frameBytes)
  }
  writeU32Le(table, table.length - TABLE_FOOTER_BYTES, lengths.length)
  writeU32Le(table, table.length - 4, TABLE_MAGIC)
  return table
}
