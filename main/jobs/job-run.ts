/** One job in one process, from start to end; whatever happens to the process, there is exactly one outcome. */
import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { JobAnswer, JobKind, JobProgress, JobQuestion, JobResult, JobSpec, LogLine } from '../../shared/job.ts'
import type { ProblemReport } from '../../shared/problem.ts'
import { sweepOutputs } from '../output/output-journal.ts'
import { crashProblem, stoppedProblem } from './ended-problem.ts'
import type { FromJobProcess, ToJobProcess } from './job-messages.ts'
import type { ProcessPort, StartProcess } from './process-port.ts'

/** A process that doesn't stop in this time (a dead network drive, a hanging read) is ended from outside. */
const CANCEL_PATIENCE_MS = 10_000
/** A drive that writes takes its time to come to rest; ending the process would leave it at it, and the disc in any state. */
const BURN_PATIENCE_MS = 15 * 60_000

const patienceMsOf = (kind: JobKind): number => (kind === 'burn' || kind === 'erase' ? BURN_PATIENCE_MS : CANCEL_PATIENCE_MS)

export type JobOutcome =
  | { readonly state: 'done'; readonly result: JobResult }
  | { readonly state: 'failed' | 'cancelled' | 'interrupted'; readonly problem: ProblemReport }

export interface JobRunEvents {
  started(): void
  progress(progress: JobProgress): void
  log(line: LogLine): void
  question(question: JobQuestion | null): void
  ended(outcome: JobOutcome): void
}

export class JobRun {
  private readonly spec: JobSpec
  private readonly events: JobRunEvents
  private readonly port: ProcessPort
  private outcome: JobOutcome | null = null
  private cancelling = false
  private patience: NodeJS.Timeout | undefined
  private temporary: string | null = null

  constructor(spec: JobSpec, startProcess: StartProcess, events: JobRunEvents) {
    this.spec = spec
    this.events = events
    this.port = startProcess()
    this.port.onMessage((message) => this.receive(message as FromJobProcess))
    this.port.onExit(() => void this.finish())
  }

  cancel(): void {
    if (this.cancelling || this.outcome) return
    this.cancelling = true
    this.tell({ type: 'cancel' })
    this.patience = setTimeout(() => this.port.kill(), patienceMsOf(this.spec.kind))
  }

  pause(isPaused: boolean): void {
    if (!this.cancelling && !this.outcome) this.tell({ type: isPaused ? 'pause' : 'resume' })
  }

  answer(answer: JobAnswer): void {
    if (!this.outcome) this.tell({ type: 'answer', answer })
  }

  private tell(message: ToJobProcess): void {
    this.port.post(message)
  }

  private receive(message: FromJobProcess): void {
    if (this.outcome) return
    switch (message.type) {
      case 'ready':
        this.start()
        break
      case 'progress':
        this.events.progress(message.progress)
        break
      case 'log':
        this.events.log(message.line)
        break
      case 'question':
        this.events.question(message.question)
        break
      case 'temporary':
        this.temporary = message.path
        break
      case 'done':
        this.settle({ state: 'done', result: message.result })
        break
      case 'failed':
        this.settle({ state: message.problem.kind === 'cancelled' ? 'cancelled' : 'failed', problem: message.problem })
        break
    }
  }

  private start(): void {
    if (this.cancelling) this.settle(this.withoutOutcome())
    else {
      this.tell({ type: 'start', spec: this.spec })
      this.events.started()
    }
  }

  private settle(outcome: JobOutcome): void {
    this.outcome = outcome
    this.port.kill()
  }

  /** The process is gone: what it left half-written goes too, and then the outcome is told. */
  private async finish(): Promise<void> {
    clearTimeout(this.patience)
    await this.removeTemporary()
    this.events.ended(this.outcome ?? this.withoutOutcome())
  }

  private withoutOutcome(): JobOutcome {
    return this.cancelling
      ? { state: 'cancelled', problem: stoppedProblem(this.spec) }
      : { state: 'failed', problem: crashProblem(this.spec) }
  }

  /** Only what lies where this job may write: the path was said by a process that may have been broken. */
  private async removeTemporary(): Promise<void> {
    sweepOutputs()
    const path = this.temporary
    if (path === null || (this.spec.kind !== 'create' && this.spec.kind !== 'edit') || dirname(path) !== dirname(this.spec.outPath)) return
    if (path === this.spec.outPath) return
    await rm(path, { force: true }).catch((error: unknown) =>
      this.events.log({ atMs: Date.now(), level: 'warning', text: `The unfinished file ${path} could not be removed: ${String(error)}` }),
    )
  }
}
