/** The catalogue of each language, loaded when it is spoken. */
import { type Catalogue, english } from './english.ts'
import type { Language } from './languages.ts'

const loaders: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: async () => english,
  de: async () => (await import('./messages/de/catalogue.ts')).german,
  fr: async () => (await import('./messages/fr/catalogue.ts')).french,
  es: async () => (await import('./messages/es/catalogue.ts')).spanish,
  ja: async () => (await import('./messages/ja/catalogue.ts')).japanese,
  'zh-Hans': async () => (await import('./messages/zh-Hans/catalogue.ts')).simplifiedChinese,
  ar: async () => (await import('./messages/ar/catalogue.ts')).arabic,
}

export const loadCatalogue = (language: Language): Promise<Catalogue> => loaders[language]()
