/** The language of window, menus and notices: as the settings say, or the system. */
import { app } from 'electron'
import { type Speech, speechFor } from '../../shared/words/languages.ts'
import type { Settings } from '../state/settings.ts'

export function speechOf(settings: Settings): Speech {
  return speechFor(settings.get('language'), app.getPreferredSystemLanguages())
}
