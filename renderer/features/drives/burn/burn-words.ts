/** Burning in words. */
import type { BurnForecast } from '../../../../shared/drive-rows.ts'
import type { BurnedCopy, BurnResult } from '../../../../shared/drives.ts'
import { formatCount, formatSize } from '../../../../shared/format.ts'
import type { JobView } from '../../../../shared/job.ts'
import { readBackWords } from '../../jobs/read-back-words.ts'
import { type BurnStep, burnSteps, stepOf } from './burn-progress.ts'
import type { StepState } from './Stepper.tsx'

const STEP_TITLES: Readonly<Record<BurnStep, string>> = { prepare: 'Prepare', write: 'Write', close: 'Close', verify: 'Verify' }

/** Where a burn is, or was when it ended. */
export function stepsOfBurn({ state, progress, result }: Pick<JobView, 'state' | 'progress' | 'result'>): StepState[] {
  const detail = progress?.detail?.kind === 'burn' ? progress.detail : null
  const steps = burnSteps.filter((step) => step !== 'verify' || (detail?.verifies ?? true))
  const at = steps.indexOf(progress === null ? 'prepare' : stepOf(progress.phase))
  const isDone = result?.kind === 'burn'
  const isBad = isDone && result.copies.some(isDifferent)
  return steps.map((step, index) => ({
    title: STEP_TITLES[step],
    is: isDone
      ? step === 'verify' && isBad
        ? 'failed'
        : 'done'
      : index < at
        ? 'done'
        : index > at
          ? 'to-come'
          : state === 'failed' || state === 'cancelled'
            ? 'failed'
            : 'now',
  }))
}

const isDifferent = ({ verified, verifyProblem }: BurnedCopy): boolean => verified?.isSame === false || verifyProblem !== null

export interface Verdict {
  readonly title: string
  readonly words: string
  readonly tone: 'good' | 'bad' | 'plain'
}

/** Written, compared and opened: each by itself. */
export function verdictsOf(
  { written, verified, verifyProblem, ejected }: BurnedCopy,
  { simulated, leftOpen }: Pick<BurnResult, 'simulated' | 'leftOpen'>,
): Verdict[] {
  return [
    simulated
      ? { title: 'Simulated', words: 'All went well with the laser off. The disc is as it was.', tone: 'good' }
      : {
          title: 'Written',
          words: written ? (leftOpen ? 'Yes, and left open for more.' : 'Yes, and closed.') : 'No.',
          tone: written ? 'good' : 'bad',
        },
    verifiedVerdict({ verified, verifyProblem }),
    ejected === null
      ? { title: 'Ejected', words: 'Not asked for.', tone: 'plain' }
      : { title: 'Ejected', words: ejected ? 'Yes.' : 'The drive did not open.', tone: ejected ? 'good' : 'bad' },
  ]
}

function verifiedVerdict({ verified, verifyProblem }: Pick<BurnedCopy, 'verified' | 'verifyProblem'>): Verdict {
  if (verifyProblem !== null) return { title: 'Verified', words: `It could not be compared. ${verifyProblem}`, tone: 'bad' }
  if (verified === null) return { title: 'Verified', words: 'Not asked for.', tone: 'plain' }
  return { title: 'Verified', words: readBackWords(verified, 'disc'), tone: verified.isSame ? 'good' : 'bad' }
}

export interface Check {
  readonly words: string
  readonly tone: 'good' | 'caution'
}

/** What was looked at before anything is touched, as far as nothing stands in the way. */
export function checksOf(forecast: BurnForecast, freeBytes: number | null): Check[] {
  const { sizeBytes, cutOff, unknownBecause, problem, tool, isOnBattery } = forecast
  const fits = sizeBytes !== null && problem?.code !== 'disc-too-small' && freeBytes !== null
  return [
    ...(cutOff === null && unknownBecause === null ? [good('The image is whole, as far as it says itself.')] : []),
    ...(unknownBecause === null ? [] : [caution(`${unknownBecause} It is burned as it is.`)]),
    ...(fits ? [good(`It fits: ${formatSize(sizeBytes)} of ${formatSize(freeBytes)}.`)] : []),
    ...(tool === null ? [] : [good(`Written by ${tool.tool}: ${tool.reason}`)]),
    ...(isOnBattery ? [caution('The computer runs on its battery. Plug it in: a disc is lost if it stops in the middle.')] : []),
  ]
}

const good = (words: string): Check => ({ words, tone: 'good' })
const caution = (words: string): Check => ({ words, tone: 'caution' })

/** `2 of 3 discs were made`, where there are several. */
export function copiesWords(made: number, wanted: number): string | null {
  if (wanted === 1 && made === 1) return null
  return made === wanted
    ? `${formatCount(made, 'disc was', 'discs were')} made.`
    : `${made} of ${formatCount(wanted, 'disc', 'discs')} were made.`
}
