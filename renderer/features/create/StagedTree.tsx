import { ChevronRight, File, Folder, FolderOpen, Link2, Settings2 } from 'lucide-react'
import { type DragEvent, type KeyboardEvent, useRef, useState } from 'react'
import type { StagedRow } from '../../../shared/staging.ts'
import { Badge } from '../../design/Badge.tsx'
import { Name } from '../../design/Name.tsx'
import { type FlatRow, isWithin, parentPath, ROOT_PATH } from '../../design/tree/flat-rows.ts'
import { select, topmost } from '../../design/tree/selection.ts'
import { type TreeColumn, TreeGrid, type TreeGridHandle } from '../../design/tree/TreeGrid.tsx'
import { useDragging } from '../../stores/dragging.ts'
import { answerOf } from '../../stores/notices.ts'
import { isFolder } from '../../stores/staged-rows.ts'
import { movePaths, renamePath, setExpanded, setSelection, startRenaming, useStaging } from '../../stores/staging.ts'
import { formatExactBytes, formatNumber, formatSize } from '../../words/amounts.ts'
import { say } from '../../words/say.ts'
import { RenameField } from './RenameField.tsx'
import { RowMenu } from './RowMenu.tsx'
import { rowActionFor, runRowAction } from './row-actions.ts'
import css from './StagedTree.module.css'

/** Marks a drag as rows of this tree; nothing outside the window understands it. */
const ROWS_TYPE = 'application/x-isomer-rows'
const INDENT_PX = 18

const columns = (): readonly TreeColumn[] => [
  { key: 'name', title: say('common.name'), width: 'minmax(0, 1fr)' },
  { key: 'changes', title: say('create.changes.column'), width: '56px', isEnd: true },
  { key: 'size', title: say('common.size'), width: '72px', isEnd: true },
]

/** The folder that a drop on this row goes into. */
const folderOf = (row: StagedRow) => (isFolder(row) ? row.path : parentPath(row.path))

/** The tree that is being put together. */
export function StagedTree() {
  const { flat, selection, cut, renaming, childrenOf } = useStaging()
  const dragging = useDragging((state) => state.dragging)
  const grid = useRef<TreeGridHandle>(null)
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | null>(null)
  const drag = useRowDrag()

  const onOtherKey = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      event.preventDefault()
      return setMenuAt(placeOfCurrentRow(event.currentTarget))
    }
    const action = rowActionFor(event)
    if (!action) return
    event.preventDefault()
    event.stopPropagation()
    if (action === 'copy') void copyPaths(topmost(selection.selected))
    else void runRowAction(action)
  }
  const renderCell = (row: FlatRow<StagedRow>, column: string) => {
    if (column === 'size') return <span title={formatExactBytes(row.item.sizeBytes)}>{formatSize(row.item.sizeBytes)}</span>
    if (column === 'changes') return <ChangeBadge count={row.item.changeCount} />
    if (renaming !== row.item.path) return <NameCell row={row} />
    const onDone = (name: string | null) => {
      grid.current?.focus()
      if (name === null) startRenaming(null)
      else void renamePath(row.item.path, name)
    }
    return (
      <span className={css.name} style={{ paddingInlineStart: (row.level - 1) * INDENT_PX }}>
        <Twisty row={row} />
        <Picture row={row} />
        <RenameField key={row.item.path} row={row.item} siblings={childrenOf.get(parentPath(row.item.path)) ?? []} onDone={onDone} />
      </span>
    )
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: takes drops for the grid inside, which has keys for the same
    <div className={css.tree} onDragOver={drag.onDragOver} onDrop={drag.onDrop} onDragEnd={drag.onDragEnd}>
      <TreeGrid
        handle={grid}
        label={say('create.files.tree')}
        columns={columns()}
        flat={flat}
        selection={selection}
        onSelectionChange={setSelection}
        onExpandedChange={(path, isExpanded) => void setExpanded(path, isExpanded)}
        renderCell={renderCell}
        rowMarks={({ item }) => ({
          folder: folderOf(item),
          cut: cut.some((path) => isWithin(item.path, path)) ? '' : undefined,
          drop: dragging !== null && dragging.folder === item.path && isFolder(item) ? '' : undefined,
        })}
        rootMarks={{ folder: ROOT_PATH }}
        onOtherKey={onOtherKey}
        onContextMenu={setMenuAt}
        onRowDragStart={drag.onRowDragStart}
      />
      <RowMenu at={menuAt} onClose={() => setMenuAt(null)} />
    </div>
  )
}

