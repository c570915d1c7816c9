/** Which language the window speaks. */
import { directionOf, type Speech } from '../../shared/words/languages.ts'
import { loadWords } from '../../shared/words/load-words.ts'
import { setEngineWords } from './from-engine.ts'
import { setSpeaker, spoken } from './say.ts'

export const isSpoken = ({ language, locale }: Speech): boolean => language === spoken().language && locale === spoken().locale

/** Speaks another language from now on; what is shown already must be drawn anew. */
export async function speak(speech: Speech): Promise<void> {
  const { speaker, engineWords } = await loadWords(speech)
  setSpeaker(speaker)
  setEngineWords(engineWords)
  document.documentElement.lang = speech.language
  document.documentElement.dir = directionOf(speech.language)
}
