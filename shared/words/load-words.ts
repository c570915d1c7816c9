/** All that is needed to speak a language: its own messages, and what main says in English said in it. */
import { IntlMessageFormat } from 'intl-messageformat'
import { loadCatalogue } from './catalogues.ts'
import { loadEngineCatalogue } from './engine-catalogues.ts'
import { type AmountWords, EngineWords } from './engine-words.ts'
import type { Speech } from './languages.ts'
import { sizeText } from './size-text.ts'
import { Speaker } from './speaker.ts'

export interface Words {
  readonly speaker: Speaker
  readonly engineWords: EngineWords
}

export async function loadWords(speech: Speech): Promise<Words> {
  const [catalogue, engineCatalogue] = await Promise.all([loadCatalogue(speech.language), loadEngineCatalogue(speech.language)])
  const speaker = new Speaker(speech, catalogue)
  return { speaker, engineWords: new EngineWords(engineCatalogue, amountsOf(speaker)) }
}

function amountsOf(speaker: Speaker): AmountWords {
  const { locale } = speaker.speech
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  const bytes = (sizeBytes: number) => speaker.say('common.bytes', { count: sizeBytes })
  return {
    number: (value) => number.format(value),
    bytes,
    size: (sizeBytes) => sizeText(sizeBytes, locale) ?? bytes(sizeBytes),
    day: (epochMs) => day.format(epochMs),
    plural: (message, count) => String(new IntlMessageFormat(message, locale).format({ count })),
  }
}
