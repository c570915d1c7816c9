/** What a key does in the tree of folders. */
import type { FolderRow } from './flat-folders.ts'

export interface FolderKeyAction {
  /** `look`: the keyboard goes there. `go`: the folder is shown. */
  readonly do: 'look' | 'go' | 'open' | 'close'
  readonly row: number
}

/** Null when the tree has no use for the key. Right opens a folder and then enters it; left closes it and then leaves it. */
export function folderKeyAction(key: string, rows: readonly FolderRow[], focus: number): FolderKeyAction | null {
  const look = (row: number): FolderKeyAction => ({ do: 'look', row: Math.max(0, Math.min(rows.length - 1, row)) })
  const row = rows[focus]
  switch (key) {
    case 'ArrowDown':
      return look(focus + 1)
    case 'ArrowUp':
      return look(focus - 1)
    case 'Home':
      return look(0)
    case 'End':
      return look(rows.length - 1)
    case 'Enter':
    case ' ':
      return row ? { do: 'go', row: focus } : null
    case 'ArrowRight':
      if (row?.isOpen === false) return { do: 'open', row: focus }
      return row?.isOpen && rows[focus + 1]?.level === row.level + 1 ? look(focus + 1) : null
    case 'ArrowLeft': {
      if (row?.isOpen && row.level > 1) return { do: 'close', row: focus }
      const parent = rows.findLastIndex(({ level }, index) => index < focus && row !== undefined && level < row.level)
      return parent < 0 ? null : look(parent)
    }
    default:
      return null
  }
}
