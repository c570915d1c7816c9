/** Questions that must not be answered by the page: the system's own dialog asks, and nothing is the default but leaving it. */
import { type BrowserWindow, dialog } from 'electron'
import { say } from '../setup/speech.ts'

const LEAVE = 0
const DO = 1

export interface Confirmation {
  /** The question, naming what it is about. */
  readonly message: string
  /** What is lost. */
  readonly detail: string
  /** What the button does that says yes. */
  readonly yes: string
  readonly no?: string
}

export async function confirmed(
  window: BrowserWindow,
  { message, detail, yes, no = say('common.cancel') }: Confirmation,
): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message,
    detail,
    buttons: [no, yes],
    defaultId: LEAVE,
    cancelId: LEAVE,
    noLink: true,
  })
  return response === DO
}
