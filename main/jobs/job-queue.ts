/** The queue: which jobs there are, which run, and what is known of each. Each runs in a process of its own. */
import { resolve } from 'node:path'
import type { JobAnswer, JobSpec, JobView, LogLine } from '../../shared/job.ts'
import { Problem } from '../../shared/problem.ts'
import { JobRecord } from './job-record.ts'
import { JobRun } from './job-run.ts'
import type { StartProcess } from './process-port.ts'

/** One that writes and one that reads keep a disk busy; more only make it seek. */
const MAX_RUNNING = 2

export interface JobListener {
  changed(job: JobView): void
  removed(jobId: string): void
}

/** What only one job at a time may have: files and folders to write, drives. */
function possessions(spec: JobSpec): string[] {
  switch (spec.kind) {
    case 'verify':
    case 'compare':
      return []
    case 'extract':
      return [fileKey(spec.outFolder)]
    case 'create':
    case 'edit':
      return [fileKey(spec.outPath)]
    case 'rip':
      return [fileKey(spec.outPath), spec.drive]
    case 'burn':
    case 'erase':
      return [spec.drive]
    case 'flash':
      return [spec.device]
  }
}

/** Host file systems that fold case would take `A.iso` and `a.iso` for one file. */
function fileKey(path: string): string {
  return process.platform === 'linux' ? resolve(path) : resolve(path).toLowerCase()
}

export class JobQueue {
  private readonly jobs = new Map<string, JobRecord>()
  private readonly listeners = new Set<JobListener>()
  private readonly startProcess: StartProcess

  constructor(startProcess: StartProcess) {
    this.startProcess = startProcess
  }

  /** Gives the function that stops listening. */
  listen(listener: JobListener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Puts a job in the queue and gives its id. */
  add(spec: JobSpec): string {
    const job = new JobRecord(spec)
    this.jobs.set(job.id, job)
    this.changed(job)
    this.startWaiting()
    return job.id
  }

  /** In the order they were added. */
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
    const holder = [...this.jobs.values()].find(({ run, spec }) => run !== null && possessions(spec).includes(drive))
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
    } else job.ended({ state: 'cancelled', problem: Problem.cancelled().report })
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

  private startWaiting(): void {
    for (const job of this.jobs.values()) if (job.state === 'queued' && !job.run && this.mayStart(job)) this.start(job)
  }

  private mayStart(job: JobRecord): boolean {
    const running = [...this.jobs.values()].filter((other) => other.run !== null)
    const atWork = running.filter(({ state }) => state !== 'paused')
    const taken = new Set(running.flatMap(({ spec }) => possessions(spec)))
    return atWork.length < MAX_RUNNING && possessions(job.spec).every((key) => !taken.has(key))
  }

  private start(job: JobRecord): void {
    const update = (change: () => void) => {
      change()
      this.changed(job)
    }
    job.run = new JobRun(job.spec, this.startProcess, {
      started: () => update(() => job.started()),
      progress: (progress) => update(() => job.progress(progress)),
      log: (line) => job.addLine(line),
      question: (question) =>
        update(() => {
          job.question = question
        }),
      ended: (outcome) => {
        update(() => job.ended(outcome))
        this.startWaiting()
      },
    })
  }
}
