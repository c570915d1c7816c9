/**
 * Names in the Joliet tree: UCS-2 of at most 64 units, without control characters and `* / : ; ? \`
 * (Joliet specification, "Allowed UCS-2 characters"; 64 units as that specification has them).
 */
import { splitExtension } from './iso-names.ts'

export const MAX_JOLIET_UNITS = 64

// biome-ignore lint/suspicious/noControlCharactersInRegex: Joliet forbids exactly these
const FORBIDDEN = /[\u0000-\u001f*/:;?\\]/g
const OUTSIDE_UCS2 = /[\u{10000}-\u{10ffff}]|[\ud800-\udfff]/gu
// biome-ignore lint/suspicious/noControlCharactersInRegex: the plain case, tested first for speed
const NEEDS_CHANGE = /[\u0000-\u001f*/:;?\\\ud800-\udfff]/

/** The name with characters that Joliet lacks replaced by `_`; not yet cut. */
export function mapJolietCharacters(name: string): string {
  return NEEDS_CHANGE.test(name) ? name.replace(OUTSIDE_UCS2, '_').replace(FORBIDDEN, '_') : name
}

/** Cut to 64 units before the extension; `suffix` is worked into the end of the base. */
function fitJoliet(name: string, isDirectory: boolean, suffix: string): string {
  if (suffix === '' && name.length <= MAX_JOLIET_UNITS) return name
  const parts = isDirectory ? { base: name, extension: '' } : splitExtension(name)
  // An "extension" that leaves no room for a base is no extension.
  const extension = parts.extension !== '' && parts.extension.length < MAX_JOLIET_UNITS / 2 ? `.${parts.extension}` : ''
  const base = extension === '' ? name : parts.base
  return base.slice(0, MAX_JOLIET_UNITS - extension.length - suffix.length) + suffix + extension
}

/** The name before numbering. */
export function mapJolietName(name: string, isDirectory: boolean): string {
  return fitJoliet(mapJolietCharacters(name), isDirectory, '')
}

/** Gives siblings their Joliet names one after the other; names that differ only in case stay as they are. */
export class JolietNamer {
  private readonly used = new Set<string>()
  private readonly next = new Map<string, number>()

  name(name: string, isDirectory: boolean): string {
    const characters = mapJolietCharacters(name)
    const mapped = fitJoliet(characters, isDirectory, '')
    if (!this.used.has(mapped)) {
      this.used.add(mapped)
      return mapped
    }
    for (let number = this.next.get(mapped) ?? 1; ; number++) {
      const candidate = fitJoliet(characters, isDirectory, `~${number}`)
      if (this.used.has(candidate)) continue
      this.used.add(candidate)
      this.next.set(mapped, number + 1)
      return candidate
    }
  }
}
