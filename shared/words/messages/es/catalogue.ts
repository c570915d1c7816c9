/** Every message of the window in Spanish. */
import browse from './browse.json'
import common from './common.json'
import create from './create.json'
import drives from './drives.json'
import edit from './edit.json'
import frame from './frame.json'
import home from './home.json'
import jobs from './jobs.json'
import mounts from './mounts.json'
import settings from './settings.json'
import shell from './shell.json'
import verify from './verify.json'

export const spanish = {
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
