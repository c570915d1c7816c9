import { ChevronRight, Disc, Folder, FolderOpen } from 'lucide-react'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { rowWindow, scrollTopFor } from '../../../design/list/row-window.ts'
import { Name } from '../../../design/Name.tsx'
import { inReadingDirection } from '../../../design/reading-direction.ts'
import { useSession, useSessionState } from '../../../stores/browse-current.ts'
import { say } from '../../../words/say.ts'
import css from './FolderTree.module.css'
import { type FolderRow, flatFolders } from './flat-folders.ts'
import { folderKeyAction } from './folder-keys.ts'

const ROW_PX = 28
const INDENT_PX = 14

/** The folders of the tree, at the side of the list. */
export function FolderTree() {
  const session = useSession()
  const foldersOf = useSessionState((state) => state.foldersOf)
  const openFolders = useSessionState((state) => state.openFolders)
  const crumbs = useSessionState((state) => state.crumbs)
  const isSearching = useSessionState((state) => state.searchText !== '')
  const rows = useMemo(() => flatFolders(foldersOf, openFolders), [foldersOf, openFolders])
  const current = isSearching ? undefined : crumbs.at(-1)?.entry
  const [focused, setFocused] = useState(0)
  const scroller = useRef<HTMLElement>(null)
  const [scrolled, setScrolled] = useState({ scrollTopPx: 0, viewPx: 600 })
  const list = { count: rows.length, rowPx: ROW_PX, ...scrolled }
  const shown = rowWindow(list)
  const focusRow = rows.findIndex(({ folder }) => folder.entry === focused)

  // The way to the folder that is shown is opened.
  useEffect(() => {
    for (const { entry } of crumbs.slice(0, -1)) if (!session.store.getState().openFolders.has(entry)) void session.setOpen(entry, true)
    const last = crumbs.at(-1)?.entry
    if (last !== undefined) setFocused(last)
  }, [crumbs, session])
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const look = () => setScrolled({ scrollTopPx: element.scrollTop, viewPx: element.clientHeight })
    const sizes = new ResizeObserver(look)
    sizes.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      sizes.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [])
  useEffect(() => {
    const element = scroller.current
    if (element && focusRow >= 0) {
      element.scrollTop = scrollTopFor(focusRow, {
        count: rows.length,
        rowPx: ROW_PX,
        viewPx: element.clientHeight,
        scrollTopPx: element.scrollTop,
      })
    }
  }, [focusRow, rows.length])

  const goTo = (row: FolderRow) => {
    setFocused(row.folder.entry)
    void session.goTo(row.lineage)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const action = folderKeyAction(inReadingDirection(event.key), rows, focusRow)
    if (action === null) return
    event.preventDefault()
    event.stopPropagation()
    const row = rows[action.row]
    if (!row) return
    if (action.do === 'open') void session.setOpen(row.folder.entry, true)
    else if (action.do === 'close') void session.setOpen(row.folder.entry, false)
    else if (action.do === 'look') setFocused(row.folder.entry)
    else goTo(row)
  }
  return (
    <nav className={css.tree} ref={scroller} aria-label={say('browse.folders')}>
      <div
        role="tree"
        tabIndex={0}
        aria-label={say('browse.image-folders')}
        className={css.rows}
        style={{ height: shown.heightPx }}
        aria-activedescendant={focusRow >= shown.from && focusRow < shown.to ? `folder-${focused}` : undefined}
        onKeyDown={onKeyDown}
      >
        {rows.slice(shown.from, shown.to).map((row, index) => {
          const { folder, level, isOpen, position, siblingCount } = row
          const isCurrent = folder.entry === current
          return (
            // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the tree holds the focus and takes the keys
            <div
              key={folder.entry}
              id={`folder-${folder.entry}`}
              role="treeitem"
              aria-level={level}
              aria-posinset={position}
              aria-setsize={siblingCount}
              aria-expanded={isOpen ?? undefined}
              aria-selected={isCurrent}
              className={css.row}
              data-current={folder.entry === focused || undefined}
              style={{ top: shown.topPx + index * ROW_PX, paddingInlineStart: 8 + (level - 1) * INDENT_PX }}
              onClick={() => goTo(row)}
            >
              <Twisty row={row} />
              {folder.entry === 0 ? (
                <Disc size={15} aria-hidden className={css.disc} />
              ) : isOpen || isCurrent ? (
                <FolderOpen size={15} aria-hidden className={css.folder} />
              ) : (
                <Folder size={15} aria-hidden className={css.folder} />
              )}
              <Name className={css.name}>{folder.entry === 0 ? session.image.label || session.image.name : folder.name}</Name>
            </div>
          )
        })}
      </div>
    </nav>
  )
}

function Twisty({ row: { folder, isOpen } }: { row: FolderRow }) {
  const session = useSession()
  if (isOpen === null) return <span className={css.twisty} />
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the arrow keys do the same
    <span
      className={css.twisty}
      data-open={isOpen || undefined}
      onClick={(event) => {
        event.stopPropagation()
        void session.setOpen(folder.entry, !isOpen)
      }}
    >
      <ChevronRight size={14} aria-hidden className="pointing" />
    </span>
  )
}
