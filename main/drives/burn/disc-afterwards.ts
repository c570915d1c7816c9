/** What a disc is after something went wrong with it. */
import type { DriveFacts } from '../../../shared/drives.ts'
import { Problem } from '../../../shared/problem.ts'
import { contentWords, doneWords } from './disc-words.ts'

const NO_DISC = 'There is no disc in the drive any more.'
const UNKNOWN = 'What the disc is now could not be found out.'

/** The same failure, with what the disc is now, and that so many were done before; bugs as they are. */
export async function withDiscNow(thrown: unknown, look: () => Promise<DriveFacts>, doneBefore = 0): Promise<unknown> {
  if (!(thrown instanceof Problem) || thrown.report.kind === 'bug') return thrown
  const before = doneBefore === 0 ? '' : `${doneWords(doneBefore)} `
  // Systems notice a bit later than drives.
  const isGone = thrown.report.code === 'medium-removed'
  return new Problem({ ...thrown.report, kept: before + (isGone ? NO_DISC : await discNow(look)) }, { cause: thrown })
}

async function discNow(look: () => Promise<DriveFacts>): Promise<string> {
  try {
    const { medium, unknownBecause } = await look()
    // What the system noted before the disc was written is not what it is now.
    if (unknownBecause !== null) return `${UNKNOWN} ${unknownBecause}`
    if (medium === null) return NO_DISC
    if (medium.state === 'blank') return 'The disc is still blank and can be used.'
    return medium.isRewritable
      ? `The disc now has ${contentWords(medium)}, which is not what it should be; it can be erased and used again.`
      : `The disc now has ${contentWords(medium)}, which is not what it should be; it can’t be used for this any more.`
  } catch {
    return UNKNOWN // the drive may be gone with its disc
  }
}
