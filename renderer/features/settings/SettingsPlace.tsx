import { Undo2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '../../design/Button.tsx'
import { SearchLine } from '../../design/SearchLine.tsx'
import { useSettings } from '../../stores/settings.ts'
import { say } from '../../words/say.ts'
import { chordText, isChord } from '../frame/shortcuts.ts'
import css from './SettingsPlace.module.css'
import { isFound, settingSections } from './setting-sections.tsx'

const FIND = { key: 'f' }

/** Everything that can be set; it holds at once. */
export function SettingsPlace() {
  const [wanted, setWanted] = useState('')
  const search = useRef<HTMLInputElement>(null)
  useFindKey(search)
  const found = settingSections().filter((section) => isFound(section, wanted))
  return (
    <div className={css.place}>
      <header className={css.head}>
        <h1 className={css.title}>{say('settings.title')}</h1>
        <SearchLine label={say('settings.find')} value={wanted} onChange={setWanted} inputRef={search} />
        <UndoButton />
      </header>
      <p aria-live="polite" className={css.none}>
        {found.length === 0 ? say('settings.none') : ''}
      </p>
      {found.map(({ title, render }) => (
        <section key={title} className={css.section} aria-label={title}>
          <h2 className={css.heading}>{title}</h2>
          {render()}
        </section>
      ))}
    </div>
  )
}

function UndoButton() {
  const canUndo = useSettings(({ past }) => past.length > 0)
  const undo = useSettings((state) => state.undo)
  return (
    <Button isDisabled={!canUndo} onPress={() => void undo()}>
      <Undo2 size={16} aria-hidden className="pointing" /> {say('settings.undo')} <kbd className={css.key}>{chordText({ key: 'z' })}</kbd>
    </Button>
  )
}

function useFindKey(search: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!isChord(event, FIND)) return
      event.preventDefault()
      search.current?.focus()
      search.current?.select()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [search])
}
