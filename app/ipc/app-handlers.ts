import { app } from 'electron'
import type { GroupHandlers } from './asker.ts'

export const appHandlers: GroupHandlers<'app'> = {
  facts: () => ({
    version: ISOMER_VERSION,
    electron: process.versions.electron ?? '',
    platform: process.platform,
    packaged: app.isPackaged,
  }),
}
