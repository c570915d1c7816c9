/** Expands deflated blocks of known length. */
import { inflateRawSync, inflateSync } from 'node:zlib'
import { packedDamage } from '../packed-problem.ts'

/** `raw` is deflate alone, `zlib` has zlib's header and sum around it (RFC 1951, 1950). */
export type DeflateForm = 'raw' | 'zlib'

/**
 * Gives exactly `lengthBytes`. A block may hold up to `mostBytes`: writers fill the last one up. Throws an `image` Problem
 * for anything else.
 */
export function expandDeflate(packed: Uint8Array, lengthBytes: number, form: DeflateForm, mostBytes = lengthBytes): Uint8Array {
  let expanded: Buffer
  try {
    expanded = (form === 'raw' ? inflateRawSync : inflateSync)(packed, { maxOutputLength: mostBytes })
  } catch (error) {
    throw packedDamage('a block can’t be expanded', error)
  }
  if (expanded.length < lengthBytes) throw packedDamage('a block is too short')
  return expanded.subarray(0, lengthBytes)
}
