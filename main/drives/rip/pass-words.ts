import type { JobPhase } from '../../../shared/job.ts'

const COPY_PASSES = 3

/** What the copying of a disc is at: `Pass 1 of 3: everything that reads well`. */
export function passWords(phase: JobPhase, pass: number): string {
  switch (phase) {
    case 'read':
      return `Pass ${pass} of ${COPY_PASSES}: ${pass === 1 ? 'everything that reads well' : 'what was passed over'}`
    case 'trim':
      return 'Bad places, from their ends'
    case 'scrape':
      return 'Bad places, sector by sector'
    case 'retry':
      return `Bad sectors, try ${pass}`
    default:
      return 'Comparing with a second reading'
  }
}
