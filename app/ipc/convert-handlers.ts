import { existsSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { dialog } from 'electron'
import { writerFor } from '../../main/image/convert/writer-table.ts'
import { checkTarget } from '../../main/image/create/target-check.ts'
import { fromEngine, say } from '../setup/speech.ts'
import { displayPath } from '../state/display-path.ts'
import type { Services } from '../state/services.ts'
import type { GroupHandlers } from './asker.ts'

export function convertHandlers({ images, settings, targets, jobs }: Services): GroupHandlers<'convert'> {
  return {
    offers: ({ imageId }) => images.client(imageId).call('convertOffers', null),
    pickTarget: async ({ imageId, format, sizeBytes }, { window }) => {
      const imagePath = images.path(imageId)
      const { title, extension } = writerFor(format, '')
      const folder = settings.get('targetFolder') ?? dirname(imagePath)
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        title: say('shell.dialog.convert', { format: fromEngine(title) }),
        buttonLabel: say('shell.dialog.convert.button'),
        defaultPath: join(folder, `${basename(imagePath, extname(imagePath))}${extension}`),
        filters: [{ name: fromEngine(title), extensions: [extension.slice(1)] }],
      })
      if (canceled || !filePath) return null
      const path = filePath.toLowerCase().endsWith(extension) ? filePath : `${filePath}${extension}`
      settings.set('targetFolder', dirname(path))
      const exists = existsSync(path)
      return {
        // The dialog asked about the name as it was typed, and about no other.
        token: targets.add({ path, overwrite: exists && path === filePath }),
        name: basename(path),
        displayPath: displayPath(path),
        exists,
        problem: checkTarget(path, sizeBytes),
      }
    },
    start: ({ imageId, format, target }) => {
      const { path, overwrite } = targets.take(target)
      const { track } = images.facts(imageId)
      const { isOfSound } = writerFor(format, '')
      // The window told what is lost before it asked where to write.
      const request = { imagePath: images.path(imageId), outPath: path, format, overwrite, acceptsLoss: true }
      return {
        jobId: jobs.add({ kind: 'convert', ...request, track: isOfSound || format === 'bin-cue' ? undefined : (track ?? undefined) }),
      }
    },
  }
}
