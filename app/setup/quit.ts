/** Leaving while jobs are at work asks first; the choice that loses nothing is the default. */
import { app, BrowserWindow, dialog, type MessageBoxOptions } from 'electron'
import { formatCount } from '../../shared/format.ts'
import type { Services } from '../state/services.ts'
import { lossByQuitting } from './stop-words.ts'

const KEEP_WORKING = 0
const STOP_AND_QUIT = 1

async function mayStop(jobs: Services['jobs']): Promise<boolean> {
  const active = jobs.list().filter(({ endedAtMs }) => endedAtMs === null)
  const what = active.length === 1 ? `“${active[0]?.title}” is` : `${formatCount(active.length, 'job', 'jobs')} are`
  const question: MessageBoxOptions = {
    type: 'warning',
    message: `${what} not finished.`,
    detail: lossByQuitting(active),
    buttons: ['Keep Working', active.length === 1 ? 'Stop the Job and Quit' : 'Stop the Jobs and Quit'],
    defaultId: KEEP_WORKING,
    cancelId: KEEP_WORKING,
  }
  const window = BrowserWindow.getAllWindows()[0]
  const { response } = await (window ? dialog.showMessageBox(window, question) : dialog.showMessageBox(question))
  return response === STOP_AND_QUIT
}

/** Must run before the window is opened. On macOS closing the window leaves the app and its jobs at work. */
export function setupQuit({ jobs, workbench, reader, images, draggedFiles, drives }: Services): void {
  let asking = false
  const askFirst = async () => {
    if (asking) return
    asking = true
    if (await mayStop(jobs)) {
      await jobs.cancelAll()
      app.quit()
    }
    asking = false
  }
  const hold = (event: { preventDefault(): void }) => {
    if (!jobs.isBusy) return
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
