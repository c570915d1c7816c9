/**
 * Names in a UDF tree: up to 255 bytes of compressed Unicode, so 254 Latin characters or 127 of others (UDF 2.3.4, 2.1.1).
 * Nearly every name of a host fits as it is; case is kept, and characters outside the BMP stay as surrogate pairs.
 */
import { compressedBytes, cutToCompressed } from './compressed-unicode.ts'

export const MAX_UDF_NAME_BYTES = 255

/** No path part of any system, or no character at all (UDF 2.1.1: U+FEFF and U+FFFE). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is one of them
const NOT_RECORDABLE = /[\u0000/\ufeff\ufffe]|[\ud800-\udfff]/gu

/** The text with characters that UDF can't record replaced by `_`; not yet cut. */
export function toUdfCharacters(text: string): string {
  return text.replace(NOT_RECORDABLE, '_')
}

/** Whether a name has characters that Windows can't open (UDF 4.2.2.1). */
export function isUnusualOnWindows(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Windows forbids exactly these
  return /[\u0001-\u001f"*:<>?\\|]|[. ]$/.test(name)
}

/** Cut to 255 bytes before the extension; `suffix` is worked into the end of the base. */
function cutToFit(name: string, isDirectory: boolean, suffix: string): string {
  if (suffix === '' && compressedBytes(name) <= MAX_UDF_NAME_BYTES) return name
  const dot = isDirectory ? -1 : name.lastIndexOf('.')
  // An "extension" that leaves little room for a base is no extension.
  const hasExtension = dot > 0 && compressedBytes(name.slice(dot)) < MAX_UDF_NAME_BYTES / 2
  const extension = hasExtension ? name.slice(dot) : ''
  const base = hasExtension ? name.slice(0, dot) : name
  const isWide = compressedBytes(name) > name.length + 1
  const tail = suffix + extension
  const tailBytes = isWide ? tail.length * 2 : tail.length
  const cut = isWide ? cutWide(base, MAX_UDF_NAME_BYTES - tailBytes) : cutToCompressed(base, MAX_UDF_NAME_BYTES - tailBytes)
  return cut + tail
}

/** As `cutToCompressed`, for a part of a name that takes two bytes a character whatever the part itself would take. */
function cutWide(text: string, maxBytes: number): string {
  const cut = text.slice(0, Math.floor((maxBytes - 1) / 2))
  return /[\ud800-\udbff]$/.test(cut) && cut.length < text.length ? cut.slice(0, -1) : cut
}

/** Rules by which siblings get their names; those that differ only in case stay as they are. */
export const udfNameRules = {
  map: (name: string, isDirectory: boolean): string => cutToFit(toUdfCharacters(name), isDirectory, ''),
  numbered: (name: string, number: number, isDirectory: boolean): string => cutToFit(toUdfCharacters(name), isDirectory, `~${number}`),
  key: (mapped: string): string => mapped,
}
