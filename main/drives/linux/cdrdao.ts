/** Reading CDs with audio on Linux, by cdrdao: what it is told, and what it says. */
import { Problem } from '../../../shared/problem.ts'
import type { TrackOrder } from '../drive-adapter.ts'
import type { ToolCommand } from '../run-tool.ts'

/** Why no other program does it. */
export const CDRDAO_REASON =
  'it reads audio and data of a disc in one go, with the gaps between tracks; cdparanoia and readom give no gaps, or no audio.'

/** Sectors of data as they are on the disc, with their codes, because programs expect them so beside audio. */
export function readTracksCommand({ drive, dataPath, tocPath }: TrackOrder): ToolCommand {
  return { program: 'cdrdao', args: ['read-cd', '--device', drive.path, '--read-raw', '--datafile', dataPath, tocPath] }
}

export interface TrackProgress {
  readonly doneSectors: number
  readonly totalSectors: number
}

const LEADOUT = /^Leadout\s+\S+\s+\d+\s+[\d:]+\(\s*(\d+)\)/
/** A place on the disc, which goes back to its beginning when all is looked through before it is read. */
const PLACE = /^(\d+):(\d\d):(\d\d)$/

export class CdrdaoProgress {
  #totalSectors = 0

  /** Null for a line that says nothing about progress. */
  take(said: string): TrackProgress | null {
    const line = said.trim()
    const leadout = LEADOUT.exec(line)?.[1]
    if (leadout !== undefined) {
      this.#totalSectors = Number(leadout)
      return { doneSectors: 0, totalSectors: this.#totalSectors }
    }
    const [, minutes, seconds, frames] = PLACE.exec(line) ?? []
    if (minutes === undefined || this.#totalSectors === 0) return null
    const sector = (Number(minutes) * 60 + Number(seconds)) * 75 + Number(frames)
    return { doneSectors: Math.min(sector, this.#totalSectors), totalSectors: this.#totalSectors }
  }
}

type Reason = readonly [pattern: RegExp, code: string, message: string, advice: string]
const reasons: readonly Reason[] = [
  [/Unit not ready|No disk|not ready/i, 'no-medium', 'There is no disc in the drive that can be read.', 'Put the disc in and start again.'],
  [
    /Cannot open|Permission denied|Cannot setup device/i,
    'not-allowed',
    'The drive could not be opened.',
    'Join the group cdrom, or do it as root.',
  ],
  [
    /L-EC error|Cannot read|read (?:of|error)|Read error/i,
    'read-error',
    'The disc is damaged: a track could not be read.',
    'Clean the disc, or try another drive.',
  ],
  [/No space left/i, 'enospc', 'The disk is full.', 'Make room and start again.'],
]

export function cdrdaoFailure(text: string, ending: string): Problem {
  const complaints = text.split('\n').filter((line) => /^(?:ERROR|WARNING):/.test(line))
  const complaint = complaints.findLast((line) => line.startsWith('ERROR:')) ?? complaints.at(-1) ?? ''
  const known = reasons.find(([pattern]) => pattern.test(complaint))
  const [, code, message, advice] = known ?? [
    null,
    'reading-failed',
    'cdrdao could not read the disc.',
    'The log has everything that it said.',
  ]
  return new Problem({ kind: 'io', code, message, advice, technical: `cdrdao ended with ${ending}: ${complaint.trim()}` })
}
