/**
 * Says in another language what main composes in English. The English sentences with `{0}` for their values are the keys of
 * the catalogue; what a value was is taken from the sentence as it came, and may be a sentence, a count or a size itself.
 */

/** English to the other language: `There is no ‘{0}’ in ‘{1}’.`, or `# file | # files` to an ICU plural with `{count}`. */
export type EngineCatalogue = Readonly<Record<string, string>>

/** How the language writes amounts and dates, and chooses plurals. */
export interface AmountWords {
  readonly number: (value: number) => string
  readonly bytes: (sizeBytes: number) => string
  readonly size: (sizeBytes: number) => string
  readonly day: (epochMs: number) => string
  readonly plural: (message: string, count: number) => string
}

interface Pattern {
  readonly matches: RegExp
  /** The values that each group of the expression holds; several when nothing stands between them. */
  readonly groups: readonly (readonly number[])[]
  /** Values in quotes are names: whatever they look like, they stay. */
  readonly names: ReadonlySet<number>
  /** Values in brackets can be nothing else, whatever they say. */
  readonly bracketed: ReadonlySet<number>
  readonly translation: string
  /** Letters that are no values: the more of them, the surer. */
  readonly weight: number
}

const NUMBER = /^\d{1,3}(?:,\d{3})+$|^\d+$/
const SIZE = /^(\d{1,3}(?:,\d{3})*(?:\.\d+)?) (bytes?|kB|MB|GB|TB|PB)$/
const DAY = /^\d{1,2} \p{Lu}\p{Ll}{2,8} \d{4}$/u
/** One name in quotes or a list of them. */
const QUOTED = /^[‘“][^‘’“”]*[’”](?:(?:, | and )[‘“][^‘’“”]*[’”])*$/
const UNITS = ['kB', 'MB', 'GB', 'TB', 'PB']
/** Where a sentence may end, surest first: one can begin with the small letter of a file's name. */
const BETWEEN_SENTENCES = [/(?<=[.!?…]) (?=[\p{Lu}‘“\d])/u, /(?<=[.!?…]) /, /(?<=;) /]
/** With fewer letters of its own a pattern says too little of what stands in it: `{0} in {1}`. */
const SURE_WEIGHT = 7
/** Quotes around a value are as sure as a word. */
const NAME_WEIGHT = 4
/** A number before a known word can be nothing else. */
const COUNT_WEIGHT = 1000
const MAX_DEPTH = 4
const MAX_REMEMBERED = 2000
/** Longer runs of values are no sentences of ours. */
const MAX_SPLIT = 400

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
const numberIn = (number: string) => Number(number.replaceAll(',', ''))
const letters = (text: string) => text.match(/\p{L}/gu)?.length ?? 0

export class EngineWords {
  readonly #exact = new Map<string, string>()
  readonly #patterns: Pattern[] = []
  readonly #said = new Map<string, string>()
  readonly #amounts: AmountWords

  constructor(catalogue: EngineCatalogue, amounts: AmountWords) {
    this.#amounts = amounts
    for (const [english, translation] of Object.entries(catalogue)) {
      if (english.includes(' | # ')) this.#patterns.push(countPattern(english, translation))
      else if (/\{\d\}/.test(english)) this.#patterns.push(sentencePattern(english, translation))
      else this.#exact.set(english, translation)
    }
    this.#patterns.sort((a, b) => b.weight - a.weight)
  }

  /** The sentence or sentences in the other language; what is in no catalogue stays as it is. */
  translate(english: string): string {
    const known = this.#said.get(english)
    if (known !== undefined) return known
    if (this.#said.size >= MAX_REMEMBERED) this.#said.clear()
    // Chinese and Japanese sentences follow each other without a blank
    const translation = (this.#known(english, 0) ?? english).replaceAll(/(?<=[。！？]) /g, '')
    this.#said.set(english, translation)
    return translation
  }

  /** Sentence by sentence first: a value at the end of one would swallow the next. */
  #known(english: string, depth: number): string | undefined {
    return this.#asItIs(english, depth) ?? this.#fromWithin(english, depth)
  }

  #asItIs(english: string, depth: number): string | undefined {
    return this.#exact.get(english) ?? this.#amount(english) ?? this.#each(english, depth) ?? this.#byPattern(english, depth)
  }

