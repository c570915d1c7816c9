/**
 * What menus, dialogs and notices outside the window say, in its language: as the settings say, or the system. As in the
 * window, a message is asked for when it is shown.
 */
import { app } from 'electron'
import { IntlMessageFormat } from 'intl-messageformat'
import { loadCatalogue } from '../../shared/words/catalogues.ts'
import { loadEngineCatalogue } from '../../shared/words/engine-catalogues.ts'
import { EngineWords } from '../../shared/words/engine-words.ts'
import { english, type MessageKey } from '../../shared/words/english.ts'
import { type Speech, speechFor } from '../../shared/words/languages.ts'
import { sizeText } from '../../shared/words/size-text.ts'
import { Speaker, type Values } from '../../shared/words/speaker.ts'
import type { Settings } from '../state/settings.ts'

const amounts = {
  number: (value: number) => value.toLocaleString(speaker.speech.locale),
  bytes: (sizeBytes: number) => formatExactBytes(sizeBytes),
  size: formatSize,
  day: (epochMs: number) => new Intl.DateTimeFormat(speaker.speech.locale, { dateStyle: 'long', timeZone: 'UTC' }).format(epochMs),
  plural: (message: string, count: number) => String(new IntlMessageFormat(message, speaker.speech.locale).format({ count })),
}

let speaker = new Speaker({ language: 'en', locale: 'en' }, english)
let engineWords = new EngineWords({}, amounts)
let latestWish = 0
const listeners: (() => void)[] = []

export function speechOf(settings: Settings): Speech {
  return speechFor(settings.get('language'), app.getPreferredSystemLanguages())
}

export const say = (key: MessageKey, values?: Values): string => speaker.say(key, values)

/** What main says in English, in the language that is spoken. */
export const fromEngine = (sentence: string): string => (speaker.speech.language === 'en' ? sentence : engineWords.translate(sentence))

export const formatExactBytes = (sizeBytes: number): string => say('common.bytes', { count: sizeBytes })

export function formatSize(sizeBytes: number): string {
  return sizeText(sizeBytes, speaker.speech.locale) ?? formatExactBytes(sizeBytes)
}

/** Is told whenever another language is spoken, so that what stays in sight can be said anew. */
export function onSpoken(listener: () => void): void {
  listeners.push(listener)
}

/** Speaks as the settings say from now on; the language before, if that one can't be loaded. */
export async function speakAs(settings: Settings): Promise<void> {
  const speech = speechOf(settings)
  const wish = ++latestWish
  try {
    const [catalogue, engineCatalogue] = await Promise.all([loadCatalogue(speech.language), loadEngineCatalogue(speech.language)])
    if (wish !== latestWish) return
    speaker = new Speaker(speech, catalogue)
    engineWords = new EngineWords(engineCatalogue, amounts)
  } catch (error) {
    console.error(`${speech.language} can't be spoken: ${String(error)}`)
  }
  for (const listener of listeners) listener()
}