function placeOfCurrentRow(grid: HTMLElement): { x: number; y: number } {
  const row = grid.querySelector('[data-current]')
  const { left, right, bottom } = (row ?? grid).getBoundingClientRect()
  return { x: document.documentElement.dir === 'rtl' ? right - 48 : left + 48, y: bottom }
}

async function copyPaths(paths: readonly string[]): Promise<void> {
  if (paths.length > 0) await answerOf(window.isomer.clipboard.writeText({ text: paths.join('\n') }))
}

/** Dragging rows into another folder of the tree. */
function useRowDrag() {
  const dragged = useRef<readonly string[]>([])
  const folderUnder = (event: DragEvent) => (event.target as Element).closest<HTMLElement>('[data-folder]')?.dataset['folder'] ?? ROOT_PATH
  const isAllowed = (folder: string) =>
    dragged.current.every((path) => !isWithin(folder, path)) && dragged.current.some((path) => parentPath(path) !== folder)
  const onRowDragStart = (event: DragEvent<HTMLElement>, row: FlatRow<StagedRow>) => {
    const { selection, flat } = useStaging.getState()
    if (!selection.selected.has(row.item.path)) setSelection(select(selection, row.item.path, 'replace', flat))
    dragged.current = topmost(useStaging.getState().selection.selected)
    event.dataTransfer.setData(ROWS_TYPE, '')
    event.dataTransfer.effectAllowed = 'move'
  }
  const onDragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes(ROWS_TYPE)) return
    const folder = folderUnder(event)
    if (!isAllowed(folder)) return useDragging.setState({ dragging: null })
    event.preventDefault()
    event.dataTransfer.dropEffect = 'move'
    if (useDragging.getState().dragging?.folder !== folder) useDragging.setState({ dragging: { itemTypes: null, folder } })
  }
  const onDragEnd = () => useDragging.setState({ dragging: null })
  const onDrop = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes(ROWS_TYPE)) return
    event.preventDefault()
    onDragEnd()
    void movePaths(dragged.current, folderUnder(event))
  }
  return { onRowDragStart, onDragOver, onDragEnd, onDrop }
}

function ChangeBadge({ count }: { count: number }) {
  if (count === 0) return null
  return (
    <Badge tone="caution">
      <span title={say('create.changes.count', { count })}>{formatNumber(count)}</span>
    </Badge>
  )
}

function Twisty({ row }: { row: FlatRow<StagedRow> }) {
  const { isExpanded } = row
  if (isExpanded === null) return <span className={css.twisty} />
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the arrow keys do the same
    <span
      className={css.twisty}
      data-open={isExpanded || undefined}
      onClick={(event) => {
        event.stopPropagation()
        void setExpanded(row.item.path, !isExpanded)
      }}
    >
      <ChevronRight size={14} aria-hidden className="pointing" />
    </span>
  )
}

function Picture({ row }: { row: FlatRow<StagedRow> }) {
  switch (row.item.type) {
    case 'directory':
      return row.isExpanded ? (
        <FolderOpen size={16} aria-hidden className={css.folder} />
      ) : (
        <Folder size={16} aria-hidden className={css.folder} />
      )
    case 'symlink':
      return <Link2 size={16} aria-label={say('create.files.link')} className={css.file} />
    case 'file':
      return <File size={16} aria-hidden className={css.file} />
    default:
      return <Settings2 size={16} aria-label={say('create.files.device')} className={css.file} />
  }
}

function NameCell({ row }: { row: FlatRow<StagedRow> }) {
  const { item, level } = row
  return (
    <span className={css.name} style={{ paddingInlineStart: (level - 1) * INDENT_PX }}>
      <Twisty row={row} />
      <Picture row={row} />
      <span className={css.nameText}>
        <Name>{item.name}</Name>
        {item.linkTarget !== null && (
          <span className={css.aside}>
            {' '}
            <span className="pointing">→</span> <Name>{item.linkTarget}</Name>
          </span>
        )}
        {isFolder(item) && <span className={css.aside}> {say('common.items', { count: item.childCount })}</span>}
      </span>
    </span>
  )
}
