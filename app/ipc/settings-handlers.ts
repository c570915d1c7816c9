import { dialog } from 'electron'
import { systemTools } from '../../main/drives/system-tools.ts'
import { presets } from '../../shared/image-project.ts'
import type { SettingValues } from '../../shared/settings.ts'
import { say, speakAs, speechOf } from '../setup/speech.ts'
import { setupTheme } from '../setup/theme.ts'
import { displayPath } from '../state/display-path.ts'
import type { Services } from '../state/services.ts'
import type { Settings } from '../state/settings.ts'
import type { GroupHandlers } from './asker.ts'

/** A member that is there but undefined says nothing. */
const given = <T extends object>(changes: T): Partial<T> =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<T>

function valuesOf(settings: Settings): SettingValues {
  const folder = settings.get('imageFolder')
  return {
    doubleClick: settings.get('doubleClick'),
    preset: settings.get('preset'),
    theme: settings.get('theme'),
    language: settings.get('language'),
    highContrast: settings.get('highContrast'),
    verifyWritten: settings.get('verifyWritten'),
    verifyMade: settings.get('verifyMade'),
    lookForUpdates: settings.get('lookForUpdates'),
    imageFolder: folder === null ? null : displayPath(folder),
    speech: speechOf(settings),
  }
}

export function settingsHandlers({ settings, updates, workbench }: Services): GroupHandlers<'settings'> {
  return {
    values: () => valuesOf(settings),
    change: async (changes) => {
      settings.change(given(changes) as Parameters<Settings['change']>[0])
      setupTheme(settings)
      if (changes.language !== undefined) await speakAs(settings)
      if (changes.lookForUpdates === true) void updates.lookWhenDue()
      // An image that is being put together keeps what was decided for it.
      if (changes.preset !== undefined && workbench.project.steps.length === 0)
        await workbench.call('setOptions', presets[changes.preset].options)
      return valuesOf(settings)
    },
    pickImageFolder: async (_nothing, { window }) => {
      const before = settings.get('imageFolder')
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: say('shell.dialog.image-folder'),
        buttonLabel: say('shell.dialog.image-folder.button'),
        properties: ['openDirectory', 'createDirectory'],
        ...(before === null ? {} : { defaultPath: before }),
      })
      if (filePaths[0] !== undefined) settings.set('imageFolder', filePaths[0])
      return valuesOf(settings)
    },
    forgetImageFolder: () => {
      settings.set('imageFolder', null)
      return valuesOf(settings)
    },
    tools: () => systemTools(),
  }
}
