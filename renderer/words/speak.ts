/** Which language the window speaks. */
import { loadCatalogue } from '../../shared/words/catalogues.ts'
import { loadEngineCatalogue } from '../../shared/words/engine-catalogues.ts'
import { directionOf, type Speech } from '../../shared/words/languages.ts'
import { Speaker } from '../../shared/words/speaker.ts'
import { setEngineCatalogue } from './from-engine.ts'
import { setSpeaker, spoken } from './say.ts'

export const isSpoken = ({ language, locale }: Speech): boolean => language === spoken().language && locale === spoken().locale

/** Speaks another language from now on; what is shown already must be drawn anew. */
export async function speak(speech: Speech): Promise<void> {
  const [catalogue, engineCatalogue] = await Promise.all([loadCatalogue(speech.language), loadEngineCatalogue(speech.language)])
  setSpeaker(new Speaker(speech, catalogue))
  setEngineCatalogue(engineCatalogue)
  document.documentElement.lang = speech.language
  document.documentElement.dir = directionOf(speech.language)
}
