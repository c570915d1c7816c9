/** What can be done with the selected rows, by key, menu or toolbar. */
import { cutPaths, movePaths, newFolder, removePaths, startRenaming, targetFolder, useStaging } from '../../stores/staging.ts'
import { say } from '../../words/say.ts'
import { chordText, isChord } from '../frame/shortcuts.ts'

export type RowAction = 'rename' | 'new-folder' | 'cut' | 'paste' | 'copy' | 'remove'

export const actionTitle = (action: RowAction): string => (action === 'new-folder' ? say('common.new-folder') : say(`create.row.${action}`))

export function actionShortcut(action: RowAction): string {
  switch (action) {
    case 'rename':
      return 'F2'
    case 'new-folder':
      return chordText({ key: 'n', shift: true })
    case 'cut':
      return chordText({ key: 'x' })
    case 'paste':
      return chordText({ key: 'v' })
    case 'copy':
      return chordText({ key: 'c' })
    case 'remove':
      return say('common.key.delete')
  }
}

/** The action that a key in the tree asks for. */
export function rowActionFor(event: Parameters<typeof isChord>[0]): RowAction | null {
  if (event.key === 'F2') return 'rename'
  if (event.key === 'Delete' || event.key === 'Backspace') return 'remove'
  if (isChord(event, { key: 'x' })) return 'cut'
  if (isChord(event, { key: 'v' })) return 'paste'
  if (isChord(event, { key: 'c' })) return 'copy'
  return null
}

interface Situation {
  readonly selectedCount: number
  readonly cutCount: number
}

export function isActionAvailable(action: RowAction, { selectedCount, cutCount }: Situation): boolean {
  switch (action) {
    case 'new-folder':
      return true
    case 'paste':
      return cutCount > 0
    case 'rename':
      return selectedCount === 1
    default:
      return selectedCount > 0
  }
}

/** Carries the action out on what is selected. Copying is left to who shows the tree. */
export async function runRowAction(action: Exclude<RowAction, 'copy'>): Promise<void> {
  const { selection, cut } = useStaging.getState()
  const { selected } = selection
  if (!isActionAvailable(action, { selectedCount: selected.size, cutCount: cut.length })) return
  switch (action) {
    case 'rename':
      return startRenaming([...selected][0] ?? null)
    case 'new-folder':
      return newFolder(targetFolder())
    case 'cut':
      return cutPaths(selected)
    case 'paste':
      return movePaths(cut, targetFolder())
    case 'remove':
      return removePaths(selected)
  }
}
