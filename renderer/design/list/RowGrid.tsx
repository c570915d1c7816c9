import { ArrowDown, ArrowUp } from 'lucide-react'
import {
  type CSSProperties,
  type DragEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { useTypeAhead } from '../tree/useTypeAhead.ts'
import { listKeyAction } from './list-keys.ts'
import css from './RowGrid.module.css'
import { isSelected, type RowSelection, type RowSelectMode, selectAllRows, selectRow } from './row-ranges.ts'
import { rowWindow, scrollTopFor } from './row-window.ts'

export const ROW_PX = 30
const HEADER_PX = 32
/** Drawn beyond each end, so that a quick scroll finds them there. */
const EXTRA_ROWS = 8

export interface RowColumn<K extends string> {
  readonly key: K
  readonly title: string
  /** Null for the one that takes what is left. */
  readonly widthPx: number | null
  readonly isEnd?: boolean
  /** Whether a click on its title sorts. */
  readonly canSort?: boolean
}

export interface Sorting<K extends string> {
  readonly by: K
  readonly descending: boolean
}

interface Props<T, K extends string> {
  readonly label: string
  readonly columns: readonly RowColumn<K>[]
  readonly count: number
  /** Undefined while it isn't known yet. */
  readonly rowAt: (row: number) => T | undefined
  readonly selection: RowSelection
  readonly onSelectionChange: (selection: RowSelection) => void
  readonly sorting: Sorting<K> | null
  readonly onSort?: (sorting: Sorting<K>) => void
  /** One element a column. */
  readonly renderCell: (item: T, column: K) => ReactNode
  /** What a row says of itself: `data-` attributes by name without the prefix. */
  readonly rowMarks?: (item: T) => Readonly<Record<string, string | undefined>>
  /** Which rows are in sight, the one behind the last excluded. */
  readonly onInSight: (from: number, to: number) => void
  /** Double-click or Enter. */
  readonly onOpen: (row: number) => void
  /** Text typed to find a row by its name. */
  readonly onTyped: (text: string) => void
  /** Keys the list itself has no use for. */
  readonly onOtherKey?: (event: KeyboardEvent<HTMLElement>) => void
  readonly onContextMenu?: (point: { readonly x: number; readonly y: number }) => void
  readonly onRowDragStart?: (event: DragEvent<HTMLElement>, row: number) => void
  readonly rootMarks?: Readonly<Record<string, string | undefined>>
  /** Another list begins at its top. */
  readonly listKey: number | string
  readonly handle?: Ref<RowGridHandle>
}

export interface RowGridHandle {
  focus(): void
}

function marks(record: Readonly<Record<string, string | undefined>> = {}): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [`data-${name}`, value]))
}

function modeOf(event: MouseEvent): RowSelectMode {
  return event.shiftKey ? 'extend' : event.ctrlKey || event.metaKey ? 'toggle' : 'replace'
}

/** How far the element is scrolled and how high it is; drawn anew when either changes. */
function useScrolled(scroller: React.RefObject<HTMLDivElement | null>) {
  const [scrolled, setScrolled] = useState({ scrollTopPx: 0, viewPx: 600 })
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const look = () => setScrolled({ scrollTopPx: element.scrollTop, viewPx: Math.max(0, element.clientHeight - HEADER_PX) })
    const sizes = new ResizeObserver(look)
    sizes.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      sizes.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [scroller])
  return scrolled
}

/**
 * A list of any length with columns. Only the rows in sight are in the document, so keyboard focus stays on the grid
 * and `aria-activedescendant` names the current row.
 */
