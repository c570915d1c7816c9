import { ArrowLeft, ArrowRight, ArrowUp, PanelLeft, PanelRight, Search, X } from 'lucide-react'
import type { RefObject } from 'react'
import { Button as AriaButton, Input, SearchField } from 'react-aria-components'
import { IconButton } from '../../../design/Button.tsx'
import { useSession, useSessionState } from '../../../stores/browse-current.ts'
import { chordText } from '../../frame/shortcuts.ts'
import { Breadcrumbs } from './Breadcrumbs.tsx'
import css from './FilesToolbar.module.css'
import { ViewChoice } from './ViewChoice.tsx'

/** Ways through the folders, the search, and what is shown beside the list. */
export function FilesToolbar({ searchField }: { searchField: RefObject<HTMLInputElement | null> }) {
  const session = useSession()
  const canGoBack = useSessionState((state) => state.past.length > 0)
  const canGoForward = useSessionState((state) => state.future.length > 0)
  const canGoUp = useSessionState((state) => state.crumbs.length > 1 || state.searchText !== '')
  const searchText = useSessionState((state) => state.searchText)
  const isTreeShown = useSessionState((state) => state.isTreeShown)
  const isPreviewShown = useSessionState((state) => state.isPreviewShown)
  return (
    <div className={css.toolbar} role="toolbar" aria-label="Ways through the image">
      <IconButton
        label={isTreeShown ? 'Hide the folders' : 'Show the folders'}
        aria-pressed={isTreeShown}
        onPress={() => session.showTree(!isTreeShown)}
      >
        <PanelLeft size={16} aria-hidden />
      </IconButton>
      <IconButton label="Back" shortcut="Alt+←" isDisabled={!canGoBack} onPress={() => void session.goBack()}>
        <ArrowLeft size={16} aria-hidden />
      </IconButton>
      <IconButton label="Forward" shortcut="Alt+→" isDisabled={!canGoForward} onPress={() => void session.goForward()}>
        <ArrowRight size={16} aria-hidden />
      </IconButton>
      <IconButton label="Up" shortcut="Alt+↑" isDisabled={!canGoUp} onPress={() => void session.goUp()}>
        <ArrowUp size={16} aria-hidden />
      </IconButton>
      <Breadcrumbs />
      <SearchField
        className={css.search}
        aria-label="Search the whole image"
        value={searchText}
        onChange={(text) => void session.search(text)}
        onClear={() => void session.search('')}
      >
        <Search size={15} aria-hidden className={css.glass} />
        <Input ref={searchField} className={css.input} placeholder="Search" autoComplete="off" spellCheck="false" />
        <kbd className={css.hint} aria-hidden>
          {chordText({ key: 'f' })}
        </kbd>
        <AriaButton className={css.clear} aria-label="Clear the search">
          <X size={14} aria-hidden />
        </AriaButton>
      </SearchField>
      <ViewChoice />
      <IconButton
        label={isPreviewShown ? 'Hide the preview' : 'Show the preview'}
        shortcut="Space"
        aria-pressed={isPreviewShown}
        onPress={() => session.showPreview(!isPreviewShown)}
      >
        <PanelRight size={16} aria-hidden />
      </IconButton>
    </div>
  )
}
