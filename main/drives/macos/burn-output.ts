/** What `hdiutil burn -puppetstrings` and `drutil burn` say while they work, and why they fail. */
import { Problem } from '../../../shared/problem.ts'
import { type BurnEvent, burnEvent } from '../burn-event.ts'

const phases: readonly (readonly [beginning: RegExp, phase: BurnEvent['phase']])[] = [
  [/^(?:Preparing|Opening)/, 'prepare'],
  [/^Writing/, 'write'],
  [/^(?:Closing|Finishing)/, 'close'],
  [/^Erasing/, 'erase'],
]

/** Reads line after line: a percentage belongs to what was named last. */
export class MacosProgress {
  #phase: BurnEvent['phase'] = 'prepare'
  readonly #sizeBytes: number

  constructor(sizeBytes: number) {
    this.#sizeBytes = sizeBytes
  }

  /** Null for a line that says nothing about progress. */
  take(said: string): BurnEvent | null {
    // Some versions mark what is not a percentage.
    const line = said.replace(/^MESSAGE:/, '')
    const percent = /^PERCENT:(-?[\d.]+)/.exec(line)?.[1]
    if (percent !== undefined) return this.#at(Number(percent))
    const phase = phases.find(([beginning]) => beginning.test(line))?.[1]
    if (phase === undefined) return null
    this.#phase = phase
    return burnEvent(phase)
  }

  /** Negative while it can't be told. */
  #at(percent: number): BurnEvent {
    if (percent < 0) return burnEvent(this.#phase)
    const fraction = percent / 100
    return this.#phase === 'write'
      ? burnEvent('write', { doneBytes: Math.round(fraction * this.#sizeBytes) })
      : burnEvent(this.#phase, { fraction })
  }
}

/** Progress without -puppetstrings: a row of dots. */
export const isChatter = (line: string): boolean => /^[.\s]*$/.test(line)

const reasons: readonly { readonly pattern: RegExp; readonly code: string; readonly message: string; readonly advice: string }[] = [
  {
    pattern: /not enough (?:space|room)|too large/i,
    code: 'disc-too-small',
    message: 'The data does not fit on this disc.',
    advice: 'Use a larger disc, or leave something out.',
  },
  {
    pattern: /no (?:media|disc)|media (?:not present|was removed)/i,
    code: 'no-medium',
    message: 'There is no disc in the drive that can be written.',
    advice: 'Put a blank disc in.',
  },
  {
    pattern: /busy|in use/i,
    code: 'drive-busy',
    message: 'Another program is using the drive.',
    advice: 'Close it, then try again.',
  },
  {
    pattern: /medium write error/i,
    code: 'write-error',
    message: 'The drive could not write this disc.',
    advice: 'Try another disc, another make or a lower speed.',
  },
  {
    pattern: /not (?:compatible|supported)|does not match|incompatible/i,
    code: 'not-possible-here',
    message: 'Drive and disc can’t do this.',
    advice: 'Many drives can’t simulate on every kind of disc: burn without simulating, or use another kind.',
  },
  {
    pattern: /calibrat/i,
    code: 'power-calibration',
    message: 'The drive could not find the right laser power for this disc.',
    advice: 'Clean the disc or try another make.',
  },
]

export function macosFailure(program: string, text: string, ending: string): Problem {
  const known = reasons.find(({ pattern }) => pattern.test(text))
  const complaint = text.split('\n').findLast((line) => /fail|error/i.test(line)) ?? ''
  return new Problem({
    kind: 'io',
    code: known?.code ?? 'burning-failed',
    message: known?.message ?? `${program} could not do its work.`,
    advice: known?.advice ?? 'The log has everything that it said.',
    technical: `${program} ended with ${ending}: ${complaint.trim()}`,
  })
}
