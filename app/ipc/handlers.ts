/** All handlers together, and the one place where they meet Electron's ipcMain. */
import { BrowserWindow, ipcMain } from 'electron'
import type { Services } from '../state/services.ts'
import { appHandlers } from './app-handlers.ts'
import type { Asker } from './asker.ts'
import { bindHandlers } from './bind.ts'
import { browseHandlers } from './browse-handlers.ts'
import { burnHandlers } from './burn-handlers.ts'
import { clipboardHandlers } from './clipboard-handlers.ts'
import { convertHandlers } from './convert-handlers.ts'
import { createHandlers } from './create-handlers.ts'
import { drivesHandlers } from './drives-handlers.ts'
import { editHandlers } from './edit-handlers.ts'
import { flashHandlers } from './flash-handlers.ts'
import { jobsHandlers } from './jobs-handlers.ts'
import { mountsHandlers } from './mounts-handlers.ts'
import { projectHandlers } from './project-handlers.ts'
import { ripHandlers } from './rip-handlers.ts'
import { settingsHandlers } from './settings-handlers.ts'
import { sourcesHandlers } from './sources-handlers.ts'
import { stagingHandlers } from './staging-handlers.ts'
import { isTrustedSender } from './trusted-sender.ts'
import { updatesHandlers } from './updates-handlers.ts'
import { verifyHandlers } from './verify-handlers.ts'

export function setupHandlers(services: Services): void {
  bindHandlers<Asker>(
    ipcMain,
    {
      app: appHandlers(services),
      sources: sourcesHandlers(services),
      staging: stagingHandlers(services),
      project: projectHandlers(services),
      create: createHandlers(services),
      browse: browseHandlers(services),
      edit: editHandlers(services),
      convert: convertHandlers(services),
      verify: verifyHandlers(services),
      mounts: mountsHandlers(services),
      drives: drivesHandlers(services),
      rip: ripHandlers(services),
      burn: burnHandlers(services),
      flash: flashHandlers(services),
      jobs: jobsHandlers(services),
      settings: settingsHandlers(services),
      updates: updatesHandlers(services),
      clipboard: clipboardHandlers,
    },
    (event) => {
      const window = isTrustedSender(event) ? BrowserWindow.fromWebContents(event.sender) : null
      return window && { window }
    },
  )
}
