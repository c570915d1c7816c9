import type { BrowserWindow } from 'electron'
import type { IpcGroup, IpcHandlers } from '../../shared/ipc.ts'

/** Who asked. */
export interface Asker {
  readonly window: BrowserWindow
}

/** The handlers of one group of the table. */
export type GroupHandlers<G extends IpcGroup> = IpcHandlers<Asker>[G]
