/** Words and numbers for the tracks of a disc. */
import { CD_FRAMES_PER_SECOND, type TrackFacts } from './container.ts'

/** Such as `mode 1, 2352 bytes`, or `audio`. */
export function trackKindTitle({
  mode,
  sectorBytes,
  subchannelBytes,
}: Pick<TrackFacts, 'mode' | 'sectorBytes' | 'subchannelBytes'>): string {
  const what = { audio: 'audio', mode1: 'data, mode 1', mode2: 'data, mode 2' }[mode]
  const stored = mode === 'audio' ? '' : ` in ${sectorBytes}`
  return `${what}${stored}${subchannelBytes === 0 ? '' : ` + ${subchannelBytes} bytes`}`
}

/** Minutes, seconds and frames of so many sectors, as players show them. */
export function trackTime(sectors: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const seconds = Math.floor(sectors / CD_FRAMES_PER_SECOND)
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}:${two(sectors % CD_FRAMES_PER_SECOND)}`
}
