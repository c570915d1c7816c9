import type { JobControl, JobProgress, LogLine } from '../../shared/job.ts'
import { Problem } from '../../shared/problem.ts'
import type { FromJobProcess } from './job-messages.ts'

/** How long work goes on before messages are let in: a cancel is seen within this time, at no cost to speed. */
const WORK_SLICE_MS = 25
/** Ten reports a second look steady and cost nothing. */
const REPORT_EVERY_MS = 100

/** The JobControl of work in a process of its own: reports go out as messages, a cancel comes in as one. */
export class ProcessJobControl implements JobControl {
  private readonly post: (message: FromJobProcess) => void
  private cancelled = false
  private sliceStartMs = performance.now()
  private reportedMs = Number.NEGATIVE_INFINITY
  private reported: JobProgress | null = null
  private latest: JobProgress | null = null

  constructor(post: (message: FromJobProcess) => void) {
    this.post = post
  }

  /** The work stops at its next checkpoint. */
  cancel(): void {
    this.cancelled = true
  }

  checkpoint(): Promise<void> | undefined {
    if (this.cancelled) throw Problem.cancelled()
    return performance.now() - this.sliceStartMs < WORK_SLICE_MS ? undefined : this.letMessagesIn()
  }

  progress(progress: JobProgress): void {
    this.latest = progress
    const due = performance.now() - this.reportedMs >= REPORT_EVERY_MS
    if (due || progress.phase !== this.reported?.phase) this.flush()
  }

  /** Sends the last progress if it wasn't sent yet, so that the end of the work is seen as the end. */
  flush(): void {
    if (this.latest === null || this.latest === this.reported) return
    this.reported = this.latest
    this.reportedMs = performance.now()
    this.post({ type: 'progress', progress: this.latest })
  }

  log(level: LogLine['level'], text: string): void {
    this.post({ type: 'log', line: { atMs: Date.now(), level, text } })
  }

  temporary(path: string | null): void {
    this.post({ type: 'temporary', path })
  }

  private async letMessagesIn(): Promise<void> {
    await new Promise(setImmediate)
    this.sliceStartMs = performance.now()
    if (this.cancelled) throw Problem.cancelled()
  }
}
