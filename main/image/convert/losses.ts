/** What a conversion leaves behind, in plain sentences. */
import type { Loss } from '../../../shared/convert.ts'
import { formatCount } from '../../../shared/format.ts'
import { isData, sessionCount, type Track } from '../../containers/container.ts'
import { RAW_SECTOR_BYTES } from '../../containers/sector-layout.ts'
import type { ConvertSource } from './convert-source.ts'

const loss = (kind: Loss['kind'], message: string, isMinor = false): Loss => ({ kind, message, isMinor })

/** Of a format that holds the data of one track and nothing else. */
export function lossesBesideData(source: ConvertSource): Loss[] {
  const { disc, dataTrack, dataPlace } = source
  const others = disc.tracks.filter((track) => isData(track) && track !== dataTrack)
  const sound = disc.tracks.filter((track) => !isData(track))
  const losses: Loss[] = []
  const isWholeDisc = dataPlace.startLba > 0 || (others.length > 0 && dataTrack.startLba === 0)
  if (sound.length > 0) losses.push(loss('audio', `The ${formatCount(sound.length, 'track', 'tracks')} of sound will be missing.`))
  if (others.length > 0 && !isWholeDisc) losses.push(loss('data', othersLost(dataTrack, others)))
  losses.push(...subchannelLoss(source))
  if (dataTrack.layout.sectorBytes === RAW_SECTOR_BYTES)
    losses.push(
      loss('codes', 'Addresses and error correction of the sectors are left off, and with them any copy protection that lies there.', true),
    )
  return losses
}

/** Of a format that holds nothing but sound. */
export function lossesBesideSound(source: ConvertSource): Loss[] {
  const losses: Loss[] = []
  if (source.wanted === null && source.dataTracks.length > 0) losses.push(loss('data', dataLost(source.dataTracks)))
  return [...losses, ...subchannelLoss(source)]
}

/** Of a format that holds whole sectors of all tracks. */
export function lossesOfSheet(source: ConvertSource): Loss[] {
  const { disc } = source
  const losses = subchannelLoss(source)
  if (sessionCount(disc) > 1)
    losses.push(loss('sessions', 'Where sessions begin is kept as a remark (REM SESSION), which not every program reads.', true))
  if (disc.hasCdText && disc.tracks.every(({ title }) => title === null))
    losses.push(loss('text', 'The titles on the disc (CD-Text) will be missing.'))
  return losses
}

function subchannelLoss({ disc }: ConvertSource): Loss[] {
  if (!disc.hasSubchannel) return []
  return [loss('subchannel', 'The sub-channel data will be missing, and with it graphics (CD+G) or a copy protection that lies there.')]
}

const numbersOf = (tracks: readonly Track[]): string => tracks.map(({ number }) => number).join(', ')

const dataLost = (tracks: readonly Track[]): string =>
  tracks.length === 1
    ? `The data of track ${numbersOf(tracks)} will be missing.`
    : `The data of tracks ${numbersOf(tracks)} will be missing.`

const othersLost = (taken: Track, others: readonly Track[]): string =>
  others.length === 1
    ? `Only track ${taken.number} is taken; the data of track ${numbersOf(others)} will be missing.`
    : `Only track ${taken.number} is taken; the data of tracks ${numbersOf(others)} will be missing.`
