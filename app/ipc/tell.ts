/** News for the window. */
import { BrowserWindow } from 'electron'
import type { Ipc, IpcGroup, TellPayload } from '../../shared/ipc.ts'

type TellName<G extends IpcGroup> = {
  [C in keyof Ipc[G]]: Ipc[G][C] extends { kind: 'tell' } ? C : never
}[keyof Ipc[G]] &
  string

/** Sends news to every window; what a page is told before it listens is kept by its preload. */
export function tell<G extends IpcGroup, C extends TellName<G>>(group: G, name: C, payload: TellPayload<G, C>): void {
  for (const window of BrowserWindow.getAllWindows()) if (!window.isDestroyed()) window.webContents.send(`${group}.${name}`, payload)
}
