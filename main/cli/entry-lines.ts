/** One entry of an image as a line: JSON for programs, columns or the path for people. */
import type { EntryType, Extent } from '../../shared/image-model.ts'
import type { ImageEntry } from '../image/image-view.ts'
import { printable } from './output.ts'
import { timestamp } from './timestamp.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: what JSON strings can't hold as it is
const NEEDS_ESCAPE = /["\\\u0000-\u001f\u007f-\uffff]/

/** Text as it stands between the quotes of a JSON string. */
const jsonText = (text: string): string => (NEEDS_ESCAPE.test(text) ? JSON.stringify(text).slice(1, -1) : text)

const typeLetters: Readonly<Record<EntryType, string>> = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  block: 'b',
  char: 'c',
  fifo: 'p',
  socket: 's',
}

/** A value spelled out, kept for as long as the same value comes again. */
class LastText<T> {
  #value: T | undefined
  #text = ''
  readonly #spell: (value: T) => string

  constructor(spell: (value: T) => string) {
    this.#spell = spell
  }

  of(value: T): string {
    if (value !== this.#value) {
      this.#value = value
      this.#text = this.#spell(value)
    }
    return this.#text
  }
}

/**
 * Makes the lines of one listing. A listing has up to millions of entries, which mostly share folder, date and
 * attributes, so lines are put together by hand from texts that are kept.
 */
export class EntryLines {
  readonly #jsonFolder = new LastText((folder: string) => `{"path":"${jsonText(`${folder}/`)}`)
  readonly #jsonDate = new LastText((epochMs: number | null) => (epochMs === null ? 'null' : `"${timestamp(epochMs)}"`))
  readonly #jsonMode = new LastText((mode: number | null) =>
    mode === null ? 'null' : `"${(mode % 0o10000).toString(8).padStart(4, '0')}"`,
  )
  readonly #shownFolder = new LastText((folder: string) => printable(`${folder}/`))
  readonly #shownDate = new LastText((epochMs: number | null) => (epochMs === null ? '-' : timestamp(epochMs)).padEnd(20))
  readonly #shownMode = new LastText(permissions)

  /** Fields as in the documentation of `list`. `sha256` is undefined when it was not asked for, null when there is none. */
  json(folder: string, entry: ImageEntry, sha256: string | null | undefined): string {
    const { target, extents } = entry
    const start = `${this.#jsonFolder.of(folder)}${jsonText(entry.name)}","type":"${entry.type}","sizeBytes":${entry.sizeBytes},"modified":`
    const attributes = `${this.#jsonDate.of(entry.modifiedMs)},"mode":${this.#jsonMode.of(entry.mode)},"uid":${entry.uid},"gid":${entry.gid}`
    const links = `,"target":${target === null ? 'null' : `"${jsonText(target)}"`},"links":${entry.links},"extents":[`
    const places = extents.length === 1 ? extentJson(extents[0] as Extent) : extents.map(extentJson).join(',')
    const digest = sha256 === undefined ? '' : `,"sha256":${sha256 === null ? 'null' : `"${sha256}"`}`
    return `${start}${attributes}${links}${places}]${digest}}\n`
  }

  /** Columns: type and mode, owner and group, size, date, digest when asked for, path. */
  long(folder: string, entry: ImageEntry, sha256: string | null | undefined): string {
    const owner = (entry.uid === null ? '-' : `${entry.uid}:${entry.gid}`).padEnd(9)
    const size = String(entry.sizeBytes).padStart(12)
    const digest = sha256 === undefined ? '' : `${(sha256 ?? '-').padEnd(64)}  `
    const target = entry.type === 'symlink' ? ` -> ${printable(entry.target ?? '(damaged)')}` : ''
    const mode = typeLetters[entry.type] + this.#shownMode.of(entry.mode)
    return `${mode} ${owner} ${size} ${this.#shownDate.of(entry.modifiedMs)} ${digest}${this.#shownPath(folder, entry)}${target}\n`
  }

  /** The path alone. */
  path(folder: string, entry: ImageEntry): string {
    return `${this.#shownPath(folder, entry)}\n`
  }

  #shownPath(folder: string, entry: ImageEntry): string {
    return this.#shownFolder.of(folder) + printable(entry.name)
  }
}

function extentJson(extent: Extent): string {
  return `{"lba":${extent.lba},"lengthBytes":${extent.lengthBytes}}`
}

function permissions(mode: number | null): string {
  if (mode === null) return '---------'
  const bits = [0o400, 0o200, 0o100, 0o040, 0o020, 0o010, 0o004, 0o002, 0o001]
  const letters = bits.map((bit, i) => ((mode & bit) === 0 ? '-' : ('rwx'[i % 3] as string)))
  if (mode & 0o4000) letters[2] = mode & 0o100 ? 's' : 'S'
  if (mode & 0o2000) letters[5] = mode & 0o010 ? 's' : 'S'
  if (mode & 0o1000) letters[8] = mode & 0o001 ? 't' : 'T'
  return letters.join('')
}
