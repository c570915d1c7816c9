/** Who may ask main anything: the main frame of a window we made, showing our own pages. */
import type { IpcMainInvokeEvent, WebContents } from 'electron'
import { isOurUrl } from '../setup/origin.ts'

const trustedIds = new Set<number>()

/** Admits the page of a window to the handlers for as long as it lives. */
export function trustSender(contents: WebContents): void {
  const { id } = contents
  trustedIds.add(id)
  contents.once('destroyed', () => trustedIds.delete(id))
}

export function isTrustedSender({ sender, senderFrame }: IpcMainInvokeEvent): boolean {
  return trustedIds.has(sender.id) && senderFrame !== null && senderFrame.parent === null && isOurUrl(senderFrame.url)
}
