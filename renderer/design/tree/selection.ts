/** Which rows of a tree are selected, and how clicks and keys change that. */
import { isWithin, parentPath } from './flat-rows.ts'

export interface TreeSelection {
  readonly selected: ReadonlySet<string>
  /** Where the keyboard is. */
  readonly focus: string | null
  /** The fixed end of a range. */
  readonly anchor: string | null
}

/** `replace`: only this row. `extend`: from the anchor to it. `toggle`: it in or out. `look`: go there, select nothing. */
export type SelectMode = 'replace' | 'extend' | 'toggle' | 'look'

/** The visible rows in their order, as far as selecting needs them. */
export interface RowOrder {
  readonly rows: readonly { readonly item: { readonly path: string } }[]
  readonly indexOf: ReadonlyMap<string, number>
}

export const nothingSelected: TreeSelection = { selected: new Set(), focus: null, anchor: null }

function range(order: RowOrder, from: string, to: string): Set<string> {
  const ends = [order.indexOf.get(from) ?? 0, order.indexOf.get(to) ?? 0]
  const slice = order.rows.slice(Math.min(...ends), Math.max(...ends) + 1)
  return new Set(slice.map((row) => row.item.path))
}

export function select(selection: TreeSelection, path: string, mode: SelectMode, order: RowOrder): TreeSelection {
  switch (mode) {
    case 'replace':
      return { selected: new Set([path]), focus: path, anchor: path }
    case 'look':
      return { ...selection, focus: path }
    case 'toggle': {
      const selected = new Set(selection.selected)
      if (!selected.delete(path)) selected.add(path)
      return { selected, focus: path, anchor: path }
    }
    case 'extend': {
      const anchor = selection.anchor ?? path
      return { selected: range(order, anchor, path), focus: path, anchor }
    }
  }
}

export function selectAll(selection: TreeSelection, order: RowOrder): TreeSelection {
  return {
    selected: new Set(order.rows.map((row) => row.item.path)),
    focus: selection.focus ?? order.rows[0]?.item.path ?? null,
    anchor: selection.anchor,
  }
}

/**
 * The selection after rows came or went: what is gone is no longer selected, and the keyboard goes to the row that
 * took the place of the one it was on.
 */
export function keepSelection(selection: TreeSelection, before: RowOrder, after: RowOrder): TreeSelection {
  const known = (path: string | null) => path !== null && after.indexOf.has(path)
  if (known(selection.focus) && [...selection.selected].every(known)) return selection
  const selected = new Set([...selection.selected].filter(known))
  if (known(selection.focus)) return { ...selection, selected }
  const focus = selection.focus === null ? null : successor(selection.focus, before, after)
  if (selected.size === 0 && focus !== null) selected.add(focus)
  return { selected, focus, anchor: focus }
}

/** The next row in the same folder, else the nearest one above. */
function successor(gone: string, before: RowOrder, after: RowOrder): string | null {
  const parent = parentPath(gone)
  const from = before.indexOf.get(gone) ?? 0
  const survivor = (index: number) => {
    const path = before.rows[index]?.item.path
    return path !== undefined && after.indexOf.has(path) ? path : null
  }
  for (let index = from + 1; index < before.rows.length; index++) {
    const path = survivor(index)
    if (path === null) continue
    if (isWithin(path, parent)) return path
    break
  }
  for (let index = from - 1; index >= 0; index--) {
    const path = survivor(index)
    if (path !== null) return path
  }
  return after.rows[0]?.item.path ?? null
}

/** The paths without those that lie below another one of them. */
export function topmost(paths: Iterable<string>): string[] {
  const all = new Set(paths)
  const hasAncestor = (path: string) => {
    for (let above = parentPath(path); above !== '/'; above = parentPath(above)) if (all.has(above)) return true
    return false
  }
  return [...all].filter((path) => !hasAncestor(path))
}
