import type { BrowsedRow } from '../../../../shared/browse.ts'
import { singleRow } from '../../../design/list/row-ranges.ts'
import { useSessionState } from '../../../stores/browse-current.ts'

/** The only selected entry; undefined when there is none or there are several. */
export function useSelectedRow(): BrowsedRow | undefined {
  return useSessionState(({ selection, pages }) => {
    const row = singleRow(selection)
    return row < 0 ? undefined : pages.row(row)
  })
}
