/** What somebody types to find entries: words that a name must contain, patterns with `*` and `?`, and parts of paths. */
import type { EntryTable } from './entry-table.ts'
import { foldName } from './folded-name.ts'

interface Word {
  /** Longest stretch of plain characters, which a matching name must contain. */
  readonly literal: string
  /** What the whole name must look like; null when containing the literal is all. */
  readonly pattern: string | null
  /** What the path of the folder must end with; null when any will do. */
  readonly folderEnd: string | null
}

const WILDCARDS = /[*?]+/
/** A NUL ends names where they are held; no name has one. */
const NUL = '\0'

function wordOf(text: string): Word {
  const slash = text.lastIndexOf('/')
  const name = text.slice(slash + 1)
  const hasWildcard = WILDCARDS.test(name)
  const beginsName = slash >= 0 && !hasWildcard
  return {
    literal: name.split(WILDCARDS).reduce((longest, part) => (part.length > longest.length ? part : longest), ''),
    pattern: hasWildcard ? name : beginsName ? `${name}*` : null,
    folderEnd: slash < 0 ? null : text.slice(0, slash),
  }
}

/** Names looked at to tell which word is rarest, and how many times more there must be to look again. */
const SAMPLED_NAMES = 512
const SAMPLE_AGAIN_FACTOR = 8

export class NameQuery {
  readonly #words: readonly Word[]
  /** Of the word that fewest names have: looked for in all names at once. */
  #rarest = Buffer.alloc(0)
  #sampledCount = 0

  /** Words are separated by spaces; a name must match all of them, case and accents apart. */
  constructor(text: string) {
    const parts = foldName(text.replaceAll(NUL, ''))
      .split(/\s+/)
      .filter((part) => part !== '')
    this.#words = parts.map(wordOf)
  }

  /** Nothing is looked for. */
  get isEmpty(): boolean {
    return this.#words.length === 0
  }

  /** Number of the first entry from `from` on, and before `end`, that matches; -1 when none does. */
  next(table: EntryTable, from: number, end: number): number {
    if (table.count > this.#sampledCount * SAMPLE_AGAIN_FACTOR) this.#sample(table)
    let number = from
    for (; number < end; number++) {
      if (this.#rarest.length > 0) number = table.folded.find(this.#rarest, number, end)
      if (number < 0 || this.#matches(table, number)) return number
    }
    return -1
  }

  /** Finds out which word is worth looking for first. */
  #sample(table: EntryTable): void {
    this.#sampledCount = table.count
    const step = Math.max(1, Math.floor(table.count / SAMPLED_NAMES))
    let fewest = Number.POSITIVE_INFINITY
    for (const { literal } of this.#words) {
      if (literal === '') continue
      let hits = 0
      for (let number = 0; number < table.count; number += step) if (table.folded.text(number).includes(literal)) hits++
      if (hits > fewest || (hits === fewest && literal.length <= this.#rarest.length)) continue
      fewest = hits
      this.#rarest = Buffer.from(literal)
    }
  }

  #matches(table: EntryTable, number: number): boolean {
    const [only, second] = this.#words
    if (second === undefined && only?.pattern === null) return true
    const name = table.folded.text(number)
    return this.#words.every(
      ({ literal, pattern, folderEnd }) =>
        (pattern === null ? name.includes(literal) : matchesPattern(name, pattern)) &&
        (folderEnd === null || isInFolder(table, number, folderEnd)),
    )
  }
}

/** `*` stands for any characters, `?` for one. Takes time in proportion to both lengths, whatever the pattern. */
function matchesPattern(name: string, pattern: string): boolean {
  let at = 0
  let star = -1
  let retryFrom = 0
  for (let i = 0; i < name.length; ) {
    const wanted = pattern[at]
    if (wanted === '*') {
      star = at++
      retryFrom = i
    } else if (wanted === '?' || wanted === name[i]) {
      at++
      i++
    } else if (star >= 0) {
      at = star + 1
      i = ++retryFrom
    } else return false
  }
  while (pattern[at] === '*') at++
  return at === pattern.length
}

/** Whether the path of an entry's folder ends with the text. */
function isInFolder(table: EntryTable, number: number, end: string): boolean {
  let path = ''
  for (let at = table.parent(number); at > 0 && path.length < end.length; at = table.parent(at)) path = `/${table.folded.text(at)}${path}`
  return path.endsWith(end)
}
