/** OSTA Compressed Unicode (UDF 2.1.1): a compression id, then one byte or two big-endian bytes a character; and dstrings of it. */
import { readU16Be, writeU16Be } from '../bytes/field-types.ts'
import type { FieldType } from '../bytes/structure.ts'

/** Compression ids (UDF 2.1.1): the last two mark identifiers of deleted entries, in 8 and 16 bits. */
export const compressionIds = { bits8: 8, bits16: 16, deleted8: 254, deleted16: 255 } as const

/** The compression id and the characters; nothing for an empty text. Characters outside the BMP become surrogate pairs. */
export function encodeCompressed(text: string): Uint8Array {
  const { length } = text
  if (length === 0) return new Uint8Array(0)
  if (isLatin1(text)) {
    const bytes = new Uint8Array(1 + length)
    bytes[0] = compressionIds.bits8
    for (let i = 0; i < length; i++) bytes[1 + i] = text.charCodeAt(i)
    return bytes
  }
  const bytes = new Uint8Array(1 + length * 2)
  bytes[0] = compressionIds.bits16
  for (let i = 0; i < length; i++) writeU16Be(bytes, 1 + i * 2, text.charCodeAt(i))
  return bytes
}

/** Bytes that `encodeCompressed` would give. */
export function compressedBytes(text: string): number {
  if (text.length === 0) return 0
  return isLatin1(text) ? 1 + text.length : 1 + text.length * 2
}

function isLatin1(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0xff) return false
  return true
}

/** The text of `bytes` from `start` to `end`; null when the compression id is none of the known ones. An odd last byte is left out. */
export function decodeCompressed(bytes: Uint8Array, start: number, end: number): string | null {
  if (start >= end) return ''
  let text = ''
  switch (bytes[start]) {
    case compressionIds.bits8:
    case compressionIds.deleted8:
      for (let at = start + 1; at < end; at++) text += String.fromCharCode(bytes[at] as number)
      return text
    case compressionIds.bits16:
    case compressionIds.deleted16:
      for (let at = start + 1; at + 1 < end; at += 2) text += String.fromCharCode(readU16Be(bytes, at))
      return text
    default:
      return null
  }
}

/**
 * A dstring (ECMA-167 1/7.2.12): compressed Unicode with its length in the last byte. Reading what is no such text gives
 * ''; writing cuts the text to what fits, never through a surrogate pair.
 */
export function dstring(sizeBytes: number): FieldType<string> {
  return {
    sizeBytes,
    get(b, at) {
      const lengthBytes = Math.min(b[at + sizeBytes - 1] as number, sizeBytes - 1)
      return (decodeCompressed(b, at, at + lengthBytes) ?? '').replace(/\0+$/, '')
    },
    set(b, at, value) {
      b.fill(0, at, at + sizeBytes)
      const encoded = encodeCompressed(cutToCompressed(value, sizeBytes - 1))
      b.set(encoded, at)
      b[at + sizeBytes - 1] = encoded.length
    },
  }
}

/** The beginning of the text that takes at most `maxBytes` when encoded, whole characters only. */
export function cutToCompressed(text: string, maxBytes: number): string {
  if (compressedBytes(text) <= maxBytes) return text
  const units = isLatin1(text.slice(0, maxBytes - 1)) ? maxBytes - 1 : Math.floor((maxBytes - 1) / 2)
  const cut = text.slice(0, units)
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut
}
