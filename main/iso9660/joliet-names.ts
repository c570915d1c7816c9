/**
 * Names in the Joliet tree: UCS-2 of at most 64 units, without control characters and `* / : ; ? \`
 * (Joliet specification, "Allowed UCS-2 characters"; 64 units as that specification has them, 103 as Windows and Linux
 * read them).
 */
import type { JolietUnits } from '../../shared/image-project.ts'
import { splitExtension } from './iso-names.ts'
import type { NameRules } from './sibling-names.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: Joliet forbids exactly these
const FORBIDDEN = /[\u0000-\u001f*/:;?\\]/g
const OUTSIDE_UCS2 = /[\u{10000}-\u{10ffff}]|[\ud800-\udfff]/gu
// biome-ignore lint/suspicious/noControlCharactersInRegex: the plain case, tested first for speed
const NEEDS_CHANGE = /[\u0000-\u001f*/:;?\\\ud800-\udfff]/

/** The text with characters that Joliet lacks replaced by `_`; not yet cut. */
export function toJolietCharacters(text: string): string {
  return NEEDS_CHANGE.test(text) ? text.replace(OUTSIDE_UCS2, '_').replace(FORBIDDEN, '_') : text
}

/** Cut to the length before the extension; `suffix` is worked into the end of the base. */
function cutToFit(name: string, maxUnits: JolietUnits, isDirectory: boolean, suffix: string): string {
  if (suffix === '' && name.length <= maxUnits) return name
  const parts = splitExtension(name)
  // An "extension" that leaves little room for a base is no extension.
  const extension = !isDirectory && parts.extension !== '' && parts.extension.length < maxUnits / 2 ? `.${parts.extension}` : ''
  const base = extension === '' ? name : parts.base
  return base.slice(0, maxUnits - extension.length - suffix.length) + suffix + extension
}

/** Names that differ only in case stay as they are: Joliet holds both. */
export function jolietNameRules(maxUnits: JolietUnits): NameRules {
  return {
    map: (name, isDirectory) => cutToFit(toJolietCharacters(name), maxUnits, isDirectory, ''),
    numbered: (name, number, isDirectory) => cutToFit(toJolietCharacters(name), maxUnits, isDirectory, `~${number}`),
    key: (mapped) => mapped,
  }
}
