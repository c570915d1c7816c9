/** What jobs are and do, in words. */
import { areSame } from '../../../shared/comparison.ts'
import type { RipResult } from '../../../shared/drives.ts'
import type { JobKind, JobPhase, JobResult, JobView } from '../../../shared/job.ts'
import type { ProblemReport } from '../../../shared/problem.ts'
import type { Verdict, VerifyResult } from '../../../shared/verify.ts'
import type { MessageKey } from '../../../shared/words/english.ts'
import { visibleName } from '../../design/visible-name.ts'
import { formatDuration, formatSize } from '../../words/amounts.ts'
import { fromEngine } from '../../words/from-engine.ts'
import { say } from '../../words/say.ts'
import { burnFraction } from '../drives/burn/burn-progress.ts'

/** Where a kind of job has a better word. */
const PHASES_OF_KIND: Readonly<Partial<Record<JobKind, Partial<Record<JobPhase, MessageKey>>>>> = {
  create: { plan: 'jobs.phase-of.create.plan', write: 'jobs.phase-of.create.write', read: 'jobs.phase-of.create.read' },
  extract: {
    scan: 'jobs.phase-of.extract.scan',
    plan: 'jobs.phase-of.extract.plan',
    write: 'jobs.phase-of.extract.write',
    read: 'jobs.phase-of.extract.read',
  },
  verify: {
    scan: 'jobs.phase-of.verify.scan',
    write: 'jobs.phase-of.verify.write',
    sync: 'jobs.phase-of.verify.sync',
    read: 'jobs.phase-of.verify.read',
  },
  compare: { read: 'jobs.phase-of.compare.read' },
  edit: { write: 'jobs.phase-of.edit.write' },
  convert: { write: 'jobs.phase-of.convert.write' },
  rip: { read: 'jobs.phase-of.rip.read' },
  burn: { write: 'jobs.phase-of.burn.write' },
  flash: { write: 'jobs.phase-of.flash.write' },
}

/** What the job is, above its name: `New image`. */
export const kindWords = (kind: JobKind): string => say(`jobs.kind.${kind}`)

/** What the job is called: mostly the name of a file. */
export function titleWords({ kind, title }: Pick<JobView, 'kind' | 'title'>): string {
  const visible = visibleName(title)
  if (kind !== 'compare') return fromEngine(visible)
  const [a, b, ...more] = visible.split(' and ')
  return a === undefined || b === undefined || more.length > 0 ? visible : say('jobs.compared', { a, b })
}

/** All sentences of a problem in reading order, as they can safely be shown. */
export const problemWords = ({ message, kept, advice }: ProblemReport): string =>
  [message, kept, advice].flatMap((sentence) => (sentence ? [fromEngine(visibleName(sentence))] : [])).join(' ')

/** From 0 to 1; null while the whole isn't known. */
export function jobFraction({ progress }: Pick<JobView, 'progress'>): number | null {
  if (progress?.detail?.kind === 'burn') return burnFraction(progress, progress.detail)
  if (!progress || progress.totalBytes === null || progress.totalBytes === 0) return null
  return Math.min(1, progress.doneBytes / progress.totalBytes)
}

/** What it is doing right now. */
export function activityWords({ kind, state, progress }: Pick<JobView, 'kind' | 'state' | 'progress'>): string {
  if (state === 'queued') return say('jobs.activity.queued')
  if (state === 'paused') return say('jobs.activity.paused')
  if (state === 'cancelling') return say('jobs.activity.cancelling')
  if (!progress) return say('jobs.activity.starting')
  return say(PHASES_OF_KIND[kind]?.[progress.phase] ?? `jobs.phase.${progress.phase}`)
}

/** `312 MB/s`. */
export function speedWords(bytesPerSecond: number | null): string | null {
  return bytesPerSecond === null ? null : say('jobs.speed', { size: formatSize(bytesPerSecond) })
}

/** `about 2 min left`. */
export function remainingWords(remainingMs: number | null): string | null {
  if (remainingMs === null) return null
  return remainingMs < 1000 ? say('jobs.remaining.almost') : say('jobs.remaining', { duration: formatDuration(remainingMs) })
}

/** `1.2 GB of 4.3 GB`. */
export function amountWords({ progress }: Pick<JobView, 'progress'>): string | null {
  if (!progress) return null
  const done = formatSize(progress.doneBytes)
  return progress.totalBytes === null ? done : say('jobs.amount', { done, total: formatSize(progress.totalBytes) })
}

