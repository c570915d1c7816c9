import { useRef } from 'react'
import { Menu, MenuItem, Popover } from 'react-aria-components'
import { useSession } from '../../../stores/browse-current.ts'
import menuCss from '../Menu.module.css'
import { availableActions, type EntryAction, entryActionWords, runEntryAction } from './entry-actions.ts'

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
        <Menu className={menuCss.menu} aria-label="Selected entries" autoFocus="first" onAction={(key) => run(key as EntryAction)}>
          {order
            .filter((action) => available.has(action))
            .map((action) => (
              <MenuItem key={action} id={action} className={menuCss.item} textValue={entryActionWords[action].title}>
                {entryActionWords[action].title}
                {entryActionWords[action].shortcut && <kbd>{entryActionWords[action].shortcut}</kbd>}
              </MenuItem>
            ))}
        </Menu>
      </Popover>
    </>
  )
}
