/** Looks for new versions where that is wanted: once the window is there, and daily however long the app runs. */
import type { BrowserWindow } from 'electron'
import type { Updates } from '../state/updates.ts'

/** How often it is seen whether a day has passed; a computer that slept is not late by a day. */
const ROUND_MS = 3_600_000
/** The window comes first. */
const READY_AFTER_MS = 1000

export function setupUpdates(window: BrowserWindow, updates: Updates): void {
  window.once('show', () => setTimeout(() => void updates.lookWhenDue(), READY_AFTER_MS))
  setInterval(() => void updates.lookWhenDue(), ROUND_MS)
}
