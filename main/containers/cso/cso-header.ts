/** The header of CSO and ZSO images (maxcso, README_CSO.md). */
import type { ByteSource } from '../../bytes/byte-source.ts'
import { readUpTo } from '../../bytes/byte-source.ts'
import { raw, u8, u16le, u32le } from '../../bytes/field-types.ts'
import { structure } from '../../bytes/structure.ts'

export const CsoHeader = structure('CSO header', 'README_CSO', {
  magic: raw(4),
  /** Of no meaning: writers put 24, 0 or anything here. */
  headerBytes: u32le,
  contentBytesLow: u32le,
  contentBytesHigh: u32le,
  blockBytes: u32le,
  version: u8,
  indexShift: u8,
  unused22: u16le,
})

export const CSO_MAGIC = 'CISO'
export const ZSO_MAGIC = 'ZISO'
export const csoKinds = ['cso', 'zso'] as const
export type CsoKind = (typeof csoKinds)[number]

/** Null when it does not begin as one of them. */
export function csoKindOf(stored: ByteSource): CsoKind | null {
  const magic = readUpTo(stored, 0, 4).toString('latin1')
  return magic === CSO_MAGIC ? 'cso' : magic === ZSO_MAGIC ? 'zso' : null
}
