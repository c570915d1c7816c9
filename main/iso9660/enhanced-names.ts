/**
 * Names in the enhanced tree of ISO 9660:1999: any bytes, at most 207 of them (ISO 9660:1999, 7.5.1 and 7.6.3). They are
 * recorded as UTF-8 and without version, as other writers do it.
 */
import { splitExtension } from './iso-names.ts'
import type { NameRules } from './sibling-names.ts'

export const MAX_ENHANCED_NAME_BYTES = 207

/** Readers drop a last dot as that of an empty extension, and a number behind a semicolon as a version. */
export function toEnhancedCharacters(name: string): string {
  return name.replace(/\.+$/, '').replace(/;(\d+)$/, '_$1') || '_'
}

/** Cut to 207 bytes before the extension, whole characters only; `suffix` is worked into the end of the base. */
function cutToFit(name: string, isDirectory: boolean, suffix: string): string {
  if (suffix === '' && Buffer.byteLength(name) <= MAX_ENHANCED_NAME_BYTES) return name
  const parts = splitExtension(name)
  // An "extension" that leaves little room for a base is no extension.
  const isExtension = !isDirectory && parts.extension !== '' && Buffer.byteLength(parts.extension) < MAX_ENHANCED_NAME_BYTES / 2
  const tail = suffix + (isExtension ? `.${parts.extension}` : '')
  return cutToBytes(isExtension ? parts.base : name, MAX_ENHANCED_NAME_BYTES - Buffer.byteLength(tail)) + tail
}

function cutToBytes(text: string, maxBytes: number): string {
  let bytes = 0
  let cut = ''
  for (const character of text) {
    bytes += Buffer.byteLength(character)
    if (bytes > maxBytes) break
    cut += character
  }
  return cut
}

export const enhancedNameRules: NameRules = {
  map: (name, isDirectory) => cutToFit(toEnhancedCharacters(name), isDirectory, ''),
  numbered: (name, number, isDirectory) => cutToFit(toEnhancedCharacters(name), isDirectory, `~${number}`),
  key: (mapped) => mapped,
}

/** Order of names by their bytes, which is that of their characters. */
export function compareByCharacter(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const difference = rank(a.charCodeAt(i)) - rank(b.charCodeAt(i))
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** Halves of characters beyond U+FFFF come after all others. */
const rank = (unit: number): number => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x1_0000 : unit)