  /** A part that begins a sentence has a capital there alone. */
  #fromWithin(english: string, depth: number): string | undefined {
    if (!/^\p{Lu}\p{Ll}* /u.test(english)) return undefined
    const translation = this.#asItIs(english.slice(0, 1).toLowerCase() + english.slice(1), depth)
    return translation && translation.slice(0, 1).toUpperCase() + translation.slice(1)
  }

  /** Undefined unless every sentence is known: half a translation would be harder to read than none. */
  #each(english: string, depth: number): string | undefined {
    for (const between of BETWEEN_SENTENCES) {
      const parts = english.split(between)
      const translations = parts.length > 1 ? parts.map((part) => this.#part(part, depth)) : []
      if (translations.length > 0 && translations.every((part) => part !== undefined)) return translations.join(' ')
    }
    return undefined
  }

  #part(part: string, depth: number): string | undefined {
    const [, text = '', end = ''] = /^(.*?)(;?)$/s.exec(part) ?? []
    const translation = this.#exact.get(text) ?? this.#byPattern(text, depth)
    return translation && translation + end
  }

  #byPattern(english: string, depth: number): string | undefined {
    if (depth > MAX_DEPTH) return undefined
    for (const pattern of this.#patterns) {
      const found = pattern.matches.exec(english)
      const translation = found && this.#filled(pattern, found.slice(1), depth)
      if (translation) return translation
    }
    return undefined
  }

  #filled({ translation, groups, names, bracketed, weight }: Pattern, texts: readonly string[], depth: number): string | undefined {
    if (translation.includes('plural,')) return this.#amounts.plural(translation, numberIn(texts[0] as string))
    const values = new Map<number, string>()
    for (const [at, group] of groups.entries()) {
      const text = texts[at] ?? ''
      const isClear = group.every((index) => names.has(index) || bracketed.has(index))
      if (weight < SURE_WEIGHT && !isClear && !this.#isSure(text, depth)) return undefined
      const parts = group.length === 1 ? [text] : this.#apart(text, depth)
      for (const [i, index] of group.entries()) values.set(index, names.has(index) ? (parts[i] ?? '') : this.#value(parts[i] ?? '', depth))
    }
    return translation.replaceAll(/\{(\d)\}/g, (_all, index: string) => values.get(Number(index)) ?? '')
  }

  #isSure(text: string, depth: number): boolean {
    return text.trim() === '' || QUOTED.test(text) || this.#known(text.trim(), depth + 1) !== undefined
  }

  /** Two values with nothing between them: where both are known, else all is the first. */
  #apart(text: string, depth: number): readonly string[] {
    for (let at = Math.min(text.length, MAX_SPLIT) - 1; at > 0; at--) {
      if (!/[ ,;(]/.test(text[at] ?? '')) continue
      const [first, second] = [text.slice(0, at).trim(), text.slice(at).trim()]
      if (second !== '' && this.#known(second, depth + 1) !== undefined && (first === '' || this.#isSure(first, depth)))
        return [text.slice(0, at), text.slice(at)]
    }
    return [text, '']
  }

  /** Blanks around a value belong to the sentence. */
  #value(value: string, depth: number): string {
    const bare = value.trim()
    if (bare === '') return value
    return value.replace(bare, () => this.#known(bare, depth + 1) ?? bare)
  }

  #amount(text: string): string | undefined {
    if (NUMBER.test(text)) return this.#amounts.number(numberIn(text))
    if (DAY.test(text) && !Number.isNaN(Date.parse(`${text} UTC`))) return this.#amounts.day(Date.parse(`${text} UTC`))
    const [, number, unit = ''] = SIZE.exec(text) ?? []
    if (number === undefined) return undefined
    const power = UNITS.indexOf(unit) + 1
    return power === 0 ? this.#amounts.bytes(numberIn(number)) : this.#amounts.size(numberIn(number) * 1000 ** power)
  }
}

function sentencePattern(english: string, translation: string): Pattern {
  const groups: number[][] = []
  const [names, bracketed] = [new Set<number>(), new Set<number>()]
  let expression = ''
  let end = 0
  for (const { 0: placeholder, index } of english.matchAll(/\{\d\}/g)) {
    const value = Number(placeholder[1])
    const before = english.slice(end, index)
    if (before === '' && groups.length > 0) groups.at(-1)?.push(value)
    else {
      expression += `${escaped(before)}([^]*?)`
      groups.push([value])
    }
    end = index + placeholder.length
    if (/[‘“]$/.test(before) && /^[’”]/.test(english.slice(end))) names.add(value)
    if (before.endsWith('(') && english[end] === ')') bracketed.add(value)
  }
  const weight = letters(english) + names.size * NAME_WEIGHT
  return { matches: new RegExp(`^${expression}${escaped(english.slice(end))}$`), groups, names, bracketed, translation, weight }
}

function countPattern(english: string, translation: string): Pattern {
  const [one = '', many = ''] = english.split(' | ').map((form) => form.replace('# ', ''))
  const matches = new RegExp(`^([\\d,]+) (?:${escaped(one)}|${escaped(many)})$`)
  return { matches, groups: [[0]], names: new Set(), bracketed: new Set(), translation, weight: COUNT_WEIGHT }
}
