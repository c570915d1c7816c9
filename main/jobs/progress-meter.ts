import type { JobProgress } from '../../shared/job.ts'

/** Weight of the past falls to a third in this time: steady to read, quick to notice a slower disk. */
const SMOOTHING_MS = 3000
/** Less time than this says nothing about speed. */
const FIRST_SAMPLE_MS = 250

/** Speed and remaining time of the phase a job is in. */
export class ProgressMeter {
  private phase: JobProgress['phase'] | null = null
  private atMs = 0
  private bytes = 0
  private speed: number | null = null

  /** Takes a report; `nowMs` is from any clock that runs evenly. */
  update(progress: JobProgress, nowMs: number): void {
    if (progress.phase !== this.phase || progress.doneBytes < this.bytes) {
      this.phase = progress.phase
      this.speed = null
      this.mark(progress.doneBytes, nowMs)
      return
    }
    const elapsedMs = nowMs - this.atMs
    if (elapsedMs < FIRST_SAMPLE_MS) return
    const sample = ((progress.doneBytes - this.bytes) / elapsedMs) * 1000
    const past = this.speed === null ? 0 : Math.exp(-elapsedMs / SMOOTHING_MS)
    this.speed = (this.speed ?? 0) * past + sample * (1 - past)
    this.mark(progress.doneBytes, nowMs)
  }

  /** Forgets what it knows of speed: the time that passes now is none of the work's. */
  restart(): void {
    this.phase = null
    this.speed = null
  }

  /** Null until there is something to say. */
  get bytesPerSecond(): number | null {
    return this.speed === null ? null : Math.round(this.speed)
  }

  /** Null while speed or total is unknown, or nothing moves. */
  remainingMs(progress: JobProgress): number | null {
    if (progress.totalBytes === null || this.speed === null || this.speed < 1) return null
    return Math.round((Math.max(0, progress.totalBytes - progress.doneBytes) / this.speed) * 1000)
  }

  private mark(bytes: number, atMs: number): void {
    this.bytes = bytes
    this.atMs = atMs
  }
}
