/** What can be done with the selected entries, by key or menu. */
import { singleRow } from '../../../design/list/row-ranges.ts'
import { type ImageSession, joined } from '../../../stores/browse-session.ts'
import { answerOf } from '../../../stores/notices.ts'
import { say } from '../../../words/say.ts'
import { chordText, isChord } from '../../frame/shortcuts.ts'
import { beginEdit, showsEditedTree } from '../edit/begin-edit.ts'
import { chosenRows, extract } from '../extracting.ts'

export type EntryAction = 'open' | 'preview' | 'extract' | 'copy-path' | 'copy-hash' | 'show-folder' | 'show-map' | 'rename' | 'remove'

export function entryShortcut(action: EntryAction): string | undefined {
  switch (action) {
    case 'open':
      return say('common.key.enter')
    case 'preview':
      return say('common.key.space')
    case 'extract':
      return chordText({ key: 'e' })
    case 'copy-path':
      return chordText({ key: 'c' })
    case 'rename':
      return 'F2'
    case 'remove':
      return say('common.key.delete')
    case 'copy-hash':
    case 'show-folder':
    case 'show-map':
      return undefined
  }
}

/** Paths copied at once; a clipboard with more is of no use. */
const MAX_COPIED = 10_000

/** The action that a key in the list asks for. */
export function entryActionFor(event: Parameters<typeof isChord>[0]): EntryAction | null {
  if (event.key === ' ') return 'preview'
  if (event.key === 'F2') return 'rename'
  if (event.key === 'Delete') return 'remove'
  if (isChord(event, { key: 'e' })) return 'extract'
  if (isChord(event, { key: 'c' })) return 'copy-path'
  return null
}

/** Which of them make sense now. */
export function availableActions(session: ImageSession): Set<EntryAction> {
  const { selection, pages, searchText } = session.store.getState()
  const row = singleRow(selection)
  const item = row < 0 ? undefined : pages.row(row)
  const available = new Set<EntryAction>(selection.ranges.length === 0 ? [] : ['extract', 'copy-path'])
  if (selection.ranges.length > 0 && showsEditedTree(session)) available.add('remove')
  if (!item) return available
  available.add('open')
  if (showsEditedTree(session)) available.add('rename')
  if (item.type === 'file') available.add('preview').add('copy-hash')
  if (item.lba !== null) available.add('show-map')
  if (searchText !== '') available.add('show-folder')
  return available
}

export async function runEntryAction(action: EntryAction, session: ImageSession): Promise<void> {
  if (action === 'rename' || action === 'remove') {
    if (availableActions(session).has(action)) await beginEdit(session, action)
    return
  }
  const { selection, pages, isPreviewShown, view } = session.store.getState()
  const { imageId } = session.image
  const row = singleRow(selection)
  const item = row < 0 ? undefined : pages.row(row)
  switch (action) {
    case 'preview':
      return session.showPreview(!isPreviewShown)
    case 'extract':
      return extract(session, 'selected')
    case 'copy-path': {
      const chosen = chosenRows(session)
      const paths = chosen && (await answerOf(window.isomer.browse.paths({ imageId, ...chosen, limit: MAX_COPIED })))
      if (paths) await copy(paths.join('\n'))
      return
    }
    case 'open':
      return session.openRow(row)
    case 'copy-hash': {
      const hash = item && (await answerOf(window.isomer.browse.digest({ imageId, view, entry: item.entry })))
      if (hash) await copy(hash)
      return
    }
    case 'show-folder':
      if (item) await session.goToPath(joined(item.folder, item.name))
      return
    case 'show-map':
      if (item?.lba !== null && item !== undefined) session.showOnMap(item.lba)
  }
}

async function copy(text: string): Promise<void> {
  await answerOf(window.isomer.clipboard.writeText({ text }))
}
