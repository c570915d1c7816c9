import { type DragEvent, useMemo } from 'react'
import { isSelected, selectRow } from '../../../design/list/row-ranges.ts'
import { isWithin } from '../../../design/tree/flat-rows.ts'
import { useSession } from '../../../stores/browse-current.ts'
import { parentFolder } from '../../../stores/draft-rows.ts'
import { useDragging } from '../../../stores/dragging.ts'

/** Marks a drag as rows of an edited image; nothing outside the window understands it. */
const ROWS_TYPE = 'application/x-isomer-draft'

/** What is being dragged: rows of one image, in one drag at a time. */
let dragged: readonly string[] = []

const folderUnder = (event: DragEvent) => (event.target as Element).closest<HTMLElement>('[data-folder]')?.dataset['folder'] ?? null

function isAllowed(folder: string | null): folder is string {
  return folder !== null && dragged.every((path) => !isWithin(folder, path)) && dragged.some((path) => parentFolder(path) !== folder)
}

/** Dragging rows of an edited image into another folder of it. */
export function useDraftDrag() {
  const { edit } = useSession()
  return useMemo(() => {
    const onDragEnd = () => useDragging.setState({ dragging: null })
    return {
      onDragEnd,
      onRowDragStart: (event: DragEvent<HTMLElement>, row: number) => {
        const { selection } = edit.store.getState()
        if (!isSelected(selection, row)) edit.select(selectRow(selection, row, 'replace'))
        dragged = edit.chosen.map(({ path }) => path)
        if (dragged.length === 0) return event.preventDefault()
        event.dataTransfer.setData(ROWS_TYPE, '')
        event.dataTransfer.effectAllowed = 'move'
      },
      onDragOver: (event: DragEvent) => {
        if (!event.dataTransfer.types.includes(ROWS_TYPE)) return
        const folder = folderUnder(event)
        if (!isAllowed(folder)) return useDragging.setState({ dragging: null })
        event.preventDefault()
        event.dataTransfer.dropEffect = 'move'
        if (useDragging.getState().dragging?.folder !== folder) useDragging.setState({ dragging: { itemTypes: null, folder } })
      },
      onDrop: (event: DragEvent) => {
        if (!event.dataTransfer.types.includes(ROWS_TYPE)) return
        event.preventDefault()
        onDragEnd()
        const folder = folderUnder(event)
        if (isAllowed(folder)) void edit.move(dragged, folder)
      },
    }
  }, [edit])
}
