/** The catalogues against each other and against the sources that speak: nothing untranslated, nothing left over. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, it } from 'vitest'
import { loadCatalogue } from '../../shared/words/catalogues.ts'
import { loadEngineCatalogue } from '../../shared/words/engine-catalogues.ts'
import { english } from '../../shared/words/english.ts'
import { languages } from '../../shared/words/languages.ts'
import { engineSentences } from './engine-sentences.mjs'
import { readSaid } from './said.mjs'

const root = join(import.meta.dirname, '../..')
const keys = Object.keys(english)

/** What stands around words in a message: names of values, tags, and the plurals' categories. */
function skeletonOf(message, language) {
  const names = new Set()
  const plurals = []
  const visit = (elements) => {
    for (const element of elements) {
      if (element.type !== 0 && element.type !== 7) names.add(element.value)
      if (element.type === 6) plurals.push(Object.keys(element.options ?? {}))
      for (const option of Object.values(element.options ?? {})) visit(option.value)
      visit(element.children ?? [])
    }
  }
  visit(new IntlMessageFormat(message, language).getAst())
  return { names: [...names].sort(), plurals }
}

const sources = ['renderer', 'app'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|\.d\.ts$/.test(name))
    .map((name) => {
      const path = `${folder}/${name}`
      return { path, ...readSaid(path, readFileSync(join(root, path), 'utf8')) }
    }),
)

describe('what is said', () => {
  it('uses every message', () => {
    const named = sources.flatMap((source) => source.keys)
    const texts = new Set(named.filter((key) => typeof key === 'string'))
    const patterns = named.filter((key) => key instanceof RegExp)
    expect(keys.filter((key) => !texts.has(key) && !patterns.some((pattern) => pattern.test(key)))).toEqual([])
  })

  it('is given the values that the message has', () => {
    const wrong = sources.flatMap(({ path, calls }) =>
      calls.flatMap(({ line, keys: asked, values }) =>
        asked
          .filter((key) => typeof key === 'string' && key in english)
          .filter((key) => values !== null && [...values].sort().join() !== skeletonOf(english[key], 'en').names.join())
          .map((key) => `${path}:${line}: ${key}`),
      ),
    )
    expect(wrong).toEqual([])
  })

  it('is never said while a module is loaded, when no language is chosen yet', () => {
    expect(sources.flatMap(({ path, early }) => early.map((line) => `${path}:${line}`))).toEqual([])
  })
})

describe('the window', () => {
  it('has no words of its own', () => {
    const inWindow = sources.filter(({ path }) => path.startsWith('renderer/'))
    expect(inWindow.flatMap(({ path, bare }) => bare.map(({ line, text }) => `${path}:${line}: ${text}`))).toEqual([])
  })
})

describe.each(languages)('%s', async (language) => {
  const catalogue = await loadCatalogue(language)
  const categories = new Intl.PluralRules(language)
    .resolvedOptions()
    .pluralCategories.filter((category) => category !== 'many' || language === 'ar') // elsewhere only of millions

  it('has every message, and no other', () => {
    expect(Object.keys(catalogue).sort()).toEqual(keys.toSorted())
  })

  it('has the values, tags and plurals of the English messages', () => {
    const wrong = keys.filter((key) => {
      const [own, model] = [skeletonOf(catalogue[key], language), skeletonOf(english[key], 'en')]
      const isWhole = own.plurals.every((plural) => categories.every((category) => plural.includes(category)))
      return own.names.join() !== model.names.join() || !isWhole
    })
    expect(wrong).toEqual([])
  })
})

describe.each(languages.filter((language) => language !== 'en'))('%s of what main composes', async (language) => {
  const catalogue = await loadEngineCatalogue(language)
  const english = [...engineSentences(root).keys()]

  it('has every sentence, and no other', () => {
    expect({
      untranslated: english.filter((sentence) => !(sentence in catalogue)),
      unused: Object.keys(catalogue).filter((sentence) => !english.includes(sentence)),
    }).toEqual({ untranslated: [], unused: [] })
  })

  it('has the values of the English sentences', () => {
    const valuesIn = (text) => [...new Set(text.match(/\{\d\}/g))].sort().join()
    expect(english.filter((sentence) => sentence in catalogue && valuesIn(sentence) !== valuesIn(catalogue[sentence]))).toEqual([])
  })
})
