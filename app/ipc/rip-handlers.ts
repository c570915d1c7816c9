import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { app, dialog } from 'electron'
import { addressText } from '../../main/drives/drive-address.ts'
import type { RipRequest } from '../../shared/drives.ts'
import { Problem } from '../../shared/problem.ts'
import { say } from '../setup/speech.ts'
import type { Services } from '../state/services.ts'
import type { GroupHandlers } from './asker.ts'
import { IMAGE_EXTENSION, imagePathOf, suggestedName } from './suggested-name.ts'

const SHEET_EXTENSION = '.cue'

export function ripHandlers({ drives, jobs, settings, ripTargets }: Services): GroupHandlers<'rip'> {
  return {
    pickTarget: async ({ driveId }, { window }) => {
      const { medium } = await drives.facts(driveId)
      // A disc with audio becomes a sheet and a file beside it.
      const hasAudio = ((await drives.adapter()).tracksOf?.(drives.address(driveId)) ?? null) !== null
      const extension = hasAudio ? SHEET_EXTENSION : IMAGE_EXTENSION
      const folder = settings.get('targetFolder') ?? app.getPath('documents')
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        title: say('shell.dialog.rip'),
        buttonLabel: say('shell.dialog.rip.button'),
        defaultPath: join(folder, suggestedName(medium?.label ?? 'Disc', extension)),
        filters: [{ name: say(hasAudio ? 'shell.files.cue-sheets' : 'shell.files.images'), extensions: [extension.slice(1)] }],
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      })
      if (canceled || !filePath) return null
      const outPath = imagePathOf(filePath, extension)
      settings.set('targetFolder', dirname(outPath))
      // The dialog asked about the name as it was typed, and about no other.
      return ripTargets.add({ outPath, mapPath: null, overwrite: existsSync(outPath) && outPath === filePath })
    },
    pickMap: async ({ target }, { window }) => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        title: say('shell.dialog.map'),
        buttonLabel: say('shell.dialog.map.button'),
        defaultPath: ripTargets.folderOf(target),
        filters: [
          { name: say('shell.files.maps'), extensions: ['map', 'mapfile', 'log'] },
          { name: say('shell.files.all'), extensions: ['*'] },
        ],
        properties: ['openFile'],
      })
      const [mapPath] = filePaths
      return canceled || mapPath === undefined ? null : ripTargets.withMap(target, mapPath)
    },
    start: ({ driveId, target, resume, retries, verify, whole, fillUnread }) => {
      const drive = addressText(drives.address(driveId))
      const { outPath, mapPath, overwrite, isUnfinished } = ripTargets.take(target)
      // Somebody who was told of the unfinished one and begins anew has said that it may go.
      const mayReplace = !resume && (overwrite || isUnfinished)
      const options = { resume, retries, verify, whole, fillUnread, overwrite: mayReplace }
      const request: RipRequest = { drive, outPath, mapPath, ...options }
      return { jobId: jobs.add({ kind: 'rip', ...request }) }
    },
    goOn: ({ jobId }) => {
      const spec = jobs.spec(jobId)
      if (spec.kind !== 'rip')
        throw new Problem({ kind: 'usage', code: 'no-rip', message: 'Only the copying of a disc can be gone on with.' })
      return { jobId: jobs.add({ ...spec, resume: true, overwrite: false }) }
    },
  }
}
