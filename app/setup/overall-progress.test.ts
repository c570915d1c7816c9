import { describe, expect, it } from 'vitest'
import type { JobState } from '../../shared/job.ts'
import { INDETERMINATE, NO_BAR, overallProgress } from './overall-progress.ts'

describe('progress of all jobs together', () => {
  const job = (state: JobState, doneBytes: number, totalBytes: number | null) => ({
    state,
    progress: { phase: 'write' as const, doneBytes, totalBytes, doneItems: 0, current: null },
  })

  it('is no bar when nothing runs', () => {
    expect(overallProgress([])).toBe(NO_BAR)
    expect(overallProgress([job('done', 5, 5), job('queued', 0, 5)])).toBe(NO_BAR)
  })
  it('weighs jobs by their bytes', () =>
    expect(overallProgress([job('running', 50, 100), job('cancelling', 100, 300), job('done', 9, 9)])).toBe(0.375))
  it('is unknown while one is', () => {
    expect(overallProgress([job('running', 50, 100), job('running', 0, null)])).toBe(INDETERMINATE)
    expect(overallProgress([{ state: 'running', progress: null }])).toBe(INDETERMINATE)
  })
})
