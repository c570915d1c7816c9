import { existsSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { type BrowserWindow, dialog } from 'electron'
import { checkTarget } from '../../main/image/create/target-check.ts'
import { areSameFile } from '../../main/output/atomic-output.ts'
import { targetExists } from '../../main/output/output-problems.ts'
import type { SaveWay } from '../../shared/edit-draft.ts'
import { Problem } from '../../shared/problem.ts'
import { say } from '../setup/speech.ts'
import { displayPath } from '../state/display-path.ts'
import type { Services } from '../state/services.ts'
import type { GroupHandlers } from './asker.ts'

const EXTENSION = '.iso'
const IMAGE_NAME = /\.(iso|img|udf)$/i

const inside = (folder: string, name: string) => (folder === '/' ? `/${name}` : `${folder}/${name}`)
const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)
const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/')) || '/'

export function editHandlers({ edits, images, sources, settings, targets, jobs }: Services): GroupHandlers<'edit'> {
  return {
    begin: ({ imageId }) => edits.begin(imageId),
    summary: ({ imageId }) => edits.summary(imageId),
    rows: ({ imageId, ...page }) => images.client(imageId).call('editRows', page),
    add: ({ imageId, tokens, into }) => {
      const hostPaths = tokens.map((token) => sources.path(token))
      return edits.apply(
        imageId,
        hostPaths.map((hostPath) => ({ step: 'add', hostPath, path: inside(into, basename(hostPath)) })),
      )
    },
    remove: ({ imageId, paths }) =>
      edits.apply(
        imageId,
        paths.map((path) => ({ step: 'remove', path })),
      ),
    rename: ({ imageId, path, name }) => edits.apply(imageId, [{ step: 'rename', path, to: inside(folderOf(path), oneName(name)) }]),
    move: ({ imageId, paths, into }) =>
      edits.apply(
        imageId,
        paths.map((path) => ({ step: 'rename', path, to: inside(into, nameOf(path)) })),
      ),
    newFolder: ({ imageId, into, name }) => edits.apply(imageId, [{ step: 'new-folder', path: inside(into, oneName(name)) }]),
    setLabel: ({ imageId, label }) => {
      edits.setLabel(imageId, label)
      return null
    },
    takeBack: ({ imageId, index }) => edits.takeBack(imageId, index),
    undo: ({ imageId }) => edits.undo(imageId),
    redo: ({ imageId }) => edits.redo(imageId),
    end: async ({ imageId }) => {
      await edits.end(imageId)
      return null
    },
    forecast: ({ imageId, way }) => edits.forecast(imageId, way),
    pickTarget: async ({ imageId, way, sizeBytes }, { window }) => {
      const imagePath = images.path(imageId)
      const folder = settings.get('targetFolder') ?? dirname(imagePath)
      const chosen = await pickFile(window, way, join(folder, suggestedName(imagePath)))
      if (chosen === null) return null
      const path = IMAGE_NAME.test(chosen) ? chosen : chosen + EXTENSION
      settings.set('targetFolder', dirname(path))
      const exists = existsSync(path)
      // The dialog asked about the name as it was typed, and about no other.
      const overwrite = exists && path === chosen
      return {
        token: targets.add({ path, overwrite }),
        name: basename(path),
        displayPath: displayPath(path),
        exists,
        isImageItself: areSameFile(path, imagePath),
        problem: exists && !overwrite ? targetExists(path).report : checkTarget(path, sizeBytes),
      }
    },
    save: async ({ imageId, way, target }) => {
      if ((way === 'session-in-place') !== (target === null)) throw noPlace()
      const { path, overwrite } = target === null ? { path: images.path(imageId), overwrite: true } : targets.take(target)
      const jobId = jobs.add(await edits.spec(imageId, way, { outPath: path, overwrite }))
      edits.isSavedBy(imageId, jobId)
      return { jobId }
    },
  }
}

/** `Debian` becomes `Debian (edited).iso`, then `Debian (edited 2).iso`. */
function suggestedName(imagePath: string): string {
  const extension = IMAGE_NAME.test(imagePath) ? extname(imagePath) : EXTENSION
  const stem = basename(imagePath, extname(imagePath)).replace(/ \(edited(?: \d+)?\)$/, '')
  for (let number = 1; ; number++) {
    const name = `${stem} (edited${number === 1 ? '' : ` ${number}`})${extension}`
    if (!existsSync(join(dirname(imagePath), name))) return name
  }
}

/** Null when the dialog was closed. */
async function pickFile(window: BrowserWindow, way: SaveWay, defaultPath: string): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: say(way === 'new-image' ? 'shell.dialog.save-new' : 'shell.dialog.save-session'),
    buttonLabel: say('shell.dialog.save'),
    defaultPath,
    filters: [{ name: say('shell.files.images'), extensions: [EXTENSION.slice(1)] }],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  })
  return canceled || !filePath ? null : filePath
}

/** A slash would make a move of it. */
function oneName(name: string): string {
  if (!name.includes('/') && !name.includes('\0') && name !== '.' && name !== '..') return name
  throw new Problem({ kind: 'usage', code: 'bad-name', message: `“${name}” can’t be a name.`, advice: 'Choose one without a slash.' })
}

function noPlace(): Problem {
  return new Problem({ kind: 'usage', code: 'no-target', message: 'There is no place chosen for the edited image.' })
}
