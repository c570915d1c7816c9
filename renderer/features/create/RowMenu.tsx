import { useRef } from 'react'
import { Menu, MenuItem, Popover } from 'react-aria-components'
import { topmost } from '../../design/tree/selection.ts'
import { answerOf } from '../../stores/notices.ts'
import { useStaging } from '../../stores/staging.ts'
import { say } from '../../words/say.ts'
import { actionShortcut, actionTitle, isActionAvailable, type RowAction, runRowAction } from './row-actions.ts'
import css from './StagedTree.module.css'

const order: readonly RowAction[] = ['rename', 'new-folder', 'cut', 'paste', 'copy', 'remove']

interface Props {
  /** Where it was asked for, in the window; null while it is closed. */
  readonly at: { readonly x: number; readonly y: number } | null
  readonly onClose: () => void
}

/** The menu of the selected rows. */
export function RowMenu({ at, onClose }: Props) {
  const anchor = useRef<HTMLSpanElement>(null)
  const selected = useStaging((state) => state.selection.selected)
  const cutCount = useStaging((state) => state.cut.length)
  const disabled = order.filter((action) => !isActionAvailable(action, { selectedCount: selected.size, cutCount }))
  const run = (action: RowAction) => {
    onClose()
    if (action === 'copy') void answerOf(window.isomer.clipboard.writeText({ text: topmost(selected).join('\n') }))
    else void runRowAction(action)
  }
  return (
    <>
      <span ref={anchor} className={css.anchor} style={{ left: at?.x ?? 0, top: at?.y ?? 0 }} />
      <Popover triggerRef={anchor} isOpen={at !== null} onOpenChange={(isOpen) => !isOpen && onClose()} placement="bottom start" offset={2}>
        <Menu
          className={css.menu}
          aria-label={say('create.rows')}
          autoFocus="first"
          disabledKeys={disabled}
          onAction={(key) => run(key as RowAction)}
        >
          {order.map((action) => (
            <MenuItem key={action} id={action} className={css.menuItem} textValue={actionTitle(action)}>
              {actionTitle(action)}
              <kbd>{actionShortcut(action)}</kbd>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </>
  )
}
