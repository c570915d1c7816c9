import { Disc, Disc3, DiscAlbum, HardDrive, House, ListChecks, ShieldCheck } from 'lucide-react'
import { Button, TooltipTrigger } from 'react-aria-components'
import { TipText } from '../../design/Button.tsx'
import { Logo } from '../../design/Logo.tsx'
import { inOrder, useJobs } from '../../stores/jobs.ts'
import { type Place, usePlaces } from '../../stores/places.ts'
import css from './Rail.module.css'
import { chordText, type KeyChord } from './shortcuts.ts'
import { useNarrow } from './useNarrow.ts'

const places: readonly { place: Place; title: string; chord: KeyChord; Picture: typeof House }[] = [
  { place: 'home', title: 'Home', chord: { key: '1' }, Picture: House },
  { place: 'images', title: 'Images', chord: { key: 'i' }, Picture: Disc },
  { place: 'create', title: 'New image', chord: { key: 'n' }, Picture: Disc3 },
  { place: 'mounts', title: 'Mounted', chord: { key: '2' }, Picture: HardDrive },
  { place: 'verify', title: 'Verify', chord: { key: '3' }, Picture: ShieldCheck },
  { place: 'drives', title: 'Drives', chord: { key: 'd' }, Picture: DiscAlbum },
  { place: 'jobs', title: 'Jobs', chord: { key: 'j' }, Picture: ListChecks },
]

/** The places of the window; only pictures when it is narrow. */
export function Rail() {
  const current = usePlaces((state) => state.place)
  const go = usePlaces((state) => state.go)
  const jobs = useJobs((state) => state.jobs)
  const isNarrow = useNarrow()
  const { running, waiting } = inOrder(jobs.values())
  const activeCount = running.length + waiting.length
  return (
    <nav className={css.rail} aria-label="Places">
      <p className={css.brand}>
        <Logo sizePx={28} />
        <span className={css.word}>Isomer</span>
      </p>
      <ul className={css.places}>
        {places.map(({ place, title, chord, Picture }) => (
          <li key={place}>
            <TooltipTrigger delay={300} closeDelay={0} isDisabled={!isNarrow}>
              <Button
                className={css.place}
                aria-current={current === place ? 'page' : undefined}
                aria-label={place === 'jobs' && activeCount > 0 ? `Jobs, ${activeCount} running or waiting` : title}
                onPress={() => go(place)}
              >
                <Picture size={18} aria-hidden />
                <span className={css.word}>{title}</span>
                {place === 'jobs' && activeCount > 0 && <span className={css.count}>{activeCount}</span>}
              </Button>
              <TipText placement="right" shortcut={chordText(chord)}>
                {title}
              </TipText>
            </TooltipTrigger>
          </li>
        ))}
      </ul>
      <PaletteHint isNarrow={isNarrow} />
    </nav>
  )
}

function PaletteHint({ isNarrow }: { isNarrow: boolean }) {
  const openPalette = usePlaces((state) => state.openPalette)
  const chord = chordText({ key: 'k' })
  return (
    <TooltipTrigger delay={300} closeDelay={0} isDisabled={!isNarrow}>
      <Button className={css.hint} aria-label="Find a command" onPress={() => openPalette(true)}>
        <kbd className={css.key}>{chord}</kbd>
        <span className={css.word}>Commands</span>
      </Button>
      <TipText placement="right">Find a command</TipText>
    </TooltipTrigger>
  )
}
