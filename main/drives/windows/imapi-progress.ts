/** IMAPI2's events as progress (imapi2.h: IMAPI_FORMAT2_DATA_WRITE_ACTION). */
import { formatDuration } from '../../../shared/format.ts'
import { type BurnEvent, burnEvent } from '../burn-event.ts'
import type { EventOf, ScriptEvent } from './script-events.ts'

const SECTOR_BYTES = 2048

/** By number. */
const actions: readonly (readonly [phase: BurnEvent['phase'], words: string])[] = [
  ['prepare', 'Looking at the disc'],
  ['prepare', 'Formatting the disc'],
  ['prepare', 'Getting the drive ready'],
  ['prepare', 'Finding the right laser power'],
  ['write', 'Writing'],
  ['close', 'Closing the disc'],
  ['close', 'Written'],
  ['close', 'Windows looks at what was written'],
]

export interface ImapiStep {
  readonly event: BurnEvent | null
  /** For the log, once for each action. */
  readonly line: string | null
}

export class ImapiProgress {
  #action = -1
  /** Events of the drive say more than what was read for it. */
  #isWriting = false

  /** Null for what says nothing about progress. */
  take(said: ScriptEvent): ImapiStep | null {
    if (said.event === 'write') return this.#write(said)
    if (said.event === 'read') return this.#isWriting ? null : { event: burnEvent('write', { doneBytes: said.bytes }), line: null }
    if (said.event !== 'erase') return null
    const fraction = said.totalSeconds > 0 ? Math.min(1, Math.max(0, said.elapsedSeconds / said.totalSeconds)) : null
    return { event: burnEvent('erase', { fraction }), line: null }
  }

  #write(said: EventOf<'write'>): ImapiStep | null {
    const action = actions[said.action]
    if (action === undefined) return null
    const [phase, words] = action
    const line = said.action === this.#action ? null : lineOf(words, said)
    this.#action = said.action
    if (phase !== 'write') return { event: burnEvent(phase), line }
    this.#isWriting = true
    const { startSector, writtenSector, bufferBytes, bufferUsedBytes } = said
    const doneBytes = writtenSector < startSector || startSector < 0 ? 0 : (writtenSector - startSector + 1) * SECTOR_BYTES
    const fifoPercent = bufferBytes > 0 && bufferUsedBytes >= 0 ? Math.round((100 * bufferUsedBytes) / bufferBytes) : null
    return { event: burnEvent('write', { doneBytes, fifoPercent }), line }
  }
}

function lineOf(words: string, { remainingSeconds }: EventOf<'write'>): string {
  return remainingSeconds > 0 ? `${words}; Windows expects to need ${formatDuration(remainingSeconds * 1000)} more.` : `${words}.`
}
