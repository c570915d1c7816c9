/** Writes a CUE sheet over one BIN file, in the form that every reader knows. */
import type { TrackFlags, TrackMode } from '../../../shared/container.ts'
import { CD_FRAMES_PER_SECOND } from '../../../shared/container.ts'

export interface CueTrack {
  readonly number: number
  readonly mode: TrackMode
  /** 2048, 2336 or 2352: what is stored of each sector. */
  readonly sectorBytes: number
  readonly flags: TrackFlags
  readonly isrc: string | null
  readonly title?: string | null
  readonly performer?: string | null
  /** Sectors before the track that are silent and not stored. */
  readonly silentSectors: number
  /** Where what is stored of the gap begins, in sectors from the beginning of the file; null where nothing is. */
  readonly gapSector: number | null
  readonly startSector: number
  /** Of index 2 and up, counted likewise. */
  readonly indexSectors: readonly number[]
}

export interface CueSheet {
  readonly binName: string
  /** Thirteen digits. */
  readonly catalog: string | null
  readonly tracks: readonly CueTrack[]
}

export function formatCueSheet({ binName, catalog, tracks }: CueSheet): string {
  const lines = [...(catalog === null ? [] : [`CATALOG ${catalog}`]), `FILE ${quoted(binName)} BINARY`, ...tracks.flatMap(trackLines)]
  return `${lines.join('\r\n')}\r\n`
}

function trackLines(track: CueTrack): string[] {
  const { number, title, performer, isrc, silentSectors, gapSector, startSector, indexSectors } = track
  const flags = flagWords(track.flags)
  const index = (i: number, sector: number) => `    INDEX ${two(i)} ${timeOf(sector)}`
  return [
    `  TRACK ${two(number)} ${modeName(track)}`,
    ...(title ? [`    TITLE ${quoted(title)}`] : []),
    ...(performer ? [`    PERFORMER ${quoted(performer)}`] : []),
    ...(flags === '' ? [] : [`    FLAGS ${flags}`]),
    ...(isrc === null ? [] : [`    ISRC ${isrc}`]),
    ...(silentSectors === 0 ? [] : [`    PREGAP ${timeOf(silentSectors)}`]),
    ...(gapSector === null ? [] : [index(0, gapSector)]),
    index(1, startSector),
    ...indexSectors.map((sector, i) => index(i + 2, sector)),
  ]
}

const modeName = ({ mode, sectorBytes }: CueTrack): string => (mode === 'audio' ? 'AUDIO' : `${mode.toUpperCase()}/${sectorBytes}`)

function flagWords({ copyPermitted, fourChannels, preEmphasis, serialCopy }: TrackFlags): string {
  return [copyPermitted && 'DCP', fourChannels && '4CH', preEmphasis && 'PRE', serialCopy && 'SCMS']
    .filter((word) => word !== false)
    .join(' ')
}

function timeOf(sectors: number): string {
  const seconds = Math.floor(sectors / CD_FRAMES_PER_SECOND)
  return [Math.floor(seconds / 60), seconds % 60, sectors % CD_FRAMES_PER_SECOND].map(two).join(':')
}

const two = (number: number): string => `${number}`.padStart(2, '0')

/** The format has no way to write a quotation mark. */
const quoted = (text: string): string => `"${text.replaceAll('"', "'")}"`
