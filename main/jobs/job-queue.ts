/**
 * The queue: which jobs there are, which run, and what is known of each. Each runs in a process of its own. What is over
 * is remembered, and what was not over when Isomer ended is there again, interrupted.
 */
import type { JobAnswer, JobSpec, JobView, LogLine } from '../../shared/job.ts'
import { MAX_REMEMBERED_JOBS } from '../../shared/limits.ts'
import { Problem } from '../../shared/problem.ts'
import { againSpec } from './again.ts'
import { JobRecord } from './job-record.ts'
import { JobRun } from './job-run.ts'
import type { JobStore } from './job-store.ts'
import { needsDrive, possessionsOf } from './possessions.ts'
import type { StartProcess } from './process-port.ts'

/** Of those that work with files alone: one that writes and one that reads keep a disk busy; more only make it seek. */
const MAX_RUNNING = 2
/** How much of its way an interrupted job is thought to have made is never older than this. */
const SAVE_PROGRESS_EVERY_MS = 5000

export interface JobListener {
  changed(job: JobView): void
  removed(jobId: string): void
}

export class JobQueue {
  private readonly jobs = new Map<string, JobRecord>()
  private readonly listeners = new Set<JobListener>()
  private readonly startProcess: StartProcess
  private readonly store: JobStore | null
  /** Where the work of each job lies, looked up when it was added. */
  private readonly possessions = new Map<string, readonly string[]>()
  /** Files of remembered jobs that could not be read, and were set aside. */
  readonly damaged: readonly string[]

  /** Without a store nothing is remembered. */
  constructor(startProcess: StartProcess, store: JobStore | null = null) {
    this.startProcess = startProcess
    this.store = store
    const { jobs, damaged } = store?.load() ?? { jobs: [], damaged: [] }
    this.damaged = damaged
    for (const stored of jobs) {
      const job = JobRecord.restored(stored)
      this.jobs.set(job.id, job)
      if (job.state !== stored.state) store?.save(job.stored())
    }
  }

