import { clipboard } from 'electron'
import type { GroupHandlers } from './asker.ts'

export const clipboardHandlers: GroupHandlers<'clipboard'> = {
  writeText: ({ text }) => {
    clipboard.writeText(text)
    return null
  },
}
