/** What a key does in a tree, apart from what the tree is for. */
import type { FlatRow, FlatRows, TreeItem } from './flat-rows.ts'
import type { SelectMode } from './selection.ts'

export interface KeyPress {
  readonly key: string
  readonly isShift: boolean
  readonly isCtrl: boolean
}

export type TreeKeyAction =
  | { readonly do: 'go'; readonly path: string; readonly mode: SelectMode }
  | { readonly do: 'expand' | 'collapse'; readonly path: string }
  | { readonly do: 'select-all' }

function destination(key: string, current: number, count: number, pageRows: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return current + 1
    case 'ArrowUp':
      return current < 0 ? count - 1 : current - 1
    case 'PageDown':
      return current + pageRows
    case 'PageUp':
      return current - pageRows
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}

function go(path: string | undefined, press: KeyPress): TreeKeyAction | null {
  if (path === undefined) return null
  return { do: 'go', path, mode: press.isShift ? 'extend' : press.isCtrl ? 'look' : 'replace' }
}

/** Right opens a folder and then enters it; left closes it and then leaves it. */
function sideways<T extends TreeItem>(press: KeyPress, row: FlatRow<T>, index: number, { rows }: FlatRows<T>): TreeKeyAction | null {
  const { path } = row.item
  if (press.key === 'ArrowRight') {
    if (row.isExpanded === false) return { do: 'expand', path }
    const next = rows[index + 1]
    return row.isExpanded && next && next.level > row.level ? { do: 'go', path: next.item.path, mode: 'replace' } : null
  }
  if (row.isExpanded) return { do: 'collapse', path }
  for (let above = index - 1; above >= 0; above--) {
    const candidate = rows[above]
    if (candidate && candidate.level < row.level) return { do: 'go', path: candidate.item.path, mode: 'replace' }
  }
  return null
}

/** What the key asks for, null when the tree has no use for it. `pageRows` is how many rows are seen at once. */
export function treeKeyAction<T extends TreeItem>(
  press: KeyPress,
  flat: FlatRows<T>,
  focus: string | null,
  pageRows: number,
): TreeKeyAction | null {
  const index = focus === null ? -1 : (flat.indexOf.get(focus) ?? -1)
  const row = flat.rows[index]
  if (press.isCtrl && press.key.toLowerCase() === 'a') return { do: 'select-all' }
  if (press.key === ' ' && row) return { do: 'go', path: row.item.path, mode: press.isShift ? 'extend' : 'toggle' }
  if (press.key === 'Enter' && row && row.isExpanded !== null) return { do: row.isExpanded ? 'collapse' : 'expand', path: row.item.path }
  if (press.key === 'ArrowRight' || press.key === 'ArrowLeft') return row ? sideways(press, row, index, flat) : null
  const to = destination(press.key, index, flat.rows.length, pageRows)
  if (to === null) return null
  return go(flat.rows[Math.min(flat.rows.length - 1, Math.max(0, to))]?.item.path, press)
}
