/** Leaving while jobs are at work or changes are not saved asks first; the choice that loses nothing is the default. */
import { app, BrowserWindow, dialog, type MessageBoxOptions } from 'electron'
import type { Services } from '../state/services.ts'
import { fromEngine, say } from './speech.ts'
import { lossesByQuitting } from './stop-words.ts'

const STAY = 0
const LEAVE = 1

interface Question {
  readonly message: string
  readonly detail: string
  readonly stay: string
  readonly leave: string
}

async function isLeaveWanted({ message, detail, stay, leave }: Question): Promise<boolean> {
  const box: MessageBoxOptions = { type: 'warning', message, detail, buttons: [stay, leave], defaultId: STAY, cancelId: STAY }
  const window = BrowserWindow.getAllWindows()[0]
  const { response } = await (window ? dialog.showMessageBox(window, box) : dialog.showMessageBox(box))
  return response === LEAVE
}

function aboutJobs(jobs: Services['jobs']): Question {
  const active = jobs.list().filter(({ endedAtMs }) => endedAtMs === null)
  const [only] = active
  const count = active.length
  return {
    message: count === 1 && only ? say('shell.quit.job', { title: fromEngine(only.title) }) : say('shell.quit.jobs', { count }),
    detail: lossesByQuitting(active)
      .map((loss) => say(loss))
      .join('\n\n'),
    stay: say('shell.quit.jobs.stay'),
    leave: say('shell.quit.jobs.leave', { count }),
  }
}

function aboutEdits(names: readonly string[]): Question {
  const [name] = names
  const count = names.length
  return {
    message: count === 1 && name !== undefined ? say('shell.quit.edit', { name }) : say('shell.quit.edits', { count }),
    detail: say('shell.quit.edits.detail'),
    stay: say('shell.quit.edits.stay'),
    leave: say('shell.quit.edits.leave'),
  }
}

/** Must run before the window is opened. On macOS closing the window leaves the app and its jobs at work. */
export function setupQuit({ jobs, edits, workbench, reader, images, draggedFiles, drives }: Services): void {
  let asking = false
  let mayForgetEdits = false
  const askFirst = async () => {
    if (asking) return
    asking = true
    const unsaved = edits.unsaved()
    if (unsaved.length > 0 && !mayForgetEdits) mayForgetEdits = await isLeaveWanted(aboutEdits(unsaved))
    const mayGo = (unsaved.length === 0 || mayForgetEdits) && (!jobs.isBusy || (await isLeaveWanted(aboutJobs(jobs))))
    if (mayGo) {
      await jobs.cancelAll()
      app.quit()
    } else mayForgetEdits = false
    asking = false
  }
  const hold = (event: { preventDefault(): void }) => {
    if (!jobs.isBusy && (mayForgetEdits || edits.unsaved().length === 0)) return
    event.preventDefault()
    void askFirst()
  }
  if (process.platform !== 'darwin') app.on('browser-window-created', (_event, window) => window.on('close', hold))
  app.on('before-quit', hold)
  app.once('will-quit', () => {
    workbench.stop()
    reader.stop()
    drives.stop()
    images.closeAll()
    draggedFiles.clear()
  })
}
