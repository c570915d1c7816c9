import { statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { app, type BrowserWindow, dialog } from 'electron'
import { ioProblem } from '../../main/bytes/io-problem.ts'
import { decideErase } from '../../main/drives/burn/burn-checks.ts'
import { addressText } from '../../main/drives/drive-address.ts'
import type { EraseRequest } from '../../shared/drives.ts'
import { Problem } from '../../shared/problem.ts'
import { say } from '../setup/speech.ts'
import type { Services } from '../state/services.ts'
import type { GroupHandlers } from './asker.ts'
import { confirmed } from './confirmed.ts'
import { eraseQuestion, stateText } from './disc-text.ts'

const discFiles = () => [
  { name: say('shell.files.discs'), extensions: ['disc', 'img', 'iso'] },
  { name: say('shell.files.all'), extensions: ['*'] },
]

export function drivesHandlers({ drives, jobs, settings }: Services): GroupHandlers<'drives'> {
  const folder = () => settings.get('targetFolder') ?? app.getPath('documents')
  return {
    list: () => drives.look(),
    addVirtual: async ({ how }, { window }) => {
      const path = await (how === 'create' ? newDiscPath : knownDiscPath)(window, folder())
      if (path === null) return null
      settings.set('targetFolder', dirname(path))
      if (how === 'create') makeEmptyFile(path)
      return drives.addVirtual(path)
    },
    forgetVirtual: ({ driveId }) => {
      drives.forgetVirtual(driveId)
      return null
    },
    eject: async ({ driveId }) => {
      const drive = drives.address(driveId)
      await drives.facts(driveId)
      const moved = await (await drives.adapter()).moveTray(drive, 'eject')
      await drives.look()
      if (!moved) throw notOpened()
      return null
    },
    erase: async ({ driveId, full }, { window }) => {
      const facts = await drives.facts(driveId)
      const medium = decideErase(facts)
      const isSure = await confirmed(window, {
        message: eraseQuestion(facts, medium.kind),
        detail: say(full ? 'shell.erase.detail-full' : 'shell.erase.detail', { state: stateText(medium) }),
        yes: say('shell.erase.yes'),
      })
      const request: EraseRequest = { drive: addressText(drives.address(driveId)), full }
      return isSure ? { jobId: jobs.add({ kind: 'erase', ...request }) } : null
    },
  }
}

async function newDiscPath(window: BrowserWindow, folder: string): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: say('shell.dialog.new-disc'),
    buttonLabel: say('shell.dialog.new-disc.button'),
    defaultPath: join(folder, 'Virtual.disc'),
    filters: discFiles(),
    properties: ['createDirectory'],
  })
  return canceled || !filePath ? null : filePath
}

async function knownDiscPath(window: BrowserWindow, folder: string): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: say('shell.dialog.known-disc'),
    buttonLabel: say('shell.dialog.known-disc.button'),
    defaultPath: folder,
    filters: discFiles(),
    properties: ['openFile'],
  })
  return canceled ? null : (filePaths[0] ?? null)
}

/** An empty file is a blank disc. One that is there already is never emptied, whatever the dialog was told. */
function makeEmptyFile(path: string): void {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.size !== 0) writeFileSync(path, '', { flag: 'wx' })
  } catch (error) {
    throw ioProblem(error, `The virtual disc ${path} could not be made.`, 'Nothing was changed.')
  }
}

function notOpened(): Problem {
  return new Problem({
    kind: 'io',
    code: 'tray-stays',
    message: 'The drive did not open.',
    kept: 'The disc is as it was.',
    advice: 'A program may be using the disc: close what shows its files, then try again.',
  })
}
