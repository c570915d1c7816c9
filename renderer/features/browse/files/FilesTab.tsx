import { useEffect, useRef } from 'react'
import type { RowGridHandle } from '../../../design/list/RowGrid.tsx'
import { inReadingDirection } from '../../../design/reading-direction.ts'
import { useEditState, useSession, useSessionState } from '../../../stores/browse-current.ts'
import { isEdited } from '../../../stores/edit-session.ts'
import { usePlaces } from '../../../stores/places.ts'
import { isChord, isEditingText } from '../../frame/shortcuts.ts'
import { BeginningEdit } from '../edit/BeginningEdit.tsx'
import { EditTab } from '../edit/EditTab.tsx'
import { EntryList } from './EntryList.tsx'
import css from './FilesTab.module.css'
import { FilesToolbar } from './FilesToolbar.tsx'
import { FolderTree } from './FolderTree.tsx'
import { LookSheet } from './LookSheet.tsx'
import { PreviewPane } from './PreviewPane.tsx'

/** The files of the image: as they are, or while they are being edited as they will be. */
export function FilesTab() {
  return useEditState(isEdited) ? <EditTab /> : <LookedAtFiles />
}

/** As a file manager shows them. */
function LookedAtFiles() {
  const session = useSession()
  const isTreeShown = useSessionState((state) => state.isTreeShown)
  const isPreviewShown = useSessionState((state) => state.isPreviewShown)
  const isBeginningEdit = useEditState((state) => state.isBeginning)
  const isListed = useSessionState((state) => state.listing !== null)
  const searchField = useRef<HTMLInputElement>(null)
  const grid = useRef<RowGridHandle>(null)

  // Who opened an image wants to go through its files.
  useEffect(() => {
    if (isListed && (document.activeElement === null || document.activeElement === document.body)) grid.current?.focus()
  }, [isListed])
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || usePlaces.getState().isPaletteOpen || document.querySelector('[role=dialog]')) return
      if (isChord(event, { key: 'f' })) searchField.current?.select()
      else if (event.target === searchField.current && event.key === 'ArrowDown') grid.current?.focus()
      else if (isEditingText(event.target)) return
      else if (event.altKey && inReadingDirection(event.key) === 'ArrowLeft') void session.goBack()
      else if (event.altKey && inReadingDirection(event.key) === 'ArrowRight') void session.goForward()
      else if ((event.altKey && event.key === 'ArrowUp') || event.key === 'Backspace') void session.goUp()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [session])
  return (
    <div className={css.files}>
      <FilesToolbar searchField={searchField} />
      {isBeginningEdit && <BeginningEdit />}
      <div className={css.panes} data-tree={isTreeShown || undefined} data-preview={isPreviewShown || undefined}>
        {isTreeShown && <FolderTree />}
        <EntryList grid={grid} />
        {isPreviewShown && <PreviewPane />}
      </div>
      <LookSheet />
    </div>
  )
}
