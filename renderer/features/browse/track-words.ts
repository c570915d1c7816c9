import type { TrackFacts } from '../../../shared/container.ts'
import { say } from '../../words/say.ts'

/** Such as `data, mode 1 in 2352 + 96 bytes`, or `audio`. */
export function trackKindWords({
  mode,
  sectorBytes,
  subchannelBytes,
}: Pick<TrackFacts, 'mode' | 'sectorBytes' | 'subchannelBytes'>): string {
  const kind = mode === 'audio' ? say('browse.track.audio') : say(`browse.track.${mode}`, { sectorBytes: String(sectorBytes) })
  return subchannelBytes === 0 ? kind : say('browse.track.with-subchannel', { kind, subchannelBytes })
}
