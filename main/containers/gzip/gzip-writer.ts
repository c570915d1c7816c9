/** Writes gzip in short members that each tell their length (BGZF): every gzip reads it, and Isomer reads it from anywhere. */
import { crc32 } from 'node:zlib'
import { writeU16Le, writeU32Le } from '../../bytes/field-types.ts'
import { blocksOf } from '../packing/blocks-of.ts'
import { deflated } from '../packing/deflated.ts'
import { inOrder } from '../packing/in-order.ts'
import type { PackedOutput, Pieces } from '../packing/packed-output.ts'
import { MEMBER_HEADER_BYTES, MEMBER_TRAILER_BYTES } from './gzip-members.ts'

/** Even what can't be packed stays under 64 KiB with all that is around it. */
const CONTENT_BYTES = 65_280
const LEVEL = 6
/** Deflate with an extra field, no time, unknown system; the field is BC with two bytes. */
const HEADER = Buffer.from('1f8b08040000000000ff060042430200', 'hex')

/** The last member is empty, which tells readers of BGZF that nothing is missing. */
export async function writeGzip(pieces: Pieces, out: PackedOutput): Promise<void> {
  for await (const member of inOrder(blocksOf(pieces, CONTENT_BYTES), packedMember)) out.append(member)
  out.append(await packedMember(Buffer.alloc(0)))
}

async function packedMember(content: Buffer): Promise<Buffer> {
  const packed = await deflated(content, LEVEL)
  const member = Buffer.alloc(MEMBER_HEADER_BYTES + packed.length + MEMBER_TRAILER_BYTES)
  HEADER.copy(member)
  writeU16Le(member, HEADER.length, member.length - 1)
  packed.copy(member, MEMBER_HEADER_BYTES)
  writeU32Le(member, member.length - 8, crc32(content))
  writeU32Le(member, member.length - 4, content.length)
  return member
}

/** At most. */
export const gzipBytes = (contentBytes: number): number => Math.ceil(contentBytes / CONTENT_BYTES + 1) * (CONTENT_BYTES + 64)
