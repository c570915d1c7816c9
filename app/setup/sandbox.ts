/** Every page runs in Chromium's sandbox. Root can't have one on Linux; anybody else has to say so twice. */
import { app, dialog } from 'electron'

/** Must run before Electron is ready. Gives false when the app must not start. */
export function setupSandbox(): boolean {
  if (!app.commandLine.hasSwitch('no-sandbox')) {
    app.enableSandbox()
    return true
  }
  console.error('Isomer runs without Chromium’s sandbox.')
  const knowing = !app.isPackaged || process.getuid?.() === 0 || process.env['ISOMER_ALLOW_NO_SANDBOX'] === '1'
  if (!knowing)
    dialog.showErrorBox(
      'Isomer did not start',
      'It was started with --no-sandbox, which takes away a protection. Start it without, or set ISOMER_ALLOW_NO_SANDBOX=1 if you mean it.',
    )
  return knowing
}
