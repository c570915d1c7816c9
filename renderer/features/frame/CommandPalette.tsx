import { Search } from 'lucide-react'
import { Autocomplete, Input, Menu, MenuItem, SearchField, useFilter } from 'react-aria-components'
import { Sheet } from '../../design/Sheet.tsx'
import { usePlaces } from '../../stores/places.ts'
import { say } from '../../words/say.ts'
import css from './CommandPalette.module.css'
import { type CommandId, commandOf, commands, runCommand } from './commands.ts'
import { chordText } from './shortcuts.ts'

/** Every command that can be run now, found by typing. */
export function CommandPalette() {
  const isOpen = usePlaces((state) => state.isPaletteOpen)
  const openPalette = usePlaces((state) => state.openPalette)
  return (
    <Sheet bare title={say('frame.find-command')} isOpen={isOpen} onClose={() => openPalette(false)}>
      <Finder onDone={() => openPalette(false)} />
    </Sheet>
  )
}

function Finder({ onDone }: { onDone: () => void }) {
  const { contains } = useFilter({ sensitivity: 'base' })
  const available = commands.filter((command) => command.id !== 'palette' && command.isAvailable())
  const run = (id: CommandId) => {
    onDone()
    runCommand(id)
  }
  return (
    <Autocomplete filter={contains}>
      <SearchField className={css.search} aria-label={say('frame.find-command')} autoFocus>
        <Search size={18} aria-hidden className={css.glass} />
        <Input className={css.input} placeholder={say('frame.find-command')} />
      </SearchField>
      {/* biome-ignore lint/a11y/useSemanticElements: no form, so no fieldset */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard; the commands are, by the arrows, from the search field */}
      <div className={css.list} role="group" aria-label={say('frame.commands-found')} tabIndex={0}>
        <Menu
          className={css.items}
          aria-label={say('frame.commands')}
          items={available.map(({ id }) => ({ id }))}
          onAction={(key) => run(key as CommandId)}
          renderEmptyState={() => <p className={css.empty}>{say('frame.command-none')}</p>}
        >
          {({ id }) => {
            const { chord } = commandOf(id)
            const title = say(`frame.command.${id}`)
            return (
              <MenuItem id={id} textValue={title} className={css.item}>
                {title}
                {chord && <kbd className={css.chord}>{chordText(chord)}</kbd>}
              </MenuItem>
            )
          }}
        </Menu>
      </div>
    </Autocomplete>
  )
}
