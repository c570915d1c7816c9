import { Check, ChevronDown, Layers } from 'lucide-react'
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover, Text } from 'react-aria-components'
import type { BrowsedViewKind } from '../../../../shared/browse.ts'
import { useSession, useSessionState } from '../../../stores/browse-current.ts'
import { viewTitles } from '../entry-words.ts'
import menuCss from '../Menu.module.css'
import css from './ViewChoice.module.css'

const details: Readonly<Record<BrowsedViewKind, string>> = {
  rockridge: 'What Linux and Unix show: long names, modes, owners, links',
  udf: 'What today’s systems show of DVDs and Blu-ray discs',
  joliet: 'What Windows shows of CDs: names of up to 64 or 103 characters',
  iso9660: 'What everything can read: short names in capitals',
  boot: 'Boot images and partitions as files',
}

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
      <AriaButton className={css.choice} aria-label={`Tree: ${viewTitles[view]}`} isDisabled={kinds.length < 2}>
        <Layers size={15} aria-hidden />
        <span className={css.title}>{viewTitles[view]}</span>
        <ChevronDown size={14} aria-hidden className={css.arrow} />
      </AriaButton>
      <Popover placement="bottom end">
        <Menu
          className={menuCss.menu}
          aria-label="Trees of the image"
          selectionMode="single"
          selectedKeys={[view]}
          disallowEmptySelection
          onAction={(key) => void session.setView(key as BrowsedViewKind)}
        >
          {kinds.map((kind) => (
            <MenuItem key={kind} id={kind} className={`${menuCss.item} ${css.item}`} textValue={viewTitles[kind]}>
              <Check size={16} aria-hidden className={css.check} />
              <span className={css.words}>
                <Text slot="label">{viewTitles[kind]}</Text>
                <Text slot="description" className={css.detail}>
                  {details[kind]}
                </Text>
              </span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
