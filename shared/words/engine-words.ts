/**
 * Says in another language what main composes in English. The English sentences with `{0}` for their values are the keys of
 * the catalogue; what a value was is taken from the sentence as it came, and may be a sentence, a count or a size itself.
 */

/** English to the other language: `There is no ‘{0}’ in ‘{1}’.`, or `# file | # files` to an ICU plural with `{count}`. */
export type EngineCatalogue = Readonly<Record<string, string>>

/** How the language writes numbers and sizes, and chooses plurals. */
export interface AmountWords {
  readonly number: (value: number) => string
  readonly size: (sizeBytes: number) => string
  readonly plural: (message: string, count: number) => string
}

interface Pattern {
  readonly matches: RegExp
  readonly translation: string
  /** Letters that are no values: the more of them, the surer. */
  readonly weight: number
}

const NUMBER = /^\d{1,3}(?:,\d{3})+$|^\d+$/
const SIZE = /^(\d{1,3}(?:,\d{3})*(?:\.\d+)?) (bytes?|kB|MB|GB|TB|PB)$/
const UNITS = ['kB', 'MB', 'GB', 'TB', 'PB']
const BETWEEN_SENTENCES = /(?<=[.!?…]) (?=[\p{Lu}‘“\d])/u
const MAX_DEPTH = 4
const MAX_REMEMBERED = 2000

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
const numberIn = (number: string) => Number(number.replaceAll(',', ''))

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
    const translation = this.#whole(english, 0) ?? this.#each(english)
    this.#said.set(english, translation)
    return translation
  }

  #each(english: string): string {
    const sentences = english.split(BETWEEN_SENTENCES)
    if (sentences.length === 1) return english
    const translations = sentences.map((sentence) => this.#whole(sentence, 0))
    // half a translation would be harder to read than none
    return translations.every((sentence) => sentence !== undefined) ? translations.join(' ') : english
  }

  #whole(english: string, depth: number): string | undefined {
    const exact = this.#exact.get(english) ?? this.#amount(english)
    if (exact !== undefined || depth > MAX_DEPTH) return exact
    for (const { matches, translation } of this.#patterns) {
      const found = matches.exec(english)
      if (found) return this.#filled(translation, found.slice(1), depth)
    }
    return undefined
  }

  #filled(translation: string, values: readonly string[], depth: number): string {
    if (translation.includes('plural,')) return this.#amounts.plural(translation, numberIn(values[0] as string))
    return translation.replaceAll(/\{(\d)\}/g, (_all, index: string) => this.#value(values[Number(index)] ?? '', depth))
  }

  /** Blanks around a value belong to the sentence. */
  #value(value: string, depth: number): string {
    const bare = value.trim()
    if (bare === '') return value
    return value.replace(bare, () => this.#whole(bare, depth + 1) ?? bare)
  }

  #amount(text: string): string | undefined {
    if (NUMBER.test(text)) return this.#amounts.number(numberIn(text))
    const [, number, unit = ''] = SIZE.exec(text) ?? []
    if (number === undefined) return undefined
    return this.#amounts.size(numberIn(number) * 1000 ** (UNITS.indexOf(unit) + 1))
  }
}

function sentencePattern(english: string, translation: string): Pattern {
  const parts = english.split(/\{\d\}/)
  return { matches: new RegExp(`^${parts.map(escaped).join('([^]*?)')}$`), translation, weight: parts.join('').length }
}

function countPattern(english: string, translation: string): Pattern {
  const [one = '', many = ''] = english.split(' | ').map((form) => form.replace('# ', ''))
  return { matches: new RegExp(`^([\\d,]+) (?:${escaped(one)}|${escaped(many)})$`), translation, weight: many.length }
}
