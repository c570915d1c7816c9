import { Disc, Disc3, DiscAlbum, HardDrive, House, ListChecks, Settings, ShieldCheck } from 'lucide-react'
import { Button, TooltipTrigger } from 'react-aria-components'
import { TipText } from '../../design/Button.tsx'
import { Logo } from '../../design/Logo.tsx'
import { inOrder, useJobs } from '../../stores/jobs.ts'
import { type Place, usePlaces } from '../../stores/places.ts'
import { formatNumber } from '../../words/amounts.ts'
import { say } from '../../words/say.ts'
import css from './Rail.module.css'
import { chordText, type KeyChord } from './shortcuts.ts'
import { useNarrow } from './useNarrow.ts'

const APP_NAME = 'Isomer'

interface KnownPlace {
  readonly place: Place
  readonly chord: KeyChord
  readonly Picture: typeof House
}

const places: readonly KnownPlace[] = [
  { place: 'home', chord: { key: '1' }, Picture: House },
  { place: 'images', chord: { key: 'i' }, Picture: Disc },
  { place: 'create', chord: { key: 'n' }, Picture: Disc3 },
  { place: 'mounts', chord: { key: '2' }, Picture: HardDrive },
  { place: 'verify', chord: { key: '3' }, Picture: ShieldCheck },
  { place: 'drives', chord: { key: 'd' }, Picture: DiscAlbum },
  { place: 'jobs', chord: { key: 'j' }, Picture: ListChecks },
]
const settings: KnownPlace = { place: 'settings', chord: { key: ',' }, Picture: Settings }

/** The places of the window; only pictures when it is narrow. */
export function Rail() {
  const jobs = useJobs((state) => state.jobs)
  const isNarrow = useNarrow()
  const { running, waiting } = inOrder(jobs.values())
  const activeCount = running.length + waiting.length
  return (
    <nav className={css.rail} aria-label={say('frame.places')}>
      <p className={css.brand}>
        <Logo sizePx={28} />
        <span className={css.word}>{APP_NAME}</span>
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

function RailPlace({ known: { place, chord, Picture }, isNarrow, count }: PlaceProps) {
  const current = usePlaces((state) => state.place)
  const go = usePlaces((state) => state.go)
  const title = say(`frame.place.${place}`)
  return (
    <li>
      <TooltipTrigger delay={300} closeDelay={0} isDisabled={!isNarrow}>
        <Button
          className={css.place}
          aria-current={current === place ? 'page' : undefined}
          aria-label={count > 0 ? say('frame.jobs-active', { place: title, count }) : title}
          onPress={() => go(place)}
        >
          <Picture size={18} aria-hidden />
          <span className={css.word}>{title}</span>
          {count > 0 && <span className={css.count}>{formatNumber(count)}</span>}
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
      <Button className={css.hint} aria-label={say('frame.find-command')} onPress={() => openPalette(true)}>
        <kbd className={css.key}>{chord}</kbd>
        <span className={css.word}>{say('frame.commands')}</span>
      </Button>
      <TipText placement="end">{say('frame.find-command')}</TipText>
    </TooltipTrigger>
  )
}
