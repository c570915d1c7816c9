import { useRef } from 'react'
import { Menu, MenuItem, Popover } from 'react-aria-components'
import { useSession } from '../../../stores/browse-current.ts'
import { say } from '../../../words/say.ts'
import menuCss from '../Menu.module.css'
import { availableEdits, type EditAction, editShortcut, editTitle, runEdit } from './edit-actions.ts'

const order: readonly EditAction[] = ['open', 'put-back', 'rename', 'new-folder', 'cut', 'paste', 'copy', 'remove']

interface Props {
  /** Where it was asked for, in the window; null while it is closed. */
  readonly at: { readonly x: number; readonly y: number } | null
  readonly onClose: () => void
  /** After something was chosen. */
  readonly onDone: () => void
}

/** The menu of the selected entries. */
export function EditMenu({ at, onClose, onDone }: Props) {
  const { edit } = useSession()
  const anchor = useRef<HTMLSpanElement>(null)
  const available = at === null ? new Set<EditAction>() : availableEdits(edit)
  const run = (action: EditAction) => {
    onClose()
    onDone()
    void runEdit(action, edit)
  }
  return (
    <>
      <span ref={anchor} className={menuCss.anchor} style={{ left: at?.x ?? 0, top: at?.y ?? 0 }} />
      <Popover triggerRef={anchor} isOpen={at !== null} onOpenChange={(isOpen) => !isOpen && onClose()} placement="bottom start" offset={2}>
        <Menu
          className={menuCss.menu}
          aria-label={say('browse.selected-entries')}
          autoFocus="first"
          onAction={(key) => run(key as EditAction)}
        >
          {order
            .filter((action) => available.has(action))
            .map((action) => (
              <MenuItem key={action} id={action} className={menuCss.item} textValue={editTitle(action)}>
                {editTitle(action)}
                {editShortcut(action) && <kbd>{editShortcut(action)}</kbd>}
              </MenuItem>
            ))}
        </Menu>
      </Popover>
    </>
  )
}
