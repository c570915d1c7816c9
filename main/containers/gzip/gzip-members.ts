/**
 * A gzip file of many short members that each tell their own length (the “BC” field of BGZF, SAM specification 4.1): any
 * of them is expanded when it is asked for. Isomer writes such files; every gzip reads them.
 */
import { gunzipSync } from 'node:zlib'
import { MAX_BLOCK_TABLE_BYTES } from '../../../shared/limits.ts'
import type { ByteSource } from '../../bytes/byte-source.ts'
import { readUpTo } from '../../bytes/byte-source.ts'
import { readU16Le, readU32Le } from '../../bytes/field-types.ts'
import { type BlockPlace, BlockSource, type BlockTable, lastStartBefore } from '../blocks/block-source.ts'
import { packedDamage } from '../packed-problem.ts'

export const GZIP_MAGIC = '\x1f\x8b'
/** Header with the one field that is looked for, and the member's sum and size at its end. */
export const MEMBER_HEADER_BYTES = 18
export const MEMBER_TRAILER_BYTES = 8
/** Of deflate, with an extra field and nothing else, whose first subfield is BC with two bytes. */
const HEADER = { flags: 4, subfield: 'BC\x02\x00' } as const
const MOST_MEMBER_BYTES = 65_536
const MOST_MEMBERS = MAX_BLOCK_TABLE_BYTES / 16

/** Null where no such member begins. */
function memberBytes(header: Buffer): number | null {
  if (header.length < MEMBER_HEADER_BYTES || header.toString('latin1', 0, 2) !== GZIP_MAGIC || header[3] !== HEADER.flags) return null
  if (header.toString('latin1', 12, 16) !== HEADER.subfield) return null
  const size = readU16Le(header, 16) + 1
  return size < MEMBER_HEADER_BYTES + MEMBER_TRAILER_BYTES ? null : size
}

/** Null for any other gzip file, and for one that breaks off: it is read from the front then. */
export function openGzipMembers(stored: ByteSource): BlockSource | null {
  const ats: number[] = []
  const starts: number[] = []
  let expanded = 0
  for (let at = 0; at < stored.sizeBytes; ) {
    const size = memberBytes(readUpTo(stored, at, MEMBER_HEADER_BYTES))
    if (size === null || at + size > stored.sizeBytes || ats.length === MOST_MEMBERS) return null
    const content = readU32Le(readUpTo(stored, at + size - 4, 4), 0)
    if (content > MOST_MEMBER_BYTES) return null
    if (content > 0) {
      ats.push(at)
      starts.push(expanded)
    }
    expanded += content
    at += size
  }
  return expanded === 0 ? null : new BlockSource(new MemberTable(stored, Float64Array.from(ats), Float64Array.from(starts), expanded))
}

class MemberTable implements BlockTable {
  readonly sizeBytes: number
  readonly #stored: ByteSource
  readonly #ats: Float64Array
  readonly #starts: Float64Array

  constructor(stored: ByteSource, ats: Float64Array, starts: Float64Array, sizeBytes: number) {
    this.#stored = stored
    this.#ats = ats
    this.#starts = starts
    this.sizeBytes = sizeBytes
  }

  find(offsetBytes: number): BlockPlace {
    const index = lastStartBefore(this.#starts, offsetBytes)
    const startBytes = this.#starts[index] as number
    return { index, startBytes, lengthBytes: (this.#starts[index + 1] ?? this.sizeBytes) - startBytes }
  }

  expand({ index, lengthBytes }: BlockPlace): Uint8Array {
    const at = this.#ats[index] as number
    const size = memberBytes(readUpTo(this.#stored, at, MEMBER_HEADER_BYTES))
    if (size === null) throw packedDamage('a part of it does not begin as it must')
    let expanded: Buffer
    try {
      expanded = gunzipSync(readUpTo(this.#stored, at, size), { maxOutputLength: lengthBytes })
    } catch (error) {
      throw packedDamage('a part of it can’t be expanded', error)
    }
    if (expanded.length !== lengthBytes) throw packedDamage('a part of it is too short')
    return expanded
  }
}
