import { useRef } from 'react'
import { Menu, MenuItem, Popover } from 'react-aria-components'
import { useSession } from '../../../stores/browse-current.ts'
import { say } from '../../../words/say.ts'
import menuCss from '../Menu.module.css'
import { availableActions, type EntryAction, entryShortcut, runEntryAction } from './entry-actions.ts'

const order: readonly EntryAction[] = [
  'open',
  'preview',
  'extract',
  'copy-path',
  'copy-hash',
  'show-folder',
  'show-map',
  'rename',
  'remove',
]

interface Props {
  /** Where it was asked for, in the window; null while it is closed. */
  readonly at: { readonly x: number; readonly y: number } | null
  readonly onClose: () => void
  /** After something was chosen. */
  readonly onDone: () => void
}

/** The menu of the selected entries. */
export function EntryMenu({ at, onClose, onDone }: Props) {
  const session = useSession()
  const anchor = useRef<HTMLSpanElement>(null)
  const available = at === null ? new Set<EntryAction>() : availableActions(session)
  const run = (action: EntryAction) => {
    onClose()
    onDone()
    void runEntryAction(action, session)
  }
  return (
    <>
      <span ref={anchor} className={menuCss.anchor} style={{ left: at?.x ?? 0, top: at?.y ?? 0 }} />
      <Popover triggerRef={anchor} isOpen={at !== null} onOpenChange={(isOpen) => !isOpen && onClose()} placement="bottom start" offset={2}>
        <Menu
          className={menuCss.menu}
          aria-label={say('browse.selected-entries')}
          autoFocus="first"
          onAction={(key) => run(key as EntryAction)}
        >
          {order
            .filter((action) => available.has(action))
            .map((action) => (
              <MenuItem key={action} id={action} className={menuCss.item} textValue={say(`browse.action.${action}`)}>
                {say(`browse.action.${action}`)}
                {entryShortcut(action) && <kbd>{entryShortcut(action)}</kbd>}
              </MenuItem>
            ))}
        </Menu>
      </Popover>
    </>
  )
}
