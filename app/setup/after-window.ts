/** Work that can wait: the window comes first. */
import type { BrowserWindow } from 'electron'

const REST_MS = 1000

/** Does it once the window has been there for a moment. */
export function afterWindow(window: BrowserWindow, act: () => void): void {
  window.once('show', () => setTimeout(act, REST_MS))
}
