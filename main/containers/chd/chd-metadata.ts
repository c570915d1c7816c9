/** The metadata of a CHD: a chain of tagged pieces (MAME, chd.cpp). */
import { MAX_CHD_METADATA, MAX_CHD_METADATA_BYTES } from '../../../shared/limits.ts'
import type { ByteSource } from '../../bytes/byte-source.ts'
import { readUpTo } from '../../bytes/byte-source.ts'
import { readU16Be, readU32Be } from '../../bytes/field-types.ts'
import { packedDamage } from '../packed-problem.ts'

export const METADATA_HEADER_BYTES = 16
/** It takes part in the file's SHA-1. */
export const SUMMED_FLAG = 1

export interface ChdMetadata {
  readonly tag: string
  readonly isSummed: boolean
  readonly bytes: Buffer
}

/** In the order of the chain, which always leads somewhere new. Throws an `image` Problem when it doesn't. */
export function readChdMetadata(stored: ByteSource, firstAt: number): ChdMetadata[] {
  const found: ChdMetadata[] = []
  const seen = new Set<number>()
  let leftBytes = MAX_CHD_METADATA_BYTES
  for (let at = firstAt; at !== 0; ) {
    const header = readUpTo(stored, at, METADATA_HEADER_BYTES)
    if (header.length < METADATA_HEADER_BYTES) throw packedDamage('its metadata lead out of the file')
    if (seen.has(at) || found.length === MAX_CHD_METADATA) throw packedDamage('its metadata lead in a circle')
    seen.add(at)
    const lengthBytes = ((header[5] as number) << 16) | readU16Be(header, 6)
    const bytes = readUpTo(stored, at + METADATA_HEADER_BYTES, lengthBytes)
    leftBytes -= lengthBytes
    if (bytes.length < lengthBytes || leftBytes < 0) throw packedDamage('its metadata are cut off')
    found.push({ tag: header.toString('latin1', 0, 4), isSummed: ((header[4] as number) & SUMMED_FLAG) !== 0, bytes })
    at = readU32Be(header, 8) * 0x1_0000_0000 + readU32Be(header, 12)
  }
  return found
}

/** Text of a piece, without what ends it. */
export const metadataText = ({ bytes }: ChdMetadata): string => bytes.toString('latin1').replace(/\0.*$/s, '')
