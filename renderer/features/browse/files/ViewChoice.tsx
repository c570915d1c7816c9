import { Check, ChevronDown, Layers } from 'lucide-react'
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover, Text } from 'react-aria-components'
import type { BrowsedViewKind } from '../../../../shared/browse.ts'
import { useSession, useSessionState } from '../../../stores/browse-current.ts'
import { say } from '../../../words/say.ts'
import { viewTitle } from '../entry-words.ts'
import menuCss from '../Menu.module.css'
import css from './ViewChoice.module.css'

/** Which of the trees of the image is shown. */
export function ViewChoice() {
  const session = useSession()
  const view = useSessionState((state) => state.view)
  const hasEquipment = useSessionState(
    ({ description }) => description !== null && description.boot.length + description.partitions.length > 0,
  )
  const kinds: BrowsedViewKind[] = [...session.image.views.map(({ kind }) => kind), ...(hasEquipment ? (['boot'] as const) : [])]
  return (
    <MenuTrigger>
      <AriaButton className={css.choice} aria-label={say('browse.view.choice', { view: viewTitle(view) })} isDisabled={kinds.length < 2}>
        <Layers size={15} aria-hidden />
        <span className={css.title}>{viewTitle(view)}</span>
        <ChevronDown size={14} aria-hidden className={css.arrow} />
      </AriaButton>
      <Popover placement="bottom end">
        <Menu
          className={menuCss.menu}
          aria-label={say('browse.view.choices')}
          selectionMode="single"
          selectedKeys={[view]}
          disallowEmptySelection
          onAction={(key) => void session.setView(key as BrowsedViewKind)}
        >
          {kinds.map((kind) => (
            <MenuItem key={kind} id={kind} className={`${menuCss.item} ${css.item}`} textValue={viewTitle(kind)}>
              <Check size={16} aria-hidden className={css.check} />
              <span className={css.words}>
                <Text slot="label">{viewTitle(kind)}</Text>
                <Text slot="description" className={css.detail}>
                  {say(`browse.view.${kind}.detail`)}
                </Text>
              </span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
