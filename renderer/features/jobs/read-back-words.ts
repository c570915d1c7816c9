import type { ReadBack } from '../../../shared/drives.ts'
import { say } from '../../words/say.ts'

/** What comparing a disc or stick with what was written to it found. */
export function readBackWords(readBack: ReadBack, what: 'disc' | 'stick'): string {
  const { isSame, differingSectors: differing, unreadableSectors: unreadable } = readBack
  const first = readBack.firstBadSector ?? 0
  if (isSame) return say('jobs.read-back.same')
  if (unreadable === 0) return say('jobs.read-back.bad', { what, count: differing, first })
  if (differing === 0) return say('jobs.read-back.unreadable', { what, count: unreadable, first })
  return say('jobs.read-back.both', { what, differing, unreadable, first })
}
