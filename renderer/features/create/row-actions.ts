/** What can be done with the selected rows, by key, menu or toolbar. */
import { cutPaths, movePaths, newFolder, removePaths, startRenaming, targetFolder, useStaging } from '../../stores/staging.ts'
import { chordText, isChord } from '../frame/shortcuts.ts'

export type RowAction = 'rename' | 'new-folder' | 'cut' | 'paste' | 'copy' | 'remove'

export const rowActionWords: Readonly<Record<RowAction, { title: string; shortcut: string }>> = {
  rename: { title: 'Rename', shortcut: 'F2' },
  'new-folder': { title: 'New folder', shortcut: chordText({ key: 'n', shift: true }) },
  cut: { title: 'Cut, to move it', shortcut: chordText({ key: 'x' }) },
  paste: { title: 'Paste here', shortcut: chordText({ key: 'v' }) },
  copy: { title: 'Copy paths', shortcut: chordText({ key: 'c' }) },
  remove: { title: 'Take out of the image', shortcut: 'Del' },
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
