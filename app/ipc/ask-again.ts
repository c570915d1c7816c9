/** Before a job is done once more: nothing that is there by now is replaced without a word. */
import { existsSync, readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { type BrowserWindow, dialog } from 'electron'
import type { JobSpec } from '../../shared/job.ts'
import { say } from '../setup/speech.ts'
import { freshFolder } from '../state/planned-extractions.ts'

/** The job as it shall be done; null when somebody thought better of it. */
export async function askForAgain(spec: JobSpec, window: BrowserWindow): Promise<JobSpec | null> {
  if (spec.kind === 'extract' && isFull(spec.outFolder)) return askForFolder(spec, window)
  const isInTheWay = 'outPath' in spec && !('resume' in spec && spec.resume) && existsSync(spec.outPath)
  return isInTheWay ? askForFile(spec, window) : spec
}

type WritingSpec = Extract<JobSpec, { outPath: string }>

async function askForFile<S extends WritingSpec>(spec: S, window: BrowserWindow): Promise<S | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: say('shell.dialog.again'),
    buttonLabel: say('shell.dialog.again.button'),
    defaultPath: spec.outPath,
    filters: [{ name: say('shell.files.images'), extensions: ['iso'] }],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  })
  return canceled || !filePath ? null : { ...spec, outPath: filePath, overwrite: existsSync(filePath) }
}

const INTO_A_NEW_FOLDER = 0
const REPLACE = 1

async function askForFolder(spec: Extract<JobSpec, { kind: 'extract' }>, window: BrowserWindow): Promise<JobSpec | null> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: say('shell.dialog.again.full'),
    detail: `${spec.outFolder}\n\n${say('shell.dialog.again.full.detail')}`,
    buttons: [say('shell.dialog.again.new-folder'), say('shell.dialog.again.replace'), say('common.cancel')],
    defaultId: INTO_A_NEW_FOLDER,
    cancelId: 2,
  })
  if (response === INTO_A_NEW_FOLDER) return { ...spec, outFolder: freshFolder(dirname(spec.outFolder), spec.imagePath), overwrite: false }
  return response === REPLACE ? { ...spec, overwrite: true } : null
}

function isFull(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0
  } catch {
    return false // not there
  }
}
