/**
 * Recorded names as text that can stand in a path. What can't (a slash, NUL, `.`, `..`, nothing at all, bytes that are
 * no text) is shown as `\xNN`, so that two different names stay different.
 */

// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is one of the two characters no path part can hold
const UNUSUAL = /[\u0000/\ufffd]/
// biome-ignore lint/suspicious/noControlCharactersInRegex: see above
const NOT_IN_A_PART = /[\u0000/]/g
const LONE_SURROGATE = /[\ud800-\udfff]/gu

/** Name for bytes that should be UTF-8 (Rock Ridge) or ASCII (plain ISO 9660). */
export function nameOfBytes(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString(undefined, start, end)
  if (!UNUSUAL.test(text)) return text
  return text.includes('\ufffd') ? escapeInvalidUtf8(bytes.subarray(start, end)) : text
}

/** Name for big-endian UCS-2 or UTF-16 units (Joliet); an odd last byte is dropped. */
export function nameOfUnits(bytes: Buffer, start: number, end: number): string {
  let text = ''
  for (let at = start; at + 1 < end; at += 2) text += String.fromCharCode((bytes[at] as number) * 0x100 + (bytes[at + 1] as number))
  return LONE_SURROGATE.test(text) ? text.replace(LONE_SURROGATE, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`) : text
}

/** The name as one part of a path; differs from `name` exactly when the name can't be one. */
export function asPathPart(name: string): string {
  if (name === '.' || name === '..') return name.replaceAll('.', '\\x2e')
  return UNUSUAL.test(name) ? name.replace(NOT_IN_A_PART, hex) : name
}

const hex = (character: string): string => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`

/** UTF-8 with every byte that is not part of a valid sequence as `\xNN`. */
export function escapeInvalidUtf8(bytes: Buffer): string {
  const parts: string[] = []
  let at = 0
  while (at < bytes.length) {
    const length = sequenceLength(bytes[at] as number)
    const text = bytes.toString('utf8', at, at + length)
    const valid = length > 0 && at + length <= bytes.length && Buffer.from(text).equals(bytes.subarray(at, at + length))
    parts.push(valid ? text : hex(String.fromCharCode(bytes[at] as number)))
    at += valid ? length : 1
  }
  return parts.join('')
}

/** Bytes of the UTF-8 sequence that this byte begins; 0 when it can't begin one. */
function sequenceLength(first: number): number {
  if (first < 0x80) return 1
  if (first < 0xc2) return 0
  if (first < 0xe0) return 2
  if (first < 0xf0) return 3
  return first < 0xf5 ? 4 : 0
}
