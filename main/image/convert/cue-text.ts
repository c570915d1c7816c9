/** Writes CUE sheets. */
import { CD_FRAMES_PER_SECOND, type TrackFlags } from '../../../shared/container.ts'
import { type Container, sessionCount, type Track } from '../../containers/container.ts'

/** What a sheet says of one track. */
export interface SheetTrack {
  readonly track: Track
  /** `MODE1/2352`. */
  readonly mode: string
  /** Of the file that it is in; null when it is the one of the track before. */
  readonly file: { readonly name: string; readonly type: 'BINARY' | 'WAVE' } | null
  /** Where its gap and its index 1 begin in that file, in frames; no gap for null. */
  readonly gapFrames: number | null
  readonly startFrames: number
  /** Of the gap, what is not in a file. */
  readonly silentFrames: number
}

export function cueText(disc: Container, tracks: readonly SheetTrack[]): string {
  const lines: string[] = []
  if (disc.catalog !== null) lines.push(`CATALOG ${disc.catalog}`)
  const namesSessions = sessionCount(disc) > 1
  for (const [i, sheet] of tracks.entries()) {
    const { track, file, mode } = sheet
    if (namesSessions && track.session !== tracks[i - 1]?.track.session) lines.push(`REM SESSION ${two(track.session)}`)
    if (file !== null) lines.push(`FILE "${file.name.replaceAll('"', '’')}" ${file.type}`)
    lines.push(`  TRACK ${two(track.number)} ${mode}`, ...detailLines(track), ...placeLines(sheet))
  }
  return `${lines.join('\r\n')}\r\n`
}

function detailLines({ title, performer, isrc, flags, mode }: Track): string[] {
  const words = flagWords(flags, mode === 'audio')
  return [
    ...(title === null ? [] : [`    TITLE "${plain(title)}"`]),
    ...(performer === null ? [] : [`    PERFORMER "${plain(performer)}"`]),
    ...(words.length === 0 ? [] : [`    FLAGS ${words.join(' ')}`]),
    ...(isrc !== null && /^[A-Z0-9]{12}$/i.test(isrc) ? [`    ISRC ${isrc}`] : []),
  ]
}

function placeLines({ track, gapFrames, startFrames, silentFrames }: SheetTrack): string[] {
  return [
    ...(silentFrames > 0 ? [`    PREGAP ${time(silentFrames)}`] : []),
    ...(gapFrames === null ? [] : [`    INDEX 00 ${time(gapFrames)}`]),
    `    INDEX 01 ${time(startFrames)}`,
    ...track.indexes.map((frames, i) => `    INDEX ${two(i + 2)} ${time(startFrames + frames)}`),
    ...(track.postgapSectors > 0 ? [`    POSTGAP ${time(track.postgapSectors)}`] : []),
  ]
}

function flagWords(flags: TrackFlags, isAudio: boolean): string[] {
  return [
    ...(flags.copyPermitted ? ['DCP'] : []),
    ...(isAudio && flags.fourChannels ? ['4CH'] : []),
    ...(isAudio && flags.preEmphasis ? ['PRE'] : []),
    ...(flags.serialCopy ? ['SCMS'] : []),
  ]
}

const plain = (text: string): string => text.replace(/["\r\n]/g, ' ')
const two = (value: number): string => String(value).padStart(2, '0')
const time = (frames: number): string =>
  [Math.floor(frames / (60 * CD_FRAMES_PER_SECOND)), Math.floor(frames / CD_FRAMES_PER_SECOND) % 60, frames % CD_FRAMES_PER_SECOND]
    .map(two)
    .join(':')
