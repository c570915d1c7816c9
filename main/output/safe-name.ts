/** The one place where names from an image become names on the host. */
import { createHash } from 'node:crypto'

/** Longest name: bytes on Linux and macOS, UTF-16 units on Windows. */
const MAX_HOST_NAME = 255
const HASH_CHARACTERS = 8
const LONGEST_EXTENSION = 16

/** How a name had to change; null when it stayed. */
export interface HostName {
  readonly name: string
  readonly reason: string | null
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: Windows forbids control characters in names
const FORBIDDEN_ON_WINDOWS = /[<>:"/\\|?*\u0000-\u001f]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: the two characters that no POSIX name can hold
const FORBIDDEN = /[/\u0000]/g
/** With or without extension, and the digits that Windows folds to 1, 2 and 3. */
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])[ ]*(?:\.|$)/i

/** One component that can neither leave its folder nor mean a device, whatever the name was. */
export function safeHostName(name: string, platform: NodeJS.Platform = process.platform): HostName {
  const allowed = platform === 'win32' ? safeOnWindows(name) : name.replace(FORBIDDEN, '_')
  const component = allowed === '' || allowed === '.' || allowed === '..' ? `_${allowed.replaceAll('.', '_')}` : allowed
  const short = shortened(component, platform === 'win32' ? (text) => text.length : (text) => Buffer.byteLength(text))
  if (short === name) return { name, reason: null }
  const reason = short === component ? 'Its name is not allowed here' : 'Its name is too long here'
  return { name: short, reason: `${reason}; it is called ‘${short}’.` }
}

function safeOnWindows(name: string): string {
  const allowed = name.replace(FORBIDDEN_ON_WINDOWS, '_').replace(/[. ]+$/, (end) => '_'.repeat(end.length))
  return WINDOWS_DEVICE.test(allowed) ? `_${allowed}` : allowed
}

/** Cut before the extension and marked with a digest of the whole, so that two long names stay two. */
function shortened(name: string, measure: (text: string) => number): string {
  if (measure(name) <= MAX_HOST_NAME) return name
  const dot = name.lastIndexOf('.')
  const extension = dot > 0 && name.length - dot <= LONGEST_EXTENSION ? name.slice(dot) : ''
  const end = `~${createHash('sha256').update(name).digest('hex').slice(0, HASH_CHARACTERS)}${extension}`
  const characters = [...name.slice(0, name.length - extension.length)]
  while (measure(characters.join('') + end) > MAX_HOST_NAME) characters.length -= Math.max(1, Math.floor(characters.length / 16))
  return characters.join('') + end
}

/** `notes (2).txt` for `notes.txt`. */
export function numberedName(name: string, number: number): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? `${name.slice(0, dot)} (${number})${name.slice(dot)}` : `${name} (${number})`
}

/**
 * Why a symbolic link must not be made; null when it stays inside a tree whose root is `depth` folders above the link.
 * `..` counts only at the front: behind a name it could climb from wherever that name is linked to.
 */
export function linkEscape(target: string | null, depth: number): string | null {
  if (target === null || target === '') return 'Its target is damaged.'
  if (target.startsWith('/') || /^[A-Za-z]:/.test(target) || target.startsWith('\\')) {
    return `It leads to an absolute place, ‘${target}’.`
  }
  const parts = target.split('/').filter((part) => part !== '' && part !== '.')
  const ups = parts.findIndex((part) => part !== '..')
  const leading = ups === -1 ? parts.length : ups
  if (leading > depth) return `It leads out of the folder, to ‘${target}’.`
  if (parts.slice(leading).includes('..')) return `Where it leads, ‘${target}’, can’t be told for sure.`
  return null
}
