import { Columns3, SearchX } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useRef, useState } from 'react'
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import type { BrowsedRow, SortOrder } from '../../../../shared/browse.ts'
import { IconButton } from '../../../design/Button.tsx'
import { RowGrid, type RowGridHandle } from '../../../design/list/RowGrid.tsx'
import { isSelected, selectRow } from '../../../design/list/row-ranges.ts'
import { Name } from '../../../design/Name.tsx'
import { ProblemCard } from '../../../design/ProblemCard.tsx'
import { ProgressLine } from '../../../design/ProgressLine.tsx'
import { useSession, useSessionState } from '../../../stores/browse-current.ts'
import { formatExactBytes, formatNumber, formatSize } from '../../../words/amounts.ts'
import { say, sayNodes } from '../../../words/say.ts'
import { EntryPicture } from '../EntryPicture.tsx'
import { dateWords, kindWords, longDateWords, modeWords } from '../entry-words.ts'
import { dragOut } from '../extracting.ts'
import menuCss from '../Menu.module.css'
import { columnsFor, type EntryColumn, optionalColumns, usualColumns } from './columns.ts'
import css from './EntryList.module.css'
import { EntryMenu } from './EntryMenu.tsx'
import { entryActionFor, runEntryAction } from './entry-actions.ts'
import { useWidth } from './useWidth.ts'

/** The entries of a folder, or what a search found. */
export function EntryList({ grid }: { grid: RefObject<RowGridHandle | null> }) {
  const session = useSession()
  const listing = useSessionState((state) => state.listing)
  const pages = useSessionState((state) => state.pages)
  const selection = useSessionState((state) => state.selection)
  const searchText = useSessionState((state) => state.searchText)
  const order = useSessionState((state) => (state.searchText === '' ? state.order : state.searchOrder))
  const problem = useSessionState((state) => state.problem)
  const [wanted, setWanted] = useState(usualColumns)
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | null>(null)
  const frame = useRef<HTMLDivElement>(null)
  const widthPx = useWidth(frame)
  const isSearching = searchText.trim() !== ''

  const onOtherKey = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      event.preventDefault()
      return setMenuAt(placeOfCurrentRow(event.currentTarget))
    }
    const action = entryActionFor(event)
    if (!action) return
    event.preventDefault()
    event.stopPropagation()
    void runEntryAction(action, session)
  }
  const onDragStart = (event: React.DragEvent, row: number) => {
    // The system's own drag takes over: only that leads out of the window.
    event.preventDefault()
    if (!isSelected(selection, row)) session.select(selectRow(selection, row, 'replace'))
    void dragOut(session)
  }
  return (
    <section className={css.list} ref={frame} aria-label={say(isSearching ? 'browse.list.found' : 'browse.list.folder')}>
      {problem ? (
        <div className={css.problem} role="alert">
          <ProblemCard problem={problem} />
        </div>
      ) : (
        <>
          {listing && !listing.isComplete && <StillReading count={listing.count} searched={listing.searched} isSearching={isSearching} />}
          {listing?.isComplete && listing.count === 0 ? (
            <Nothing isSearching={isSearching} searchText={searchText} searched={listing.searched} />
          ) : (
            <RowGrid<BrowsedRow, EntryColumn>
              listKey={listing?.listingId ?? -1}
              handle={grid}
              label={say(isSearching ? 'browse.list.found' : 'browse.list.files')}
              columns={columnsFor(widthPx, wanted, isSearching)}
              count={listing?.count ?? 0}
              rowAt={(row) => pages.row(row)}
              selection={selection}
              onSelectionChange={(changed) => session.select(changed)}
              sorting={order}
              onSort={(sorting) => void session.sort(sorting as SortOrder)}
              renderCell={(row, column) => <Cell row={row} column={column} />}
              onInSight={session.showRows}
              onOpen={(row) => void session.openRow(row)}
              onTyped={(text) => void session.goToTyped(text)}
              onOtherKey={onOtherKey}
              onContextMenu={setMenuAt}
              onRowDragStart={onDragStart}
            />
          )}
          <Foot columns={wanted} onColumnsChange={setWanted} />
        </>
      )}
      <EntryMenu at={menuAt} onClose={() => setMenuAt(null)} onDone={() => grid.current?.focus()} />
    </section>
  )
}

