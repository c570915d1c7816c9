/** Burning in words. */
import type { BurnForecast } from '../../../../shared/drive-rows.ts'
import type { BurnedCopy, BurnResult } from '../../../../shared/drives.ts'
import type { JobView } from '../../../../shared/job.ts'
import { visibleName } from '../../../design/visible-name.ts'
import { formatSize } from '../../../words/amounts.ts'
import { fromEngine } from '../../../words/from-engine.ts'
import { say } from '../../../words/say.ts'
import { readBackWords } from '../../jobs/read-back-words.ts'
import { burnSteps, stepOf } from './burn-progress.ts'
import type { StepState } from './Stepper.tsx'

/** Where a burn is, or was when it ended. */
export function stepsOfBurn({ state, progress, result }: Pick<JobView, 'state' | 'progress' | 'result'>): StepState[] {
  const detail = progress?.detail?.kind === 'burn' ? progress.detail : null
  const steps = burnSteps.filter((step) => step !== 'verify' || (detail?.verifies ?? true))
  const at = steps.indexOf(progress === null ? 'prepare' : stepOf(progress.phase))
  const isDone = result?.kind === 'burn'
  const isBad = isDone && result.copies.some(isDifferent)
  return steps.map((step, index) => ({
    title: say(`drives.step.${step}`),
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
      ? { title: say('drives.verdict.simulated'), words: say('drives.verdict.simulated.well'), tone: 'good' }
      : {
          title: say('drives.verdict.written'),
          words: say(written ? (leftOpen ? 'drives.verdict.written.open' : 'drives.verdict.written.closed') : 'drives.verdict.written.no'),
          tone: written ? 'good' : 'bad',
        },
    verifiedVerdict({ verified, verifyProblem }),
    ejected === null
      ? { title: say('drives.verdict.ejected'), words: say('drives.verdict.not-asked'), tone: 'plain' }
      : {
          title: say('drives.verdict.ejected'),
          words: say(ejected ? 'drives.verdict.ejected.yes' : 'drives.verdict.ejected.no'),
          tone: ejected ? 'good' : 'bad',
        },
  ]
}

function verifiedVerdict({ verified, verifyProblem }: Pick<BurnedCopy, 'verified' | 'verifyProblem'>): Verdict {
  const title = say('drives.verdict.verified')
  if (verifyProblem !== null)
    return { title, words: say('drives.verdict.verified.problem', { problem: fromEngine(visibleName(verifyProblem)) }), tone: 'bad' }
  if (verified === null) return { title, words: say('drives.verdict.not-asked'), tone: 'plain' }
  return { title, words: readBackWords(verified, 'disc'), tone: verified.isSame ? 'good' : 'bad' }
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
    ...(cutOff === null && unknownBecause === null ? [good(say('drives.check.whole'))] : []),
    ...(unknownBecause === null ? [] : [caution(say('drives.check.unknown', { reason: fromEngine(visibleName(unknownBecause)) }))]),
    ...(fits ? [good(say('drives.check.fits', { size: formatSize(sizeBytes), room: formatSize(freeBytes) }))] : []),
    ...(tool === null ? [] : [good(say('drives.check.tool', { tool: tool.tool, reason: fromEngine(visibleName(tool.reason)) }))]),
    ...(isOnBattery ? [caution(say('drives.check.battery'))] : []),
  ]
}

const good = (words: string): Check => ({ words, tone: 'good' })
const caution = (words: string): Check => ({ words, tone: 'caution' })
