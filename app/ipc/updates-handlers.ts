import { shell } from 'electron'
import { Problem } from '../../shared/problem.ts'
import type { Services } from '../state/services.ts'
import type { GroupHandlers } from './asker.ts'

/** The address is main's own: it came with the announcement and was checked there. */
async function openInBrowser(page: string): Promise<void> {
  try {
    await shell.openExternal(page)
  } catch (error) {
    throw new Problem({
      kind: 'io',
      code: 'no-browser',
      message: 'The system opened no browser.',
      advice: `The page is ${page}.`,
      technical: String(error),
    })
  }
}

export function updatesHandlers({ updates }: Services): GroupHandlers<'updates'> {
  return {
    look: () => updates.look(),
    openPage: async () => {
      if (updates.page !== null) await openInBrowser(updates.page)
      updates.passOver()
      return null
    },
    passOver: () => {
      updates.passOver()
      return null
    },
  }
}
