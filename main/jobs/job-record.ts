/** One job as the queue keeps it, and as the window sees it. */
import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import type { BurnSource } from '../../shared/drives.ts'
import type { JobKind, JobProgress, JobQuestion, JobSpec, JobState, JobView, LogLine } from '../../shared/job.ts'
import { MAX_REMEMBERED_LOG_LINES } from '../../shared/limits.ts'
import { parseDriveAddress } from '../drives/drive-address.ts'
import { repeatOf } from './again.ts'
import { interruptedProblem } from './ended-problem.ts'
import type { JobOutcome, JobRun } from './job-run.ts'
import type { StoredJob } from './job-store.ts'
import { ProgressMeter } from './progress-meter.ts'

/** Lines kept of one log; the oldest go first. */
const MAX_LOG_LINES = 5000

/** Clocks: of the wall for what is shown, an even one for speeds. Milliseconds. */
const wallMs = () => Date.now()
const evenMs = () => performance.now()

function titleOf(spec: JobSpec): string {
  if (spec.kind === 'compare') return `${basename(spec.pathOfA)} and ${basename(spec.pathOfB)}`
  if (spec.kind === 'burn') return burnTitle(spec.source)
  if (spec.kind === 'erase') return eraseTitle(spec.drive)
  return basename(
    spec.kind === 'create' || spec.kind === 'edit' || spec.kind === 'convert' || spec.kind === 'rip' ? spec.outPath : spec.imagePath,
  )
}

/** The drive, or the file of a virtual disc. */
function eraseTitle(drive: string): string {
  const { kind, path } = parseDriveAddress(drive)
  return kind === 'virtual' ? basename(path) : path
}

/** The image's name, or the label of the disc that files and folders become. */
function burnTitle(source: BurnSource): string {
  return source.kind === 'image' ? basename(source.path) : (source.project.options.label ?? 'New disc')
}

/** A drive that writes can't wait; what only takes a moment need not. */
const PAUSABLE: readonly JobKind[] = ['create', 'edit', 'convert', 'extract', 'verify', 'compare', 'rip', 'flash']

export class JobRecord {
  readonly id: string
  readonly spec: JobSpec
  readonly log: LogLine[] = []
  /** Among all jobs: rising. */
  place: number
  state: JobState = 'queued'
  run: JobRun | null = null
  question: JobQuestion | null = null
  private readonly meter = new ProgressMeter()
  private latest: JobProgress | null = null
  private startedAtMs: number | null = null
  private endedAtMs: number | null = null
  private outcome: JobOutcome | null = null

  constructor(spec: JobSpec, place: number, id: string = randomUUID()) {
    this.spec = spec
    this.place = place
    this.id = id
  }

  /** A job of an earlier run. One that was not over then is interrupted now. */
  static restored(stored: StoredJob): JobRecord {
    const job = new JobRecord(stored.spec, stored.place, stored.id)
    job.log.push(...stored.log)
    job.latest = stored.progress
    job.startedAtMs = stored.startedAtMs
    job.outcome = outcomeOf(stored)
    job.state = job.outcome.state
    job.endedAtMs = stored.endedAtMs ?? stored.savedAtMs
    if (stored.endedAtMs === null && job.outcome.state !== 'done')
      job.addLine({ atMs: stored.savedAtMs, level: 'warning', text: job.outcome.problem.message })
    return job
  }

  get isOver(): boolean {
    return this.outcome !== null
  }

  started(): void {
    this.startedAtMs = wallMs()
    if (this.state === 'queued') this.state = 'running'
    this.addLine({ atMs: this.startedAtMs, level: 'info', text: 'Started.' })
  }

  get canPause(): boolean {
    return PAUSABLE.includes(this.spec.kind) && !this.isOver && this.run !== null && this.state !== 'cancelling'
  }

  paused(isPaused: boolean): void {
    this.state = isPaused ? 'paused' : 'running'
    if (!isPaused) this.meter.restart()
    this.addLine({ atMs: wallMs(), level: 'info', text: isPaused ? 'Paused.' : 'Going on.' })
  }

  progress(progress: JobProgress): void {
    this.latest = progress
    this.meter.update(progress, evenMs())
  }

  addLine(line: LogLine): void {
    this.log.push(line)
    if (this.log.length > MAX_LOG_LINES) this.log.splice(0, this.log.length - MAX_LOG_LINES)
  }

  ended(outcome: JobOutcome): void {
    this.outcome = outcome
    this.state = outcome.state
    this.run = null
    this.question = null
    this.endedAtMs = wallMs()
    if (outcome.state === 'done') this.addLine({ atMs: this.endedAtMs, level: 'info', text: 'Done.' })
    else this.addLine({ atMs: this.endedAtMs, level: outcome.state === 'failed' ? 'error' : 'info', text: outcome.problem.message })
  }

  view(): JobView {
    const moving = this.state === 'running' && this.latest !== null
    return {
      id: this.id,
      kind: this.spec.kind,
      title: titleOf(this.spec),
      state: this.state,
      canPause: this.canPause,
      question: this.question,
      progress: this.latest,
      bytesPerSecond: moving ? this.meter.bytesPerSecond : null,
      remainingMs: moving && this.latest ? this.meter.remainingMs(this.latest) : null,
      startedAtMs: this.startedAtMs,
      endedAtMs: this.endedAtMs,
      result: this.outcome?.state === 'done' ? this.outcome.result : null,
      problem: this.outcome && this.outcome.state !== 'done' ? this.outcome.problem : null,
      repeat: repeatOf(this.spec, this.state),
    }
  }

  /** What is remembered of it. */
  stored(): StoredJob {
    const { result, problem } = this.view()
    const { id, place, spec, state, startedAtMs, endedAtMs, latest: progress } = this
    const log = this.log.slice(-MAX_REMEMBERED_LOG_LINES)
    return { id, place, spec, state, startedAtMs, endedAtMs, savedAtMs: wallMs(), progress, result, problem, log }
  }
}

function outcomeOf({ spec, state, startedAtMs, result, problem }: StoredJob): JobOutcome {
  if (state === 'done' && result !== null) return { state, result }
  if ((state === 'failed' || state === 'cancelled' || state === 'interrupted') && problem !== null) return { state, problem }
  return { state: 'interrupted', problem: interruptedProblem(spec, startedAtMs !== null) }
}
