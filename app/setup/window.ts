import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import { trustSender } from '../ipc/trusted-sender.ts'
import type { Settings } from '../state/settings.ts'
import { startUrl } from './origin.ts'
import { MINIMUM_SIZE, rememberBounds, startBounds } from './window-bounds.ts'

/** The page's own background, so that nothing flashes before it is drawn. */
const BACKGROUND = { light: '#f6f6f9', dark: '#15151b' }
/** A page that dies again within this time isn't loaded once more. */
const RELOAD_PAUSE_MS = 10_000

/** A page that died is loaded again: jobs and the arranged image live in other processes and are still there. */
function reloadAfterCrash(window: BrowserWindow): void {
  let lastMs = Number.NEGATIVE_INFINITY
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    console.error(`the page ended: ${reason}`)
    if (reason === 'clean-exit' || performance.now() - lastMs < RELOAD_PAUSE_MS) return
    lastMs = performance.now()
    window.webContents.reload()
  })
}

/** Opens the window where it was the last time. */
export function openWindow(settings: Settings): BrowserWindow {
  const remembered = settings.get('window')
  const areas = screen.getAllDisplays().map((display) => display.workArea)
  const window = new BrowserWindow({
    ...startBounds(remembered, areas),
    minWidth: MINIMUM_SIZE.width,
    minHeight: MINIMUM_SIZE.height,
    title: 'Isomer',
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: join(app.getAppPath(), 'dist/preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  })
  trustSender(window.webContents)
  rememberBounds(window, settings)
  reloadAfterCrash(window)
  if (remembered?.maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  void window.loadURL(startUrl())
  return window
}

/** The one window, brought to the front. */
export function showWindow(): BrowserWindow | undefined {
  const window = BrowserWindow.getAllWindows()[0]
  if (window?.isMinimized()) window.restore()
  window?.show()
  window?.focus()
  return window
}
