import { dirname } from 'node:path'
import { dialog, type OpenDialogOptions } from 'electron'
import { Problem } from '../../shared/problem.ts'
import { say } from '../setup/speech.ts'
import type { Services } from '../state/services.ts'
import type { GroupHandlers } from './asker.ts'

const dialogFor = (what: 'files' | 'folder'): OpenDialogOptions => ({
  title: say(what === 'files' ? 'shell.dialog.add-files' : 'shell.dialog.add-folder'),
  buttonLabel: say('shell.dialog.add'),
  properties: [what === 'files' ? 'openFile' : 'openDirectory', 'multiSelections'],
})

export function sourcesHandlers({ sources, settings }: Services): GroupHandlers<'sources'> {
  return {
    admit: (paths) => {
      if (paths.length > 0) return sources.admit(paths)
      throw new Problem({
        kind: 'usage',
        code: 'nothing-dropped',
        message: 'What was dropped is not a file or folder on this computer.',
        advice: 'Drag files or folders from a file manager, or use Add Files and Add Folder.',
      })
    },
    pick: async ({ what }, { window }) => {
      const folder = settings.get('sourceFolder')
      const { filePaths } = await dialog.showOpenDialog(window, { ...dialogFor(what), ...(folder === null ? {} : { defaultPath: folder }) })
      const [first] = filePaths
      if (first !== undefined) settings.set('sourceFolder', dirname(first))
      return sources.admit(filePaths)
    },
  }
}
