import type { JobAnswer, JobControl, JobProgress, JobQuestion, LogLine } from '../../shared/job.ts'
import { Problem } from '../../shared/problem.ts'
import { OutputJournal } from '../output/output-journal.ts'
import type { FromJobProcess } from './job-messages.ts'

/** How long work goes on before messages are let in: a cancel is seen within this time, at no cost to speed. */
const WORK_SLICE_MS = 25
/** Ten reports a second look steady and cost nothing. */
const REPORT_EVERY_MS = 100

/** The JobControl of work in a process of its own: reports go out as messages, a cancel comes in as one. */
export class ProcessJobControl implements JobControl {
  private readonly post: (message: FromJobProcess) => void
  private readonly journal = new OutputJournal()
  private cancelled = false
  private hold: { readonly over: Promise<void>; readonly end: () => void } | null = null
  private asked: JobQuestion | null = null
  private answered: JobAnswer | null = null
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
    this.resume()
  }

  /** The work waits at its next checkpoint. */
  pause(): void {
    if (this.hold !== null) return
    let end = () => {}
    const over = new Promise<void>((resolve) => {
      end = resolve
    })
    this.hold = { over, end }
  }

  resume(): void {
    this.hold?.end()
    this.hold = null
  }

  answer(answer: JobAnswer): void {
    if (this.asked !== null) this.answered = answer
  }

  ask(question: JobQuestion | null): JobAnswer | null {
    if (JSON.stringify(question) === JSON.stringify(this.asked)) return this.answered
    this.asked = question
    if (question === null) this.answered = null
    this.post({ type: 'question', question })
    return this.answered
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
    this.journal.note(path)
    this.post({ type: 'temporary', path })
  }

  /** To be called when the work is over. */
  end(): void {
    this.flush()
    this.journal.end()
  }

  private async letMessagesIn(): Promise<void> {
    await new Promise(setImmediate)
    while (this.hold !== null) await this.hold.over
    this.sliceStartMs = performance.now()
    if (this.cancelled) throw Problem.cancelled()
  }
}
