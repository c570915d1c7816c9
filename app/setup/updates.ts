/** Looks for new versions where that is wanted: once the window is there, and daily however long the app runs. */
import type { BrowserWindow } from 'electron'
import type { Updates } from '../state/updates.ts'
import { afterWindow } from './after-window.ts'

/** How often it is seen whether a day has passed; a computer that slept is not late by a day. */
const ROUND_MS = 3_600_000

export function setupUpdates(window: BrowserWindow, updates: Updates): void {
  afterWindow(window, () => void updates.lookWhenDue())
  setInterval(() => void updates.lookWhenDue(), ROUND_MS)
}
