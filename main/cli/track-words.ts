import type { TrackFacts } from '../../shared/container.ts'

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
