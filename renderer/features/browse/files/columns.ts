/** The columns of the list: which somebody wants, and which there is room for. */
import type { SortOrder } from '../../../../shared/browse.ts'
import type { RowColumn } from '../../../design/list/RowGrid.tsx'
import { say } from '../../../words/say.ts'

export type EntryColumn = SortOrder['by'] | 'folder'

const NAME_LEAST_PX = 200
const GAP_PX = 12

const all = (): RowColumn<EntryColumn>[] => [
  { key: 'name', title: say('common.name'), widthPx: null, canSort: true },
  { key: 'folder', title: say('browse.column.folder'), widthPx: 200 },
  { key: 'size', title: say('common.size'), widthPx: 92, isEnd: true, canSort: true },
  { key: 'modified', title: say('browse.modified'), widthPx: 136, canSort: true },
  { key: 'kind', title: say('browse.column.kind'), widthPx: 92, canSort: true },
  { key: 'mode', title: say('browse.column.mode'), widthPx: 88, canSort: true },
  { key: 'place', title: say('browse.column.place'), widthPx: 84, isEnd: true, canSort: true },
]

/** What somebody can choose to see beside names. */
export const optionalColumns = () => all().filter(({ key }) => key !== 'name' && key !== 'folder') as readonly RowColumn<SortOrder['by']>[]
export const usualColumns: ReadonlySet<EntryColumn> = new Set<EntryColumn>(['size', 'modified', 'kind'])

/** The wanted columns, without the last ones when there is no room for all. */
export function columnsFor(widthPx: number, wanted: ReadonlySet<EntryColumn>, isSearching: boolean): RowColumn<EntryColumn>[] {
  const shown = all().filter(({ key }) => key === 'name' || (key === 'folder' ? isSearching : wanted.has(key)))
  const neededPx = () => shown.reduce((sum, { widthPx: columnPx }) => sum + (columnPx ?? NAME_LEAST_PX) + GAP_PX, GAP_PX)
  while (shown.length > 2 && neededPx() > widthPx) shown.pop()
  return shown
}
