/** How far a disc is, on one bar from its first byte to its last comparison. */
import type { BurnProgress } from '../../../../shared/drives.ts'
import type { JobPhase, JobProgress } from '../../../../shared/job.ts'

export const burnSteps = ['prepare', 'write', 'close', 'verify'] as const
export type BurnStep = (typeof burnSteps)[number]

/** The step that a phase belongs to. */
export function stepOf(phase: JobPhase): BurnStep {
  if (phase === 'write' || phase === 'close' || phase === 'verify') return phase
  return 'prepare'
}

/** Written and compared bytes count, of all discs that were asked for; nothing else has a length that is known. */
export function burnFraction({ phase, doneBytes, totalBytes }: JobProgress, { copy, copies, verifies }: BurnProgress): number {
  const ofPhase = totalBytes === null || totalBytes === 0 ? 0 : Math.min(1, doneBytes / totalBytes)
  const perCopy = verifies ? 2 : 1
  const step = stepOf(phase)
  const inCopy = step === 'prepare' ? 0 : step === 'write' ? ofPhase : step === 'close' ? 1 : 1 + ofPhase
  return Math.min(1, (copy - 1 + inCopy / perCopy) / copies)
}
