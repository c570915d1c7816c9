/**
 * What menus, dialogs and notices outside the window say, in its language: as the settings say, or the system. As in the
 * window, a message is asked for when it is shown.
 */
import { app } from 'electron'
import type { EngineWords } from '../../shared/words/engine-words.ts'
import { english, type MessageKey } from '../../shared/words/english.ts'
import { type Speech, speechFor } from '../../shared/words/languages.ts'
import { loadWords } from '../../shared/words/load-words.ts'
import { sizeText } from '../../shared/words/size-text.ts'
import { Speaker, type Values } from '../../shared/words/speaker.ts'
import type { Settings } from '../state/settings.ts'

let speaker = new Speaker({ language: 'en', locale: 'en' }, english)
let engineWords: EngineWords | null = null
let latestWish = 0
const listeners: (() => void)[] = []

export function speechOf(settings: Settings): Speech {
  return speechFor(settings.get('language'), app.getPreferredSystemLanguages())
}

export const say = (key: MessageKey, values?: Values): string => speaker.say(key, values)

/** What main says in English, in the language that is spoken. */
export const fromEngine = (sentence: string): string =>
  speaker.speech.language === 'en' ? sentence : (engineWords?.translate(sentence) ?? sentence)

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
    const words = await loadWords(speech)
    if (wish !== latestWish) return
    speaker = words.speaker
    engineWords = words.engineWords
  } catch (error) {
    console.error(`${speech.language} can't be spoken: ${String(error)}`)
  }
  for (const listener of listeners) listener()
}
