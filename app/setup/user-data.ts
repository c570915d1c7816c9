/** Where settings live. Tests of the unpackaged app give a folder of their own; a packaged app takes `--user-data-dir` only. */
import { app } from 'electron'

export function setupUserData(): void {
  const folder = process.env['ISOMER_USER_DATA']
  if (folder && !app.isPackaged) app.setPath('userData', folder)
}
