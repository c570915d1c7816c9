import { describe, expect, it } from 'vitest'
import { speechFor } from './languages.ts'

describe('speechFor', () => {
  it.each([
    ['system', ['de-AT', 'en-US'], 'de', 'de-AT'],
    ['system', ['nl-NL', 'fr-CA'], 'fr', 'fr-CA'],
    ['system', ['zh-TW', 'ja-JP'], 'ja', 'ja-JP'],
    ['system', ['zh-CN'], 'zh-Hans', 'zh-CN'],
    ['system', ['zh-Hans-SG'], 'zh-Hans', 'zh-Hans-SG'],
    ['system', ['ast-ES'], 'en', 'en'],
    ['system', [], 'en', 'en'],
    ['es', ['de-DE', 'es-MX'], 'es', 'es-MX'],
    ['ar', ['de-DE'], 'ar', 'ar'],
  ] as const)('%s for %j speaks %s in %s', (chosen, locales, language, locale) => {
    expect(speechFor(chosen, locales)).toEqual({ language, locale })
  })
})
