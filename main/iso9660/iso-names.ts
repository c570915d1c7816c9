/**
 * Names in the plain ISO 9660 tree (ECMA-119 7.5, 7.6 and levels of interchange, 11): capitals, digits and underscore,
 * cut to the level's length without losing the extension, unique among their siblings.
 */
import type { IsoLevel } from '../../shared/image-project.ts'

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

/** Any text as d-characters (ECMA-119 7.4.1): accents dropped, every other foreign character an underscore. */
export function toDCharacters(text: string): string {
  if (PLAIN.test(text)) return text
  const upper = text.toUpperCase()
  if (PLAIN.test(upper)) return upper
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

/** The name before numbering, without version: `REPORT.TXT`, `README.`, and for a directory `PHOTOS`. */
export function mapIsoName(name: string, isDirectory: boolean, level: IsoLevel): string {
  const limits = limitsOf(level)
  if (isDirectory) return toDCharacters(name).slice(0, limits.directory) || '_'
  const parts = splitExtension(name)
  const extension = toDCharacters(parts.extension).slice(0, Math.min(limits.fileExtension, limits.fileTotal - 1))
  const room = Math.min(limits.fileBase, limits.fileTotal - extension.length)
  return `${toDCharacters(parts.base).slice(0, room) || '_'}.${extension}`
}

/** The mapped name with `number` worked into the end of its base, still within the level's length. */
function numberedIsoName(mapped: string, number: number, isDirectory: boolean, level: IsoLevel): string {
  const limits = limitsOf(level)
  const digits = String(number)
  if (isDirectory) return mapped.slice(0, limits.directory - digits.length) + digits
  const dot = mapped.indexOf('.')
  const extension = mapped.slice(dot + 1)
  const room = Math.min(limits.fileBase, limits.fileTotal - extension.length) - digits.length
  return `${mapped.slice(0, Math.min(dot, Math.max(0, room)))}${digits}.${extension}`
}

/**
 * Gives siblings their ISO names one after the other. Deterministic: the same names in the same order give the same
 * result. Keep one for each directory.
 */
export class IsoNamer {
  private readonly used = new Set<string>()
  /** Where to go on counting for a mapped name, so that 10,000 alike names don't cost 10,000² tries. */
  private readonly next = new Map<string, number>()
  private readonly level: IsoLevel

  constructor(level: IsoLevel) {
    this.level = level
  }

  /** The identifier without `;1`. */
  name(name: string, isDirectory: boolean): string {
    const mapped = mapIsoName(name, isDirectory, this.level)
    // A file FOO. and a directory FOO differ in the standard but not on DOS and Windows.
    const key = mapped.endsWith('.') ? mapped.slice(0, -1) : mapped
    if (!this.used.has(key)) {
      this.used.add(key)
      return mapped
    }
    for (let number = this.next.get(key) ?? 1; ; number++) {
      const candidate = numberedIsoName(mapped, number, isDirectory, this.level)
      const candidateKey = candidate.endsWith('.') ? candidate.slice(0, -1) : candidate
      if (this.used.has(candidateKey)) continue
      this.used.add(candidateKey)
      this.next.set(key, number + 1)
      return candidate
    }
  }
}

/** Order of records in a directory (ECMA-119 10.3): base, then extension, each as if padded with spaces. */
export function compareIdentifiers(a: string, b: string): number {
  // Every d-character sorts after '.', so comparing whole names equals comparing padded parts.
  return a < b ? -1 : a > b ? 1 : 0
}