function placeOfCurrentRow(grid: HTMLElement): { x: number; y: number } {
  const { left, bottom } = (grid.querySelector('[data-current]') ?? grid).getBoundingClientRect()
  return { x: left + 48, y: bottom }
}

function Cell({ row, column }: { row: BrowsedRow; column: EntryColumn }) {
  switch (column) {
    case 'name':
      return <NameCell row={row} />
    case 'folder':
      return <Name className={css.aside}>{row.folder}</Name>
    case 'size':
      if (row.type === 'directory')
        return <span className={css.aside}>{row.childCount === null ? '' : say('common.items', { count: row.childCount })}</span>
      return row.type === 'file' ? <span title={formatExactBytes(row.sizeBytes)}>{formatSize(row.sizeBytes)}</span> : null
    case 'modified':
      return row.modifiedMs === null ? null : (
        <span className={css.aside} title={longDateWords(row.modifiedMs)}>
          {dateWords(row.modifiedMs)}
        </span>
      )
    case 'kind':
      return <span className={css.aside}>{kindWords(row)}</span>
    case 'mode':
      return row.mode === null ? null : (
        <span className={css.mode} dir="ltr">
          {modeWords(row.mode)}
        </span>
      )
    case 'place':
      return row.lba === null ? null : <span className={css.aside}>{formatNumber(row.lba)}</span>
  }
}

function NameCell({ row }: { row: BrowsedRow }) {
  return (
    <span className={css.name}>
      <EntryPicture row={row} />
      <span className={css.nameText} data-unreadable={row.isUnreadable || undefined}>
        <Name>{row.name}</Name>
        {row.linkTarget !== null && (
          <span className={css.aside}> {sayNodes('browse.link', { target: <Name>{row.linkTarget}</Name> })}</span>
        )}
      </span>
    </span>
  )
}

function StillReading({ count, searched, isSearching }: { count: number; searched: number; isSearching: boolean }) {
  const words = isSearching ? say('browse.list.searching', { hits: count, entries: searched }) : say('browse.list.reading', { count })
  return (
    <div className={css.reading}>
      <p>{words}</p>
      <ProgressLine thin label={words} fraction={null} />
    </div>
  )
}

function Nothing({ isSearching, searchText, searched }: { isSearching: boolean; searchText: string; searched: number }) {
  return (
    <div className={css.nothing} role="status">
      {isSearching ? (
        <>
          <SearchX size={40} strokeWidth={1.25} aria-hidden />
          <p>{sayNodes('browse.list.none-called', { text: <Name>{searchText.trim()}</Name> })}</p>
          <p className={css.aside}>
            {sayNodes('browse.list.none-called.detail', { count: searched, code: (words) => <span dir="ltr">{words}</span> })}
          </p>
        </>
      ) : (
        <p>{say('browse.folder-empty')}</p>
      )}
    </div>
  )
}

interface FootProps {
  readonly columns: ReadonlySet<EntryColumn>
  readonly onColumnsChange: (columns: ReadonlySet<EntryColumn>) => void
}

/** How much is shown and selected, and which columns. */
function Foot({ columns, onColumnsChange }: FootProps) {
  const listing = useSessionState((state) => state.listing)
  const ranges = useSessionState((state) => state.selection.ranges)
  const isSearching = useSessionState((state) => state.searchText.trim() !== '')
  const selected = ranges.reduce((sum, [from, to]) => sum + to - from, 0)
  const all = say(isSearching ? 'browse.list.hits' : 'common.items', { count: listing?.count ?? 0 })
  return (
    <div className={css.foot}>
      <p role="status">{selected > 1 ? say('browse.list.selected', { all, selected }) : all}</p>
      <MenuTrigger>
        <IconButton label={say('browse.list.columns')} className={css.columns}>
          <Columns3 size={15} aria-hidden />
        </IconButton>
        <Popover placement="top end">
          <Menu
            className={menuCss.menu}
            aria-label={say('browse.list.columns')}
            selectionMode="multiple"
            selectedKeys={columns as ReadonlySet<string>}
            onSelectionChange={(keys) => keys !== 'all' && onColumnsChange(new Set([...keys] as EntryColumn[]))}
          >
            {optionalColumns().map(({ key, title }) => (
              <MenuItem key={key} id={key} className={`${menuCss.item} ${css.columnItem}`} textValue={title}>
                <span className={css.box} aria-hidden />
                {title}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
    </div>
  )
}
