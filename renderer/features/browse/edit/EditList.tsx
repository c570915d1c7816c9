import { type KeyboardEvent, type RefObject, useRef, useState } from 'react'
import type { DraftRow } from '../../../../shared/edit-draft.ts'
import { Badge } from '../../../design/Badge.tsx'
import { type RowColumn, RowGrid, type RowGridHandle } from '../../../design/list/RowGrid.tsx'
import { Name } from '../../../design/Name.tsx'
import { isWithin } from '../../../design/tree/flat-rows.ts'
import { useEditState, useSession } from '../../../stores/browse-current.ts'
import { useDragging } from '../../../stores/dragging.ts'
import { formatExactBytes, formatSize } from '../../../words/amounts.ts'
import { say, sayNodes } from '../../../words/say.ts'
import { RenameField } from '../../create/RenameField.tsx'
import { EntryPicture } from '../EntryPicture.tsx'
import { dateWords, longDateWords } from '../entry-words.ts'
import { useWidth } from '../files/useWidth.ts'
import css from './EditList.module.css'
import { EditMenu } from './EditMenu.tsx'
import { editActionFor, runEdit } from './edit-actions.ts'
import { stateTones } from './edit-words.ts'
import { useDraftDrag } from './useDraftDrag.ts'

type Column = 'name' | 'state' | 'size' | 'modified'

/** The date goes first where there is no room. */
const DATE_FROM_PX = 560

function columnsFor(widthPx: number): RowColumn<Column>[] {
  const columns: RowColumn<Column>[] = [
    { key: 'name', title: say('common.name'), widthPx: null },
    { key: 'state', title: say('edit.column.state'), widthPx: 96 },
    { key: 'size', title: say('common.size'), widthPx: 88, isEnd: true },
    { key: 'modified', title: say('browse.modified'), widthPx: 128 },
  ]
  return widthPx < DATE_FROM_PX ? columns.slice(0, 3) : columns
}

const nothingToAsk = () => {}

/** The entries of a folder as they will be. */
export function EditList({ grid }: { grid: RefObject<RowGridHandle | null> }) {
  const { edit } = useSession()
  const folder = useEditState((state) => state.folder)
  const rows = useEditState((state) => state.rows)
  const selection = useEditState((state) => state.selection)
  const cut = useEditState((state) => state.cut)
  const renaming = useEditState((state) => state.renaming)
  const dragging = useDragging((state) => state.dragging)
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | null>(null)
  const drag = useDraftDrag()
  const frame = useRef<HTMLDivElement>(null)
  const widthPx = useWidth(frame)

  const onOtherKey = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      event.preventDefault()
      const { left, bottom } = (event.currentTarget.querySelector('[data-current]') ?? event.currentTarget).getBoundingClientRect()
      return setMenuAt({ x: left + 48, y: bottom })
    }
    const action = editActionFor(event)
    if (!action) return
    event.preventDefault()
    event.stopPropagation()
    void runEdit(action, edit)
  }
  const renderCell = (row: DraftRow, column: Column) => {
    if (column === 'name' && renaming === row.path && row.state !== 'removed') {
      const onDone = (name: string | null) => {
        grid.current?.focus()
        if (name === null) edit.startRenaming(null)
        else void edit.rename(row.path, name)
      }
      return (
        <span className={css.name}>
          <EntryPicture row={row} />
          <RenameField key={row.path} row={row} siblings={rows.filter(({ state }) => state !== 'removed')} onDone={onDone} />
        </span>
      )
    }
    return <Cell row={row} column={column} />
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: takes drops for the grid inside, which has keys for the same
    <div
      ref={frame}
      className={css.list}
      data-folder={folder}
      data-over={dragging?.folder === folder || undefined}
      onDragOver={drag.onDragOver}
      onDrop={drag.onDrop}
      onDragEnd={drag.onDragEnd}
    >
      {rows.length === 0 ? (
        <div className={css.nothing} role="status">
          <p>{say('browse.folder-empty')}</p>
          <p className={css.aside}>{say('edit.list.drop')}</p>
        </div>
      ) : (
        <RowGrid<DraftRow, Column>
          handle={grid}
          label={say('edit.list')}
          listKey={folder}
          columns={columnsFor(widthPx)}
          count={rows.length}
          rowAt={(row) => rows[row]}
          selection={selection}
          onSelectionChange={(changed) => edit.select(changed)}
          sorting={null}
          renderCell={renderCell}
          rowMarks={(row) => ({
            state: row.state,
            folder: row.type === 'directory' && row.state !== 'removed' ? row.path : undefined,
            cut: cut.some((path) => isWithin(row.path, path)) ? '' : undefined,
            drop: dragging?.folder === row.path && row.type === 'directory' ? '' : undefined,
          })}
          onInSight={nothingToAsk}
          onOpen={(row) => void edit.openRow(row)}
          onTyped={(text) => edit.goToTyped(text)}
          onOtherKey={onOtherKey}
          onContextMenu={setMenuAt}
          onRowDragStart={drag.onRowDragStart}
        />
      )}
      <EditMenu at={menuAt} onClose={() => setMenuAt(null)} onDone={() => grid.current?.focus()} />
    </div>
  )
}

function Cell({ row, column }: { row: DraftRow; column: Column }) {
  switch (column) {
    case 'name':
      return <NameCell row={row} />
    case 'state':
      return <StateBadge row={row} />
    case 'size':
      if (row.type === 'directory')
        return <span className={css.aside}>{row.state !== 'removed' && say('common.items', { count: row.childCount })}</span>
      return row.type === 'file' ? <span title={formatExactBytes(row.sizeBytes)}>{formatSize(row.sizeBytes)}</span> : null
    case 'modified':
      return row.modifiedMs === null ? null : (
        <span className={css.aside} title={longDateWords(row.modifiedMs)}>
          {dateWords(row.modifiedMs)}
        </span>
      )
  }
}

function NameCell({ row }: { row: DraftRow }) {
  return (
    <span className={css.name}>
      <EntryPicture row={row} />
      <span className={css.nameText}>
        <Name>{row.name}</Name>
        {row.linkTarget !== null && (
          <span className={css.aside}> {sayNodes('browse.link', { target: <Name>{row.linkTarget}</Name> })}</span>
        )}
        {row.was !== null && <span className={css.aside}> {sayNodes('edit.list.was', { path: <Name>{row.was}</Name> })}</span>}
      </span>
    </span>
  )
}

function StateBadge({ row: { state, isChangedInside } }: { row: DraftRow }) {
  if (state !== 'kept') return <Badge tone={stateTones[state]}>{say(`edit.state.${state}`)}</Badge>
  return isChangedInside ? <Badge>{say('edit.state.changed')}</Badge> : null
}
