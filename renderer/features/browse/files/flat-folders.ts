/** The open part of a tree of folders as the flat list of rows that are to be seen. */
import type { BrowsedFolder } from '../../../../shared/browse.ts'
import type { Crumb } from '../../../stores/browse-session.ts'

export interface FolderRow {
  readonly folder: Pick<BrowsedFolder, 'entry' | 'name'>
  /** From 1. */
  readonly level: number
  readonly position: number
  readonly siblingCount: number
  /** Null for a folder without folders. */
  readonly isOpen: boolean | null
  /** From the root down to it. */
  readonly lineage: readonly Crumb[]
}

const ROOT: Crumb = { entry: 0, name: '' }

export function flatFolders(foldersOf: ReadonlyMap<number, readonly BrowsedFolder[]>, openFolders: ReadonlySet<number>): FolderRow[] {
  const rows: FolderRow[] = []
  const add = (folder: Crumb, mayHaveFolders: boolean, above: readonly Crumb[], position: number, siblingCount: number) => {
    const known = foldersOf.get(folder.entry)
    const isOpen = mayHaveFolders && known?.length !== 0 ? openFolders.has(folder.entry) : null
    const lineage = [...above, folder]
    rows.push({ folder, level: lineage.length, position, siblingCount, isOpen, lineage })
    if (!isOpen || !known) return
    known.forEach(({ entry, name, hasFolders }, index) => {
      add({ entry, name }, hasFolders !== false, lineage, index + 1, known.length)
    })
  }
  add(ROOT, true, [], 1, 1)
  return rows
}
