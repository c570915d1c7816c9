/**
 * Names in the plain ISO 9660 tree (ECMA-119 7.5, 7.6 and levels of interchange, 11): capitals, digits and underscore,
 * cut to the level's length without losing the extension.
 */
import type { IsoLevel } from '../../shared/image-project.ts'
import type { NameRules } from './sibling-names.ts'

interface NameLimits {
  readonly fileBase: number
  readonly fileExtension: number
  /** Base and extension together, without the dot (ECMA-119 7.5.1). */
  readonly fileTotal: number
  readonly directory: number
}

const limitsOf = (level: IsoLevel): NameLimits =>
  level === 1
    ? { fileBase: 8, fileExtension: 3, fileTotal: 11, directory: 8 }
    : { fileBase: 30, fileExtension: 30, fileTotal: 30, directory: 31 }

/** Deepest level of a directory in the hierarchy, the root being 1 (ECMA-119 6.8.2.1). */
export const MAX_ISO_DEPTH = 8

const PLAIN = /^[A-Z0-9_]*$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
const ASCII = /^[\u0000-\u007f]*$/
const FOREIGN = /[^A-Z0-9_]/g

/** Any text as d-characters (ECMA-119 7.4.1): accents dropped, every other foreign character an underscore. */
export function toDCharacters(text: string): string {
  if (PLAIN.test(text)) return text
  const upper = text.toUpperCase()
  if (PLAIN.test(upper)) return upper
  if (ASCII.test(upper)) return upper.replace(FOREIGN, '_')
  return upper
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Z0-9_]/gu, '_')
}

/** Splits before the last dot, as people understand extensions; a leading dot belongs to the base. */
export function splitExtension(name: string): { base: string; extension: string } {
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? { base: name, extension: '' } : { base: name.slice(0, dot), extension: name.slice(dot + 1) }
}

/** The rules of one level. Names come without version: `REPORT.TXT`, `README.`, and for a directory `PHOTOS`. */
export function isoNameRules(level: IsoLevel): NameRules {
  const limits = limitsOf(level)
  const compose = (name: string, isDirectory: boolean, digits: string): string => {
    if (isDirectory) return (toDCharacters(name).slice(0, limits.directory - digits.length) || (digits === '' ? '_' : '')) + digits
    const parts = splitExtension(name)
    const extension = toDCharacters(parts.extension).slice(0, Math.min(limits.fileExtension, limits.fileTotal - 8))
    const room = Math.min(limits.fileBase, limits.fileTotal - extension.length) - digits.length
    return `${toDCharacters(parts.base).slice(0, room) || (digits === '' ? '_' : '')}${digits}.${extension}`
  }
  return {
    map: (name, isDirectory) => compose(name, isDirectory, ''),
    numbered: (name, number, isDirectory) => compose(name, isDirectory, String(number)),
    // A file FOO. and a directory FOO differ in the standard but not on DOS and Windows.
    key: (mapped) => (mapped.endsWith('.') ? mapped.slice(0, -1) : mapped),
  }
}

/**
 * Order of records in a directory (ECMA-119 10.3): base, then extension, each as if padded with spaces. Every
 * d-character sorts after '.', so comparing whole names without their version is the same.
 */
export function compareIdentifiers(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
