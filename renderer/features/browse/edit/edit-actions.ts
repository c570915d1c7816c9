/** What can be done with the selected entries of an image that is edited, by key, menu or toolbar. */
import type { EditSession } from '../../../stores/edit-session.ts'
import { answerOf } from '../../../stores/notices.ts'
import { say } from '../../../words/say.ts'
import { actionShortcut, type RowAction, rowActionFor } from '../../create/row-actions.ts'

export type EditAction = RowAction | 'open' | 'put-back'

export const editTitle = (action: EditAction): string => (action === 'new-folder' ? say('common.new-folder') : say(`edit.action.${action}`))

export function editShortcut(action: EditAction): string | undefined {
  if (action === 'open') return say('common.key.enter')
  return action === 'put-back' ? undefined : actionShortcut(action)
}

/** The action that a key in the list asks for; as in a tree that is put together, but that Backspace leads upwards. */
export const editActionFor = (event: Parameters<typeof rowActionFor>[0]): EditAction | null =>
  event.key === 'Backspace' ? null : rowActionFor(event)

/** Which of them make sense now. */
export function availableEdits(edit: EditSession): Set<EditAction> {
  const { cut, rows, selection } = edit.store.getState()
  const { chosen } = edit
  const available = new Set<EditAction>(['new-folder'])
  if (cut.length > 0) available.add('paste')
  if (chosen.length > 0) available.add('cut').add('copy').add('remove')
  if (chosen.length === 1) available.add('rename')
  if (chosen.length === 1 && chosen[0]?.type === 'directory') available.add('open')
  const focused = rows[selection.focus]
  if (chosen.length === 0 && focused?.state === 'removed' && edit.removalOf(focused.path) >= 0) available.add('put-back')
  return available
}

export async function runEdit(action: EditAction, edit: EditSession): Promise<void> {
  if (!availableEdits(edit).has(action)) return
  const { rows, selection } = edit.store.getState()
  const paths = edit.chosen.map(({ path }) => path)
  switch (action) {
    case 'open':
      return edit.openRow(selection.focus)
    case 'rename':
      return edit.startRenaming(paths[0] ?? null)
    case 'new-folder':
      return edit.newFolder()
    case 'cut':
      return edit.cut(paths)
    case 'paste':
      return edit.paste()
    case 'copy':
      await answerOf(window.isomer.clipboard.writeText({ text: paths.join('\n') }))
      return
    case 'remove':
      return edit.remove(paths)
    case 'put-back':
      return edit.putBack(rows[selection.focus]?.path ?? '')
  }
}

/** Shows the system's dialog and adds what was chosen to the folder that is shown. */
export async function pickToAdd(what: 'files' | 'folder', edit: EditSession): Promise<void> {
  const sources = (await answerOf(window.isomer.sources.pick({ what }))) ?? []
  if (sources.length === 0) return
  await edit.add(
    sources.map(({ token }) => token),
    edit.store.getState().folder,
  )
}
