/** From looking at an image to editing it: in the folder and with the entries that are shown. */
import { MAX_ITEMS_PER_MESSAGE } from '../../../../shared/limits.ts'
import { type ImageSession, joined } from '../../../stores/browse-session.ts'
import { parentFolder } from '../../../stores/draft-rows.ts'
import { answerOf } from '../../../stores/notices.ts'
import { chosenRows } from '../extracting.ts'
import { type EditAction, runEdit } from './edit-actions.ts'

/** Only the best tree is edited, for all others follow it. */
export const showsEditedTree = ({ image, store }: ImageSession): boolean => store.getState().view === image.views[0]?.kind

/** Shows the image's tree as one that can be changed. */
export async function beginEdit(session: ImageSession, action: EditAction | null = null): Promise<void> {
  const { crumbs, searchText } = session.store.getState()
  const selected = showsEditedTree(session) ? await selectedPaths(session) : []
  const shown = crumbs.slice(1).reduce((path, { name }) => joined(path, name), '/')
  const isFound = searchText !== '' && selected[0] !== undefined
  const folder = isFound ? parentFolder(selected[0] ?? '/') : showsEditedTree(session) ? shown : '/'
  session.setTab('files')
  if (!(await session.edit.begin(folder))) return
  await session.edit.show(folder, selected)
  if (action === 'remove') await session.edit.remove(selected)
  else if (action !== null) await runEdit(action, session.edit)
}

async function selectedPaths(session: ImageSession): Promise<readonly string[]> {
  const chosen = chosenRows(session)
  if (chosen === null) return []
  return (await answerOf(window.isomer.browse.paths({ imageId: session.image.imageId, ...chosen, limit: MAX_ITEMS_PER_MESSAGE }))) ?? []
}
