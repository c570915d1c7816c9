/** Waiting for somebody to change the disc. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { DriveFacts } from '../../../shared/drives.ts'
import { Problem } from '../../../shared/problem.ts'
import type { BurnControl } from './burn-control.ts'
import { contentWords } from './disc-words.ts'

const NEXT_DISC_MS = 2000

export interface DiscChange {
  readonly copies: number
  readonly look: () => Promise<DriveFacts>
  /** Throws a `usage` Problem that says why the disc can't be used. */
  readonly decide: (drive: DriveFacts) => void
}

/** Waits for a blank disc that will do. Gives false when somebody rather finishes with those that are done. */
export async function nextDisc({ copies, look, decide }: DiscChange, control: BurnControl): Promise<boolean> {
  const { copy } = control
  control.log('info', `Put in disc ${copy} of ${copies}.`)
  try {
    for (let refusal: string | null = null; ; ) {
      if (control.ask({ kind: 'next-disc', copy, copies, refusal }) === 'finish') return false
      await sleep(NEXT_DISC_MS)
      control.progress({ phase: 'prepare', doneBytes: 0, totalBytes: null, doneItems: copy, current: `disc ${copy}` })
      await control.checkpoint()
      const drive = await look()
      refusal = refusalOf(drive, decide)
      if (drive.medium !== null && refusal === null) return true
    }
  } finally {
    control.ask(null)
  }
}

/** Only blank discs are taken: what was erased for the first one was agreed to, and may still be in the drive. */
function refusalOf(drive: DriveFacts, decide: (drive: DriveFacts) => void): string | null {
  const { medium } = drive
  if (medium === null) return null
  if (medium.state !== 'blank') return `The disc in the drive has ${contentWords(medium)}.`
  try {
    decide(drive)
    return null
  } catch (error) {
    if (error instanceof Problem && error.report.kind === 'usage') return error.report.message
    throw error
  }
}
