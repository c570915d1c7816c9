/** What main composes, in each language but English, loaded when it is spoken. */
import type { EngineCatalogue } from './engine-words.ts'
import type { Language } from './languages.ts'

const loaders: Readonly<Record<Exclude<Language, 'en'>, () => Promise<{ default: EngineCatalogue }>>> = {
  de: () => import('./engine/de.json'),
  fr: () => import('./engine/fr.json'),
  es: () => import('./engine/es.json'),
  ja: () => import('./engine/ja.json'),
  'zh-Hans': () => import('./engine/zh-Hans.json'),
  ar: () => import('./engine/ar.json'),
}

/** Empty for English, which needs no translation. */
export const loadEngineCatalogue = async (language: Language): Promise<EngineCatalogue> =>
  language === 'en' ? {} : (await loaders[language]()).default
