/** The languages that the window speaks. */

export const languages = ['en', 'de', 'fr', 'es', 'ja', 'zh-Hans', 'ar'] as const
export type Language = (typeof languages)[number]

/** Each in itself, as people look for it. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  ja: '日本語',
  'zh-Hans': '简体中文',
  ar: 'العربية',
}

const TRADITIONAL_CHINESE = /^zh-(?:Hant|TW|HK|MO)\b/i

/** The language of a locale (BCP 47), or undefined when it is none of ours. Traditional Chinese is another script, so it isn't. */
function languageOf(locale: string): Language | undefined {
  const [first = ''] = locale.toLowerCase().split(/[-_]/)
  if (first === 'zh') return TRADITIONAL_CHINESE.test(locale) ? undefined : 'zh-Hans'
  return languages.find((language) => language === first)
}

/** How the window speaks: in which language, and in which locale (BCP 47) it writes numbers and dates. */
export interface Speech {
  readonly language: Language
  readonly locale: string
}

/**
 * What is spoken to somebody whose system prefers these locales, best first, unless a language is `chosen`. The locale is
 * the system's own where it has that language: English in Britain writes other dates than in America.
 */
export function speechFor(chosen: Language | 'system', systemLocales: readonly string[]): Speech {
  const known = systemLocales.flatMap((locale) => {
    const language = languageOf(locale)
    return language === undefined ? [] : [{ language, locale }]
  })
  const [best = { language: 'en', locale: 'en' } as const] = known
  if (chosen === 'system') return best
  return known.find(({ language }) => language === chosen) ?? { language: chosen, locale: chosen }
}

export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr')
