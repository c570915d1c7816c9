/** Opens a file of whole CD sectors as a disc of one track. */
import { InternalProblem } from '../../bytes/internal-problem.ts'
import type { Container } from '../container.ts'
import type { Candidate } from '../container-format.ts'
import { makeTrack } from '../track-draft.ts'
import { rawSectors } from './recognise-raw.ts'

/** Endings of what describes such files. */
const SHEETS = ['.cue', '.ccd', '.mds', '.toc']

export function openRaw({ source, log, name, neighbours }: Candidate): Container {
  const seen = rawSectors(source)
  if (seen === null) throw new InternalProblem('these are no raw sectors')
  const stem = name.replace(/\.[^.]*$/, '').toLowerCase()
  const sheet = neighbours.names().find((other) => SHEETS.some((ending) => other.toLowerCase() === `${stem}${ending}`))
  if (sheet !== undefined) {
    const message = `‘${sheet}’ beside it tells which tracks it has. Here all of it counts as one; open ‘${sheet}’ instead.`
    log.add('sheet-beside', 'note', message, { path: sheet })
  }
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
