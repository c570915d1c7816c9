import { app } from 'electron'
import type { Services } from '../state/services.ts'
import type { GroupHandlers } from './asker.ts'

export function appHandlers({ startProblems, updates }: Services): GroupHandlers<'app'> {
  return {
    facts: () => ({
      version: ISOMER_VERSION,
      electron: process.versions.electron ?? '',
      platform: process.platform,
      packaged: app.isPackaged,
      updateHost: updates.host,
    }),
    startProblems: () => startProblems.splice(0),
  }
}
