import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { app, dialog, type SaveDialogOptions } from 'electron'
import { checkTarget, requireOutsideSources } from '../../main/image/create/target-check.ts'
import { targetExists } from '../../main/output/output-problems.ts'
import type { ImageProject } from '../../shared/image-project.ts'
import { Problem, type ProblemReport, problemReport } from '../../shared/problem.ts'
import type { StagedSummary } from '../../shared/staging.ts'
import { say } from '../setup/speech.ts'
import { displayPath } from '../state/display-path.ts'
import type { Services } from '../state/services.ts'
import type { GroupHandlers } from './asker.ts'
import { IMAGE_EXTENSION, imagePathOf, suggestedName } from './suggested-name.ts'

function saveDialog(label: string, folder: string): SaveDialogOptions {
  return {
    title: say('shell.dialog.make-image'),
    buttonLabel: say('shell.dialog.make-image.button'),
    defaultPath: join(folder, suggestedName(label)),
    filters: [{ name: say('shell.files.images'), extensions: [IMAGE_EXTENSION.slice(1)] }],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  }
}

/** The size of the image to be; throws the reason when it can't be made as it stands. */
function requiredSize({ imageSizeBytes, problem }: StagedSummary): number {
  if (imageSizeBytes !== null) return imageSizeBytes
  throw new Problem(problem ?? { kind: 'usage', code: 'nothing-to-make', message: 'There is nothing to make an image of yet.' })
}

function targetProblem(path: string, project: ImageProject, sizeBytes: number): ProblemReport | null {
  try {
    requireOutsideSources(path, project)
    return checkTarget(path, sizeBytes)
  } catch (error) {
    return problemReport(error)
  }
}

export function createHandlers({ settings, targets, workbench, jobs }: Services): GroupHandlers<'create'> {
  return {
    pickTarget: async (_nothing, { window }) => {
      const summary = await workbench.call('summary', null)
      const sizeBytes = requiredSize(summary)
      const folder = settings.get('imageFolder') ?? settings.get('targetFolder') ?? app.getPath('documents')
      const { canceled, filePath } = await dialog.showSaveDialog(window, saveDialog(summary.label, folder))
      if (canceled || !filePath) return null
      const path = imagePathOf(filePath)
      settings.set('targetFolder', dirname(path))
      const exists = existsSync(path)
      // The dialog asked about the name as it was typed, and about no other.
      const overwrite = exists && path === filePath
      return {
        token: targets.add({ path, overwrite }),
        name: basename(path),
        displayPath: displayPath(path),
        exists,
        problem: exists && !overwrite ? targetExists(path).report : targetProblem(path, workbench.project, sizeBytes),
      }
    },
    start: ({ target }) => {
      const { path, overwrite } = targets.take(target)
      return { jobId: jobs.add({ kind: 'create', project: workbench.project, outPath: path, overwrite }) }
    },
  }
}
