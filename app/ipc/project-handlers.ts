import { dirname, join } from 'node:path'
import { app, type BrowserWindow, dialog } from 'electron'
import { readProject, writeProject } from '../../main/image/project-file.ts'
import { formatCount } from '../../shared/format.ts'
import { Problem, type ProblemReport } from '../../shared/problem.ts'
import { say } from '../setup/speech.ts'
import type { Services } from '../state/services.ts'
import type { GroupHandlers } from './asker.ts'
import { suggestedName } from './suggested-name.ts'

const EXTENSION = '.isomer'
const filters = () => [{ name: say('shell.files.projects'), extensions: [EXTENSION.slice(1)] }]

export function projectHandlers({ projectFile, settings, sources, workbench }: Services): GroupHandlers<'project'> {
  const folder = () => (projectFile.path === null ? settings.get('sourceFolder') : dirname(projectFile.path)) ?? app.getPath('documents')

  const pick = async (window: BrowserWindow): Promise<string | undefined> => {
    const { filePaths } = await dialog.showOpenDialog(window, {
      title: say('shell.dialog.open-project'),
      buttonLabel: say('shell.dialog.open'),
      defaultPath: folder(),
      filters: filters(),
      properties: ['openFile'],
    })
    return filePaths[0]
  }

  /** A place, and whether the dialog asked about replacing what is there: it did so for the name as it was typed only. */
  const ask = async (window: BrowserWindow): Promise<{ path: string; overwrite: boolean } | null> => {
    const { label } = await workbench.call('summary', null)
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      title: say('shell.dialog.save-project'),
      buttonLabel: say('shell.dialog.save'),
      defaultPath: projectFile.path ?? join(folder(), suggestedName(label, EXTENSION)),
      filters: filters(),
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    })
    if (canceled || !filePath) return null
    const hasExtension = filePath.toLowerCase().endsWith(EXTENSION)
    return { path: hasExtension ? filePath : filePath + EXTENSION, overwrite: hasExtension }
  }

  return {
    file: () => projectFile.describe(workbench.project),
    open: async ({ token }, { window }) => {
      const path = token === null ? await pick(window) : sources.path(token)
      if (path === undefined) return null
      const project = readProject(path)
      const { summary, lost } = await workbench.call('open', project)
      projectFile.holds(path, project)
      return { summary, problem: partlyThere(lost) }
    },
    save: async ({ elsewhere }, { window }) => {
      const known = projectFile.path
      const { project } = workbench
      if (project.steps.length === 0)
        throw new Problem({ kind: 'usage', code: 'nothing-to-save', message: 'There is nothing to save as a project yet.' })
      const place = known === null || elsewhere ? await ask(window) : { path: known, overwrite: true }
      if (place === null) return null
      writeProject(project, place.path, place.overwrite)
      projectFile.holds(place.path, project)
      return projectFile.describe(project)
    },
  }
}

function partlyThere(lost: readonly ProblemReport[]): ProblemReport | null {
  if (lost.length === 0) return null
  return {
    kind: 'io',
    code: 'project-partly-there',
    message: `${formatCount(lost.length, 'part of the project is', 'parts of the project are')} not there any more: ${lost[0]?.message ?? ''}`,
    kept: 'Everything else is arranged as it was; the project file was not changed.',
    technical: lost.map(({ message }) => message).join('\n'),
  }
}
