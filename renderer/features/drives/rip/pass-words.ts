import type { JobPhase } from '../../../../shared/job.ts'
import { say } from '../../../words/say.ts'

const COPY_PASSES = 3

/** What the copying of a disc is at: `Pass 1 of 3: everything that reads well`. */
export function passWords(phase: JobPhase, pass: number): string {
  switch (phase) {
    case 'read':
      return say(pass === 1 ? 'drives.pass.first' : 'drives.pass.again', { pass, passes: COPY_PASSES })
    case 'trim':
    case 'scrape':
      return say(`drives.pass.${phase}`)
    case 'retry':
      return say('drives.pass.retry', { pass })
    default:
      return say('drives.pass.compare')
  }
}
