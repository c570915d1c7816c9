/** Opens a file of whole CD sectors as a disc of one track. */
import { InternalProblem } from '../../bytes/internal-problem.ts'
import type { Container } from '../container.ts'
import type { Candidate } from '../container-format.ts'
import { makeTrack } from '../track-draft.ts'
import { rawSectors } from './recognise-raw.ts'

export function openRaw({ source, log }: Candidate): Container {
  const seen = rawSectors(source)
  if (seen === null) throw new InternalProblem('these are no raw sectors')
  return {
    kind: 'raw',
    title: 'raw CD sectors',
    medium: 'cd',
    tracks: [makeTrack({ number: 1, session: 1, ...seen, startLba: 0, stored: source }, log)],
    mainTrack: null,
    companions: [],
    catalog: null,
    hasCdText: false,
    hasSubchannel: seen.layout.subchannelBytes > 0,
    close: () => {},
  }
}
