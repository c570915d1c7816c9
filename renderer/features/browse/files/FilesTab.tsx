import { type KeyboardEvent, useRef } from 'react'
import { useSession, useSessionState } from '../../../stores/browse-current.ts'
import { isChord, isEditingText } from '../../frame/shortcuts.ts'
import { EntryList } from './EntryList.tsx'
import css from './FilesTab.module.css'
import { FilesToolbar } from './FilesToolbar.tsx'
import { FolderTree } from './FolderTree.tsx'
import { LookSheet } from './LookSheet.tsx'
import { PreviewPane } from './PreviewPane.tsx'

/** The files of the image as a file manager shows them. */
export function FilesTab() {
  const session = useSession()
  const isTreeShown = useSessionState((state) => state.isTreeShown)
  const isPreviewShown = useSessionState((state) => state.isPreviewShown)
  const searchField = useRef<HTMLInputElement>(null)

  const onKeyDown = (event: KeyboardEvent) => {
    if (isChord(event, { key: 'f' })) searchField.current?.select()
    else if (isEditingText(event.target as Element)) return
    else if (event.altKey && event.key === 'ArrowLeft') void session.goBack()
    else if (event.altKey && event.key === 'ArrowRight') void session.goForward()
    else if ((event.altKey && event.key === 'ArrowUp') || event.key === 'Backspace') void session.goUp()
    else return
    event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: shortcuts for what the buttons inside do
    <div className={css.files} onKeyDown={onKeyDown}>
      <FilesToolbar searchField={searchField} />
      <div className={css.panes} data-tree={isTreeShown || undefined} data-preview={isPreviewShown || undefined}>
        {isTreeShown && <FolderTree />}
        <EntryList />
        {isPreviewShown && <PreviewPane />}
      </div>
      <LookSheet />
    </div>
  )
}
