import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type CSSProperties,
  type DragEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
} from 'react'
import { inReadingDirection } from '../reading-direction.ts'
import type { FlatRow, FlatRows, TreeItem } from './flat-rows.ts'
import { type SelectMode, select, selectAll, type TreeSelection } from './selection.ts'
import css from './TreeGrid.module.css'
import { treeKeyAction } from './tree-keys.ts'
import { findTyped } from './type-ahead.ts'
import { useTypeAhead } from './useTypeAhead.ts'

export const ROW_HEIGHT_PX = 32
const HEADER_HEIGHT_PX = 32
const OVERSCAN_ROWS = 12

export interface TreeColumn {
  readonly key: string
  readonly title: string
  /** A CSS grid track. */
  readonly width: string
  readonly isEnd?: boolean
}

interface Props<T extends TreeItem> {
  readonly label: string
  readonly columns: readonly TreeColumn[]
  readonly flat: FlatRows<T>
  readonly selection: TreeSelection
  readonly onSelectionChange: (selection: TreeSelection) => void
  readonly onExpandedChange: (path: string, isExpanded: boolean) => void
  /** One element a column. */
  readonly renderCell: (row: FlatRow<T>, columnKey: string) => ReactNode
  /** What a row says of itself: `data-` attributes by name without the prefix. */
  readonly rowMarks?: ((row: FlatRow<T>) => Readonly<Record<string, string | undefined>>) | undefined
  /** Keys the tree itself has no use for. */
  readonly onOtherKey?: (event: KeyboardEvent<HTMLElement>) => void
  readonly onContextMenu?: (point: { readonly x: number; readonly y: number }) => void
  readonly onRowDragStart?: (event: DragEvent<HTMLElement>, row: FlatRow<T>) => void
  readonly rootMarks?: Readonly<Record<string, string | undefined>>
  readonly handle?: React.Ref<TreeGridHandle>
}

export interface TreeGridHandle {
  focus(): void
}

function marks(record: Readonly<Record<string, string | undefined>> | undefined): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(record ?? {}).map(([name, value]) => [`data-${name}`, value]))
}

function modeOf(event: MouseEvent): SelectMode {
  return event.shiftKey ? 'extend' : event.ctrlKey || event.metaKey ? 'toggle' : 'replace'
}

/**
 * A tree of any length with columns. Only the rows in sight are in the document, so keyboard focus stays on the grid
 * and `aria-activedescendant` names the current row.
 */
export function TreeGrid<T extends TreeItem>(props: Props<T>) {
  const { flat, selection, columns } = props
  const scroller = useRef<HTMLDivElement>(null)
  const typedBy = useTypeAhead()
  const baseId = useId()
  const focusIndex = selection.focus === null ? -1 : (flat.indexOf.get(selection.focus) ?? -1)
  const virtualizer = useVirtualizer({
    count: flat.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT_PX,
    overscan: OVERSCAN_ROWS,
    scrollPaddingStart: HEADER_HEIGHT_PX,
    scrollMargin: HEADER_HEIGHT_PX,
  })
  const items = virtualizer.getVirtualItems()
  const isFocusInSight = items.some((item) => item.index === focusIndex)
  const layout: CSSProperties = { gridTemplateColumns: columns.map((column) => column.width).join(' ') }

  useImperativeHandle(props.handle, () => ({ focus: () => scroller.current?.focus() }))
  useEffect(() => {
    if (focusIndex >= 0) virtualizer.scrollToIndex(focusIndex, { align: 'auto' })
  }, [focusIndex, virtualizer])

  const goToTyped = (text: string) => {
    const found = findTyped(flat.rows.length, (index) => flat.rows[index]?.item.name ?? '', focusIndex, text)
    const path = found === null ? undefined : flat.rows[found]?.item.path
    if (path !== undefined) props.onSelectionChange(select(selection, path, 'replace', flat))
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return
    const { shiftKey: isShift, altKey } = event
    const key = inReadingDirection(event.key)
    const isCtrl = event.ctrlKey || event.metaKey
    const text = typedBy(event)
    const pageRows = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEADER_HEIGHT_PX) / ROW_HEIGHT_PX) - 1)
    const action = text !== null || altKey ? null : treeKeyAction({ key, isShift, isCtrl }, flat, selection.focus, pageRows)
    if (text !== null) goToTyped(text)
    else if (action === null) return props.onOtherKey?.(event)
    else if (action.do === 'select-all') props.onSelectionChange(selectAll(selection, flat))
    else if (action.do === 'go') props.onSelectionChange(select(selection, action.path, action.mode, flat))
    else props.onExpandedChange(action.path, action.do === 'expand')
    event.preventDefault()
  }

  const onRowContextMenu = (event: MouseEvent, path: string) => {
    event.preventDefault()
    if (!selection.selected.has(path)) props.onSelectionChange(select(selection, path, 'replace', flat))
    props.onContextMenu?.({ x: event.clientX, y: event.clientY })
  }

  return (
    <div
      ref={scroller}
      className={css.grid}
      role="treegrid"
      tabIndex={0}
      aria-label={props.label}
      aria-multiselectable
      aria-rowcount={flat.rows.length + 1}
      aria-activedescendant={isFocusInSight ? `${baseId}-${focusIndex}` : undefined}
      onKeyDown={onKeyDown}
      {...marks(props.rootMarks)}
    >
      <div role="rowgroup" className={css.header}>
        {/* biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus for all rows */}
        <div role="row" aria-rowindex={1} className={css.headerRow} style={layout}>
          {columns.map((column) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus for all cells
            <div key={column.key} role="columnheader" className={column.isEnd ? css.end : undefined}>
              {column.title}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className={css.body} style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const row = flat.rows[item.index]
          if (!row) return null
          return (
            // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the grid holds the focus and takes the keys
            <div
              key={row.item.path}
              id={`${baseId}-${item.index}`}
              role="row"
              aria-rowindex={item.index + 2}
              aria-level={row.level}
              aria-posinset={row.position}
              aria-setsize={row.siblingCount}
              aria-expanded={row.isExpanded ?? undefined}
              aria-selected={selection.selected.has(row.item.path)}
              className={css.row}
              data-current={item.index === focusIndex || undefined}
              style={{ ...layout, transform: `translateY(${item.start - HEADER_HEIGHT_PX}px)` }}
              draggable={props.onRowDragStart !== undefined}
              onDragStart={(event) => props.onRowDragStart?.(event, row)}
              onClick={(event) => props.onSelectionChange(select(selection, row.item.path, modeOf(event), flat))}
              onDoubleClick={() => row.isExpanded !== null && props.onExpandedChange(row.item.path, !row.isExpanded)}
              onContextMenu={(event) => onRowContextMenu(event, row.item.path)}
              {...marks(props.rowMarks?.(row))}
            >
              {columns.map((column) => (
                // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus for all cells
                <div key={column.key} role="gridcell" className={column.isEnd ? css.end : css.cell}>
                  {props.renderCell(row, column.key)}
                </div>
              ))}
            </div>
          )
        })}
      </div>
    </div>
  )
}