/** How it ended, as a short sentence. */
export function outcomeWords(job: JobView): string {
  if (job.state === 'failed') return say('jobs.outcome.failed')
  if (job.state === 'cancelled') return say('jobs.outcome.cancelled')
  if (job.state === 'interrupted') return interruptedWords(job)
  if (job.result?.kind === 'verify') return isUnconfirmed(job.result) ? say('jobs.outcome.unconfirmed') : verdictWords(job.result.verdict)
  if (job.result?.kind === 'compare') return say(areSame(job.result) ? 'jobs.outcome.same' : 'jobs.outcome.differ')
  if (job.result?.kind === 'rip' && isIncomplete(job.result)) return say('jobs.outcome.incomplete')
  if (isWrittenBadly(job.result)) return say('jobs.outcome.written-badly')
  return doneWords(job.kind)
}

function interruptedWords(job: JobView): string {
  if (job.startedAtMs === null) return say('jobs.outcome.not-begun')
  const fraction = jobFraction(job)
  return fraction === null ? say('jobs.outcome.interrupted') : say('jobs.outcome.interrupted-at', { percent: Math.floor(fraction * 100) })
}

function doneWords(kind: JobKind): string {
  switch (kind) {
    case 'extract':
    case 'convert':
    case 'burn':
    case 'erase':
    case 'flash':
      return say(`jobs.outcome.${kind}`)
    default:
      return say('jobs.outcome.ready')
  }
}

/** Whether sectors are missing, or could be read but once. */
const isIncomplete = ({ unreadBytes, secondReading }: RipResult): boolean => unreadBytes > 0 || secondReading?.isSame === false

/** Whether a disc or stick reads differently from what was written to it, or could not be compared though it should be. */
function isWrittenBadly(result: JobResult | null): boolean {
  if (result?.kind === 'flash') return result.verified?.isSame === false
  return (
    result?.kind === 'burn' && result.copies.some(({ verified, verifyProblem }) => verified?.isSame === false || verifyProblem !== null)
  )
}

export const verdictWords = (verdict: Verdict): string => say(`jobs.verdict.${verdict}`)

/** Whether something asked for was not confirmed of an image that has nothing else against it. */
const isUnconfirmed = ({ verdict, refusals }: VerifyResult): boolean => refusals.length > 0 && verdict !== 'damaged' && verdict !== 'forged'

/** Green only where a signature proves it. */
const verdictTones: Readonly<Record<Verdict, OutcomeTone>> = {
  genuine: 'good',
  intact: 'plain',
  unknown: 'plain',
  damaged: 'bad',
  forged: 'bad',
}

export type OutcomeTone = 'good' | 'bad' | 'plain'

export function outcomeTone(job: JobView): OutcomeTone {
  if (job.state === 'cancelled' || job.state === 'interrupted') return 'plain'
  if (job.state === 'failed') return 'bad'
  if (job.result?.kind === 'verify') return job.result.refusals.length > 0 ? 'bad' : verdictTones[job.result.verdict]
  const isBad = isWrittenBadly(job.result) || (job.result?.kind === 'rip' && isIncomplete(job.result))
  return isBad ? 'bad' : 'good'
}

/** Whether a job has the words that are looked for: its name, kind, outcome, or where it wrote. */
export function hasWords(job: JobView, wanted: string): boolean {
  const problem = job.problem === null ? '' : fromEngine(job.problem.message)
  const text = [titleWords(job), kindWords(job.kind), outcomeWords(job), job.result?.path ?? '', problem].join(' ').toLowerCase()
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

const MILESTONE_STEP = 0.25

/** What a screen reader is told now and then: the start, every quarter, and the end. */
export function milestoneWords(before: JobView | undefined, now: JobView): string | null {
  const title = titleWords(now)
  if (before?.state !== now.state) {
    if (now.state === 'running') return say('jobs.milestone.started', { title })
    if (now.state === 'done' || now.state === 'failed' || now.state === 'cancelled')
      return say('jobs.milestone.ended', { title, outcome: outcomeWords(now) })
    return null
  }
  const quarters = (job: JobView) => Math.floor((jobFraction(job) ?? 0) / MILESTONE_STEP)
  return quarters(now) > quarters(before) ? say('jobs.milestone.percent', { title, percent: quarters(now) * 25 }) : null
}
