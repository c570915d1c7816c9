import { ArrowLeft, ArrowRight, ArrowUp, PanelLeft, PanelRight, Search, X } from 'lucide-react'
import type { RefObject } from 'react'
import { Button as AriaButton, Input, SearchField } from 'react-aria-components'
import { IconButton } from '../../../design/Button.tsx'
import { inReadingDirection } from '../../../design/reading-direction.ts'
import { useSession, useSessionState } from '../../../stores/browse-current.ts'
import { say } from '../../../words/say.ts'
import { chordText } from '../../frame/shortcuts.ts'
import { Breadcrumbs } from './Breadcrumbs.tsx'
import css from './FilesToolbar.module.css'
import { ViewChoice } from './ViewChoice.tsx'

/** The arrow that is pressed to go along the line of reading, or back. */
const alongReading = (key: 'ArrowLeft' | 'ArrowRight') => `${say('common.key.alt')}+${inReadingDirection(key) === 'ArrowLeft' ? '←' : '→'}`

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
    <div className={css.toolbar} role="toolbar" aria-label={say('browse.ways')}>
      <IconButton
        label={say(isTreeShown ? 'browse.hide-folders' : 'browse.show-folders')}
        aria-pressed={isTreeShown}
        onPress={() => session.showTree(!isTreeShown)}
      >
        <PanelLeft size={16} aria-hidden className="pointing" />
      </IconButton>
      <IconButton
        label={say('browse.back')}
        shortcut={alongReading('ArrowLeft')}
        isDisabled={!canGoBack}
        onPress={() => void session.goBack()}
      >
        <ArrowLeft size={16} aria-hidden className="pointing" />
      </IconButton>
      <IconButton
        label={say('browse.forward')}
        shortcut={alongReading('ArrowRight')}
        isDisabled={!canGoForward}
        onPress={() => void session.goForward()}
      >
        <ArrowRight size={16} aria-hidden className="pointing" />
      </IconButton>
      <IconButton
        label={say('browse.up')}
        shortcut={`${say('common.key.alt')}+↑`}
        isDisabled={!canGoUp}
        onPress={() => void session.goUp()}
      >
        <ArrowUp size={16} aria-hidden />
      </IconButton>
      <Breadcrumbs />
      <SearchField
        className={css.search}
        aria-label={say('browse.search-image')}
        value={searchText}
        onChange={(text) => void session.search(text)}
        onClear={() => void session.search('')}
      >
        <Search size={15} aria-hidden className={css.glass} />
        <Input ref={searchField} className={css.input} placeholder={say('browse.search')} autoComplete="off" spellCheck="false" />
        <kbd className={css.hint} aria-hidden>
          {chordText({ key: 'f' })}
        </kbd>
        <AriaButton className={css.clear} aria-label={say('browse.clear-search')}>
          <X size={14} aria-hidden />
        </AriaButton>
      </SearchField>
      <ViewChoice />
      <IconButton
        label={say(isPreviewShown ? 'browse.hide-preview' : 'browse.show-preview')}
        shortcut={say('common.key.space')}
        aria-pressed={isPreviewShown}
        onPress={() => session.showPreview(!isPreviewShown)}
      >
        <PanelRight size={16} aria-hidden className="pointing" />
      </IconButton>
    </div>
  )
}
