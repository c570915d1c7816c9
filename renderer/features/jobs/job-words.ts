/** What jobs are and do, in words. */
import { areSame } from '../../../shared/comparison.ts'
import type { RipResult } from '../../../shared/drives.ts'
import { formatDuration, formatSize } from '../../../shared/format.ts'
import type { JobKind, JobPhase, JobResult, JobView } from '../../../shared/job.ts'
import type { Verdict, VerifyResult } from '../../../shared/verify.ts'
import { burnFraction } from '../drives/burn/burn-progress.ts'

const PHASES: Readonly<Record<JobPhase, string>> = {
  scan: 'Reading the folders',
  plan: 'Getting ready',
  write: 'Writing',
  sync: 'Making sure it is on the disk',
  read: 'Reading',
  trim: 'Reading bad areas from their ends',
  scrape: 'Reading bad areas sector by sector',
  retry: 'Trying bad sectors again',
  erase: 'Erasing the disc',
  prepare: 'Preparing the disc',
  close: 'Closing the disc',
  verify: 'Reading back and comparing',
}

/** Where a kind of job has a better word. */
const PHASES_OF_KIND: Readonly<Partial<Record<JobKind, Partial<Record<JobPhase, string>>>>> = {
  create: { plan: 'Laying out the image', write: 'Writing the image', read: 'Reading back' },
  extract: { scan: 'Reading the image', plan: 'Planning the files', write: 'Writing the files', read: 'Reading the image' },
  verify: { scan: 'Opening the image', write: 'Checking', sync: 'Finishing', read: 'Reading every byte' },
  compare: { read: 'Comparing' },
  edit: { write: 'Writing the edited image' },
  convert: { write: 'Writing the new image' },
  rip: { read: 'Reading the disc' },
  burn: { write: 'Writing the disc' },
  flash: { write: 'Writing the stick' },
}

/** What the job is, above its name: `New image`. */
export const kindWords: Readonly<Record<JobKind, string>> = {
  create: 'New image',
  extract: 'Extraction',
  verify: 'Check',
  compare: 'Comparison',
  edit: 'Edited image',
  convert: 'Conversion',
  rip: 'Disc to image',
  burn: 'Burning',
  erase: 'Erasing',
  flash: 'USB stick',
}

/** From 0 to 1; null while the whole isn't known. */
export function jobFraction({ progress }: Pick<JobView, 'progress'>): number | null {
  if (progress?.detail?.kind === 'burn') return burnFraction(progress, progress.detail)
  if (!progress || progress.totalBytes === null || progress.totalBytes === 0) return null
  return Math.min(1, progress.doneBytes / progress.totalBytes)
}

/** What it is doing right now. */
export function activityWords({ kind, state, progress }: Pick<JobView, 'kind' | 'state' | 'progress'>): string {
  if (state === 'queued') return 'Waiting for its turn'
  if (state === 'paused') return 'Paused'
  if (state === 'cancelling') return 'Stopping…'
  return progress ? (PHASES_OF_KIND[kind]?.[progress.phase] ?? PHASES[progress.phase]) : 'Starting'
}

/** `312 MB/s`. */
export function speedWords(bytesPerSecond: number | null): string | null {
  return bytesPerSecond === null ? null : `${formatSize(bytesPerSecond)}/s`
}

/** `about 2 min left`. */
export function remainingWords(remainingMs: number | null): string | null {
  if (remainingMs === null) return null
  return remainingMs < 1000 ? 'almost done' : `about ${formatDuration(remainingMs)} left`
}

/** `1.2 GB of 4.3 GB`. */
export function amountWords({ progress }: Pick<JobView, 'progress'>): string | null {
  if (!progress) return null
  const done = formatSize(progress.doneBytes)
  return progress.totalBytes === null ? done : `${done} of ${formatSize(progress.totalBytes)}`
}

/** How it ended, as a short sentence. */
export function outcomeWords(job: JobView): string {
  if (job.state === 'failed') return 'Failed'
  if (job.state === 'cancelled') return 'Stopped'
  if (job.state === 'interrupted') return interruptedWords(job)
  if (job.result?.kind === 'verify') return isUnconfirmed(job.result) ? 'Not confirmed' : verdictWords[job.result.verdict]
  if (job.result?.kind === 'compare') return areSame(job.result) ? 'The same' : 'They differ'
  if (job.result?.kind === 'rip' && isIncomplete(job.result)) return 'Incomplete'
  if (isWrittenBadly(job.result)) return 'Written, but not as it should be'
  return DONE_WORDS[job.kind] ?? 'Ready'
}

function interruptedWords(job: JobView): string {
  if (job.startedAtMs === null) return 'Not begun'
  const fraction = jobFraction(job)
  return fraction === null ? 'Interrupted' : `Interrupted at ${Math.floor(fraction * 100)} %`
}

const DONE_WORDS: Readonly<Partial<Record<JobKind, string>>> = {
  extract: 'Extracted',
  convert: 'Converted',
  burn: 'Burned',
  erase: 'Erased',
  flash: 'Written',
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

export const verdictWords: Readonly<Record<Verdict, string>> = {
  genuine: 'Genuine',
  intact: 'Intact',
  unknown: 'Unknown',
  damaged: 'Damaged',
  forged: 'Forged',
}

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
  const text = [job.title, kindWords[job.kind], outcomeWords(job), job.result?.path ?? '', job.problem?.message ?? '']
    .join(' ')
    .toLowerCase()
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

const MILESTONE_STEP = 0.25

/** What a screen reader is told now and then: the start, every quarter, and the end. */
export function milestoneWords(before: JobView | undefined, now: JobView): string | null {
  if (before?.state !== now.state) {
    if (now.state === 'running') return `${now.title}: started`
    if (now.state === 'done' || now.state === 'failed' || now.state === 'cancelled') return `${now.title}: ${outcomeWords(now)}`
    return null
  }
  const quarters = (job: JobView) => Math.floor((jobFraction(job) ?? 0) / MILESTONE_STEP)
  return quarters(now) > quarters(before) ? `${now.title}: ${quarters(now) * 25} %` : null
}