export function RowGrid<T, K extends string>(props: Props<T, K>) {
  const { count, selection, columns, onInSight } = props
  const scroller = useRef<HTMLDivElement>(null)
  const typedBy = useTypeAhead()
  const baseId = useId()
  const list = { count, rowPx: ROW_PX, ...useScrolled(scroller) }
  const shown = rowWindow(list)
  const from = Math.max(0, shown.from - EXTRA_ROWS)
  const to = Math.min(count, shown.to + EXTRA_ROWS)
  const { focus } = selection
  const layout: CSSProperties = {
    gridTemplateColumns: columns.map(({ widthPx }) => (widthPx === null ? 'minmax(0, 1fr)' : `${widthPx}px`)).join(' '),
  }

  useImperativeHandle(props.handle, () => ({ focus: () => scroller.current?.focus() }))
  useEffect(() => onInSight(from, to), [onInSight, from, to])
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever it is another list
  useLayoutEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0
  }, [props.listKey])
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element || focus < 0) return
    const viewPx = element.clientHeight - HEADER_PX
    element.scrollTop = scrollTopFor(focus, { count, rowPx: ROW_PX, viewPx, scrollTopPx: element.scrollTop })
  }, [focus, count])

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return
    const { key, shiftKey: isShift, altKey } = event
    const isCtrl = event.ctrlKey || event.metaKey
    const text = typedBy(event)
    const pageRows = Math.max(1, Math.floor(list.viewPx / ROW_PX) - 1)
    const action = text !== null || altKey ? null : listKeyAction({ key, isShift, isCtrl }, focus, count, pageRows)
    if (text !== null) props.onTyped(text)
    else if (action?.do === 'select-all') props.onSelectionChange(selectAllRows(selection, count))
    else if (action?.do === 'go') props.onSelectionChange(selectRow(selection, action.row, action.mode))
    else if (key === 'Enter' && focus >= 0 && !altKey && !isCtrl) props.onOpen(focus)
    else return props.onOtherKey?.(event)
    event.preventDefault()
  }

  const onRowContextMenu = (event: MouseEvent, row: number) => {
    event.preventDefault()
    if (!isSelected(selection, row)) props.onSelectionChange(selectRow(selection, row, 'replace'))
    props.onContextMenu?.({ x: event.clientX, y: event.clientY })
  }

  const renderRow = (row: number) => {
    const item = props.rowAt(row)
    return (
      // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the grid holds the focus and takes the keys
      <div
        key={row}
        id={`${baseId}-${row}`}
        role="row"
        aria-rowindex={row + 2}
        aria-selected={isSelected(selection, row)}
        aria-busy={item === undefined || undefined}
        className={css.row}
        data-current={row === focus || undefined}
        style={layout}
        draggable={props.onRowDragStart !== undefined}
        onDragStart={(event) => props.onRowDragStart?.(event, row)}
        onClick={(event) => props.onSelectionChange(selectRow(selection, row, modeOf(event)))}
        onDoubleClick={() => props.onOpen(row)}
        onContextMenu={(event) => onRowContextMenu(event, row)}
        {...marks(item === undefined ? undefined : props.rowMarks?.(item))}
      >
        {columns.map(({ key, isEnd }) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus for all cells
          <div key={key} role="gridcell" className={isEnd ? css.end : css.cell}>
            {item === undefined ? key === columns[0]?.key && <span className={css.unknown} /> : props.renderCell(item, key)}
          </div>
        ))}
      </div>
    )
  }

  return (
    <div
      ref={scroller}
      className={css.grid}
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-multiselectable
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      aria-activedescendant={focus >= from && focus < to ? `${baseId}-${focus}` : undefined}
      onKeyDown={onKeyDown}
      {...marks(props.rootMarks)}
    >
      <div role="rowgroup" className={css.header}>
        {/* biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus for all rows */}
        <div role="row" aria-rowindex={1} className={css.headerRow} style={layout}>
          {columns.map((column) => (
            <ColumnTitle key={column.key} column={column} sorting={props.sorting} onSort={props.onSort} />
          ))}
        </div>
      </div>
      <div role="rowgroup" className={css.body} style={{ height: shown.heightPx }}>
        <div role="presentation" className={css.rows} style={{ transform: `translateY(${shown.topPx - (shown.from - from) * ROW_PX}px)` }}>
          {Array.from({ length: to - from }, (_, i) => renderRow(from + i))}
        </div>
      </div>
    </div>
  )
}

interface TitleProps<K extends string> {
  readonly column: RowColumn<K>
  readonly sorting: Sorting<K> | null
  readonly onSort: ((sorting: Sorting<K>) => void) | undefined
}

function ColumnTitle<K extends string>({ column, sorting, onSort }: TitleProps<K>) {
  const { key, title, isEnd = false, canSort = false } = column
  const isSorted = sorting?.by === key
  const direction = isSorted ? (sorting.descending ? 'descending' : 'ascending') : undefined
  const className = isEnd ? css.end : css.cell
  if (!canSort || !onSort) {
    return (
      // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus for all cells
      <div role="columnheader" className={className}>
        {title}
      </div>
    )
  }
  const Arrow = direction === 'descending' ? ArrowDown : ArrowUp
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus
    <div role="columnheader" aria-sort={direction ?? 'none'} className={className}>
      <button type="button" className={css.title} onClick={() => onSort({ by: key, descending: isSorted && !sorting.descending })}>
        {title}
        {isSorted && <Arrow size={12} aria-hidden />}
      </button>
    </div>
  )
}
