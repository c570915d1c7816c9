/** The job's own control, which says besides with all progress which disc of how many it is about. */
import type { BurnProgress, BurnRequest } from '../../../shared/drives.ts'
import type { JobAnswer, JobControl, JobProgress, JobQuestion, LogLine } from '../../../shared/job.ts'

export class BurnControl implements JobControl {
  /** The disc that is being made, from 1. */
  copy = 1
  readonly #control: JobControl
  readonly #request: Pick<BurnRequest, 'copies' | 'verify' | 'simulate'>

  constructor(control: JobControl, request: Pick<BurnRequest, 'copies' | 'verify' | 'simulate'>) {
    this.#control = control
    this.#request = request
  }

  checkpoint(): Promise<void> | undefined {
    return this.#control.checkpoint()
  }

  progress(progress: JobProgress): void {
    this.burning(progress, { bufferPercent: null, fifoPercent: null })
  }

  /** The same with what the program that writes says of its buffers. */
  burning(progress: JobProgress, buffers: Pick<BurnProgress, 'bufferPercent' | 'fifoPercent'>): void {
    const { copies, verify, simulate } = this.#request
    this.#control.progress({
      ...progress,
      detail: { kind: 'burn', ...buffers, copy: this.copy, copies, verifies: verify && !simulate },
    })
  }

  log(level: LogLine['level'], text: string): void {
    this.#control.log(level, text)
  }

  ask(question: JobQuestion | null): JobAnswer | null {
    return this.#control.ask?.(question) ?? null
  }

  temporary(path: string | null): void {
    this.#control.temporary(path)
  }
}
