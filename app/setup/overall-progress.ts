import type { JobView } from '../../shared/job.ts'

/** Values of `BrowserWindow.setProgressBar` beside 0 to 1. */
export const NO_BAR = -1
export const INDETERMINATE = 2

/** How far all running jobs are together; a job that doesn't know its size makes the whole unknown. */
export function overallProgress(jobs: readonly Pick<JobView, 'state' | 'progress'>[]): number {
  const running = jobs.filter(({ state }) => state === 'running' || state === 'paused' || state === 'cancelling')
  if (running.length === 0) return NO_BAR
  const totals = running.map(({ progress }) => progress?.totalBytes ?? 0)
  if (totals.includes(0)) return INDETERMINATE
  const done = running.reduce((sum, { progress }) => sum + (progress?.doneBytes ?? 0), 0)
  return Math.min(1, done / totals.reduce((sum, total) => sum + total, 0))
}
