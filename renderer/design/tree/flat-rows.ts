/** A tree with folded folders as the flat list of rows that are to be seen. */

export interface TreeItem {
  /** The row's identity; `/` joins the parts. */
  readonly path: string
  readonly name: string
}

export interface FlatRow<T extends TreeItem> {
  readonly item: T
  /** From 1. */
  readonly level: number
  /** Place among its siblings, from 1. */
  readonly position: number
  readonly siblingCount: number
  /** Null for what can't be opened. */
  readonly isExpanded: boolean | null
}

export interface FlatRows<T extends TreeItem> {
  readonly rows: readonly FlatRow<T>[]
  readonly indexOf: ReadonlyMap<string, number>
}

export const ROOT_PATH = '/'

export function parentPath(path: string): string {
  const end = path.lastIndexOf('/')
  return end <= 0 ? ROOT_PATH : path.slice(0, end)
}

/** Whether `path` is `folder` itself or lies anywhere below it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === ROOT_PATH || path === folder || path.startsWith(`${folder}/`)
}

/** The rows of all expanded folders whose children are known, in the order of the lists given. */
export function flattenRows<T extends TreeItem>(
  childrenOf: ReadonlyMap<string, readonly T[]>,
  expanded: ReadonlySet<string>,
  canExpand: (item: T) => boolean,
): FlatRows<T> {
  const rows: FlatRow<T>[] = []
  const indexOf = new Map<string, number>()
  const addChildren = (folder: string, level: number) => {
    const items = childrenOf.get(folder) ?? []
    items.forEach((item, index) => {
      const isExpanded = canExpand(item) ? expanded.has(item.path) : null
      indexOf.set(item.path, rows.length)
      rows.push({ item, level, position: index + 1, siblingCount: items.length, isExpanded })
      if (isExpanded) addChildren(item.path, level + 1)
    })
  }
  addChildren(ROOT_PATH, 1)
  return { rows, indexOf }
}