  /** Gives the function that stops listening. */
  listen(listener: JobListener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Puts a job in the queue and gives its id. */
  add(spec: JobSpec): string {
    const lastPlace = [...this.jobs.values()].at(-1)?.place ?? 0
    const job = new JobRecord(spec, lastPlace + 1)
    this.jobs.set(job.id, job)
    this.possessions.set(job.id, possessionsOf(spec))
    this.keep(job)
    this.changed(job)
    this.startWaiting()
    return job.id
  }

  /** How a job that is over would be described to be done once more. */
  againSpec(jobId: string): JobSpec {
    const job = this.job(jobId)
    if (job.view().repeat === null) throw notRepeatable()
    return againSpec(job.spec, job.state)
  }

  /** Does a job that is over once more, as described; an interrupted one is replaced by it. Gives the new id. */
  again(jobId: string, spec: JobSpec): string {
    const { state } = this.job(jobId)
    const newId = this.add(spec)
    if (state === 'interrupted') this.remove(jobId)
    return newId
  }

  /** Puts a waiting job one place earlier or later among those that wait. */
  move(jobId: string, places: -1 | 1): void {
    const waiting = [...this.jobs.values()].filter(({ state, run }) => state === 'queued' && run === null)
    const at = waiting.indexOf(this.job(jobId))
    const [job, other] = [waiting[at], waiting[at + places]]
    if (job === undefined || other === undefined) return
    ;[job.place, other.place] = [other.place, job.place]
    const inOrder = [...this.jobs].sort(([, a], [, b]) => a.place - b.place)
    this.jobs.clear()
    for (const [id, record] of inOrder) this.jobs.set(id, record)
    for (const record of [job, other]) this.keep(record)
    this.changed(job)
  }

  /** In the order they were added or moved to. */
  list(): JobView[] {
    return [...this.jobs.values()].map((job) => job.view())
  }

  view(jobId: string): JobView {
    return this.job(jobId).view()
  }

  /** What a job was told to do. */
  spec(jobId: string): JobSpec {
    return this.job(jobId).spec
  }

  /** The running job that has a drive for itself; null when none has. */
  holderOf(drive: string): JobView | null {
    const holder = [...this.jobs.values()].find(({ id, run }) => run !== null && this.possessions.get(id)?.includes(drive))
    return holder?.view() ?? null
  }

  log(jobId: string): readonly LogLine[] {
    return this.job(jobId).log
  }

  /** Asks a job to stop; one that is over stays as it is. */
  cancel(jobId: string): void {
    const job = this.job(jobId)
    if (job.isOver) return
    if (job.run) {
      job.state = 'cancelling'
      job.run.cancel()
    } else {
      job.ended({ state: 'cancelled', problem: Problem.cancelled().report })
      this.keep(job)
    }
    this.changed(job)
  }

  /** Holds a running job still, or has it go on; one that can't be held still goes on as it is. */
  pause(jobId: string, isPaused: boolean): void {
    const job = this.job(jobId)
    if (!job.canPause || (job.state === 'paused') === isPaused) return
    job.paused(isPaused)
    job.run?.pause(isPaused)
    this.changed(job)
    this.startWaiting()
  }

  /** Answers what a job asks. */
  answer(jobId: string, answer: JobAnswer): void {
    const job = this.job(jobId)
    if (job.question !== null) job.run?.answer(answer)
  }

  /** Forgets a job that is over; throws a `usage` Problem for one that is not. */
  remove(jobId: string): void {
    const job = this.job(jobId)
    if (!job.isOver)
      throw new Problem({ kind: 'usage', code: 'job-not-over', message: 'This job is still at work.', advice: 'Stop it first.' })
    this.jobs.delete(jobId)
    this.possessions.delete(jobId)
    this.store?.remove(jobId)
    for (const listener of this.listeners) listener.removed(jobId)
  }

  /** Whether anything runs or waits. */
  get isBusy(): boolean {
    return [...this.jobs.values()].some((job) => !job.isOver)
  }

  /** Stops everything and waits until all is cleaned up. */
  async cancelAll(): Promise<void> {
    for (const job of this.jobs.values()) this.cancel(job.id)
    await new Promise<void>((done) => {
      const whenIdle = () => {
        if (this.isBusy) return
        stop()
        done()
      }
      const stop = this.listen({ changed: whenIdle, removed: whenIdle })
      whenIdle()
    })
  }

  private job(jobId: string): JobRecord {
    const job = this.jobs.get(jobId)
    if (job) return job
    throw new Problem({ kind: 'usage', code: 'unknown-job', message: 'There is no such job any more.', technical: jobId })
  }

  private changed(job: JobRecord): void {
    const view = job.view()
    for (const listener of [...this.listeners]) listener.changed(view)
  }

  private keep(job: JobRecord): void {
    this.store?.save(job.stored())
  }

  private startWaiting(): void {
    for (const job of this.jobs.values()) if (job.state === 'queued' && !job.run && this.mayStart(job)) this.start(job)
  }

  /** A job of a drive may run beside any that need nothing it has; of the others there is a most. */
  private mayStart(job: JobRecord): boolean {
    const running = [...this.jobs.values()].filter((other) => other.run !== null)
    const taken = new Set(running.flatMap(({ id }) => this.possessions.get(id) ?? []))
    const isFree = (this.possessions.get(job.id) ?? []).every((key) => !taken.has(key))
    const atWork = running.filter(({ spec, state }) => state !== 'paused' && !needsDrive(spec))
    return isFree && (needsDrive(job.spec) || atWork.length < MAX_RUNNING)
  }

  private start(job: JobRecord): void {
    let savedMs = performance.now()
    const update = (change: () => void) => {
      change()
      this.changed(job)
    }
    job.run = new JobRun(job.spec, this.startProcess, {
      started: () => {
        update(() => job.started())
        this.keep(job)
      },
      progress: (progress) => {
        update(() => job.progress(progress))
        if (performance.now() - savedMs < SAVE_PROGRESS_EVERY_MS) return
        savedMs = performance.now()
        this.keep(job)
      },
      log: (line) => job.addLine(line),
      question: (question) =>
        update(() => {
          job.question = question
        }),
      ended: (outcome) => {
        job.ended(outcome)
        this.keep(job)
        this.changed(job)
        this.forgetOldest()
        this.startWaiting()
      },
    })
  }

  private forgetOldest(): void {
    const over = [...this.jobs.values()].filter((job) => job.isOver)
    for (const job of over.slice(0, Math.max(0, over.length - MAX_REMEMBERED_JOBS))) this.remove(job.id)
  }
}

function notRepeatable(): Problem {
  return new Problem({
    kind: 'usage',
    code: 'not-repeatable',
    message: 'This job can’t be done once more from here: another disc or stick may be there by now, and it would be destroyed.',
    advice: 'Start it anew.',
  })
}
