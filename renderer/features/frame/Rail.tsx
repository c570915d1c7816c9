import { Disc, Disc3, DiscAlbum, HardDrive, House, ListChecks, Settings, ShieldCheck } from 'lucide-react'
import { Button, TooltipTrigger } from 'react-aria-components'
import { TipText } from '../../design/Button.tsx'
import { Logo } from '../../design/Logo.tsx'
import { inOrder, useJobs } from '../../stores/jobs.ts'
import { type Place, usePlaces } from '../../stores/places.ts'
import css from './Rail.module.css'
import { chordText, type KeyChord } from './shortcuts.ts'
import { useNarrow } from './useNarrow.ts'

interface KnownPlace {
  readonly place: Place
  readonly title: string
  readonly chord: KeyChord
  readonly Picture: typeof House
}

const places: readonly KnownPlace[] = [
  { place: 'home', title: 'Home', chord: { key: '1' }, Picture: House },
  { place: 'images', title: 'Images', chord: { key: 'i' }, Picture: Disc },
  { place: 'create', title: 'New image', chord: { key: 'n' }, Picture: Disc3 },
  { place: 'mounts', title: 'Mounted', chord: { key: '2' }, Picture: HardDrive },
  { place: 'verify', title: 'Verify', chord: { key: '3' }, Picture: ShieldCheck },
  { place: 'drives', title: 'Drives', chord: { key: 'd' }, Picture: DiscAlbum },
  { place: 'jobs', title: 'Jobs', chord: { key: 'j' }, Picture: ListChecks },
]
const settings: KnownPlace = { place: 'settings', title: 'Settings', chord: { key: ',' }, Picture: Settings }

/** The places of the window; only pictures when it is narrow. */
export function Rail() {
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
        {places.map((known) => (
          <RailPlace key={known.place} known={known} isNarrow={isNarrow} count={known.place === 'jobs' ? activeCount : 0} />
        ))}
      </ul>
      <ul className={css.foot}>
        <li>
          <PaletteHint isNarrow={isNarrow} />
        </li>
        <RailPlace known={settings} isNarrow={isNarrow} count={0} />
      </ul>
    </nav>
  )
}

interface PlaceProps {
  readonly known: KnownPlace
  readonly isNarrow: boolean
  /** Jobs that run or wait. */
  readonly count: number
}

function RailPlace({ known: { place, title, chord, Picture }, isNarrow, count }: PlaceProps) {
  const current = usePlaces((state) => state.place)
  const go = usePlaces((state) => state.go)
  return (
    <li>
      <TooltipTrigger delay={300} closeDelay={0} isDisabled={!isNarrow}>
        <Button
          className={css.place}
          aria-current={current === place ? 'page' : undefined}
          aria-label={count > 0 ? `${title}, ${count} running or waiting` : title}
          onPress={() => go(place)}
        >
          <Picture size={18} aria-hidden />
          <span className={css.word}>{title}</span>
          {count > 0 && <span className={css.count}>{count}</span>}
        </Button>
        <TipText placement="end" shortcut={chordText(chord)}>
          {title}
        </TipText>
      </TooltipTrigger>
    </li>
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
      <TipText placement="end">Find a command</TipText>
    </TooltipTrigger>
  )
}
