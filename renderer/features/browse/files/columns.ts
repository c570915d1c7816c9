/** The columns of the list: which somebody wants, and which there is room for. */
import type { SortOrder } from '../../../../shared/browse.ts'
import type { RowColumn } from '../../../design/list/RowGrid.tsx'

export type EntryColumn = SortOrder['by'] | 'folder'

const NAME_LEAST_PX = 200
const GAP_PX = 12

const all: readonly RowColumn<EntryColumn>[] = [
  { key: 'name', title: 'Name', widthPx: null, canSort: true },
  { key: 'folder', title: 'In', widthPx: 200 },
  { key: 'size', title: 'Size', widthPx: 84, isEnd: true, canSort: true },
  { key: 'modified', title: 'Modified', widthPx: 136, canSort: true },
  { key: 'kind', title: 'Kind', widthPx: 92, canSort: true },
  { key: 'mode', title: 'Mode', widthPx: 88, canSort: true },
  { key: 'place', title: 'Sector', widthPx: 84, isEnd: true, canSort: true },
]

/** What somebody can choose to see beside names. */
export const optionalColumns = all.filter(({ key }) => key !== 'name' && key !== 'folder') as readonly RowColumn<SortOrder['by']>[]
export const usualColumns: ReadonlySet<EntryColumn> = new Set<EntryColumn>(['size', 'modified', 'kind'])

/** The wanted columns, without the last ones when there is no room for all. */
export function columnsFor(widthPx: number, wanted: ReadonlySet<EntryColumn>, isSearching: boolean): RowColumn<EntryColumn>[] {
  const shown = all.filter(({ key }) => key === 'name' || (key === 'folder' ? isSearching : wanted.has(key)))
  const neededPx = () => shown.reduce((sum, { widthPx: columnPx }) => sum + (columnPx ?? NAME_LEAST_PX) + GAP_PX, GAP_PX)
  while (shown.length > 2 && neededPx() > widthPx) shown.pop()
  return shown
}
