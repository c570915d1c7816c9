/** A container and its tracks as rows of `isomer info`. */
import { basename } from 'node:path'
import type { ContainerFacts, TrackFacts } from '../../shared/container.ts'
import { formatCount } from '../../shared/format.ts'
import { trackTime } from '../../shared/track-time.ts'
import type { Row } from './boot-rows.ts'
import { trackKindTitle } from './track-words.ts'

export function containerRows(facts: ContainerFacts): Row[] {
  const { companions, sessions, tracks } = facts
  return [
    ['Container', facts.title],
    ...(companions.length === 0 ? [] : [['With', companions.map((path) => basename(path)).join(', ')] as const]),
    ...(tracks.length === 0 ? [] : [['Disc', discText(facts)] as const]),
    ...tracks.map((track) => ['Track', trackText(track, facts.track, sessions > 1)] as const),
  ]
}

function discText({ sessions, tracks, catalog, hasCdText, hasSubchannel }: ContainerFacts): string {
  const parts = [formatCount(tracks.length, 'track', 'tracks'), formatCount(sessions, 'session', 'sessions')]
  if (catalog !== null) parts.push(`catalogue number ${catalog}`)
  if (hasCdText) parts.push('CD-Text')
  if (hasSubchannel) parts.push('sub-channel data')
  return parts.join(', ')
}

function trackText(track: TrackFacts, shown: number | null, namesSession: boolean): string {
  const parts = [
    `${track.number}${track.number === shown ? ' (shown)' : ''}`,
    ...(namesSession ? [`session ${track.session}`] : []),
    trackKindTitle(track),
    `from sector ${track.startLba}`,
    `${formatCount(track.lengthSectors, 'sector', 'sectors')} (${trackTime(track.lengthSectors)})`,
  ]
  if (track.pregapSectors > 0) parts.push(`gap of ${track.pregapSectors} before it`)
  if (track.isrc !== null) parts.push(`ISRC ${track.isrc}`)
  if (track.flags.preEmphasis) parts.push('pre-emphasis')
  if (track.flags.copyPermitted) parts.push('may be copied')
  if (track.flags.fourChannels) parts.push('four channels')
  const name = [track.performer, track.title].filter(Boolean).join(': ')
  if (name !== '') parts.push(`‘${name}’`)
  return parts.join(', ')
}
