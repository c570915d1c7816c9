/** Light or dark: as the settings say, or the system. */
import { nativeTheme } from 'electron'
import type { Settings } from '../state/settings.ts'

export function setupTheme(settings: Settings): void {
  nativeTheme.themeSource = settings.get('theme')
}
