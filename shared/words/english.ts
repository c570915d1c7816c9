/** Every message of the window in English: the catalogue that all others translate. A key begins with its file's name. */
import browse from './messages/en/browse.json'
import common from './messages/en/common.json'
import create from './messages/en/create.json'
import drives from './messages/en/drives.json'
import edit from './messages/en/edit.json'
import frame from './messages/en/frame.json'
import home from './messages/en/home.json'
import jobs from './messages/en/jobs.json'
import mounts from './messages/en/mounts.json'
import settings from './messages/en/settings.json'
import shell from './messages/en/shell.json'
import verify from './messages/en/verify.json'

export const english = {
  ...browse,
  ...common,
  ...create,
  ...drives,
  ...edit,
  ...frame,
  ...home,
  ...jobs,
  ...mounts,
  ...settings,
  ...shell,
  ...verify,
}
export type MessageKey = keyof typeof english
export type Catalogue = Readonly<Record<MessageKey, string>>
