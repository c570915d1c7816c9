/** How fast jobs with drives were, from their start to now: what a speed curve is drawn from. */
import { create } from 'zustand'
import type { JobKind, JobView } from '../../shared/job.ts'
import { useJobs } from './jobs.ts'

export interface SpeedPoint {
  /** Since the job began. */
  readonly atMs: number
  readonly bytesPerSecond: number
}

/** Finer than this nobody sees; when there are more, every second one goes. */
const MAX_POINTS = 400
const LEAST_STEP_MS = 200
const TRACED: readonly JobKind[] = ['rip', 'burn', 'flash']

interface TracesState {
  readonly traces: ReadonlyMap<string, readonly SpeedPoint[]>
}

export const useJobTraces = create<TracesState>()(() => ({ traces: new Map() }))

/** The points with one more; the same ones when it says nothing new. */
export function withPoint(points: readonly SpeedPoint[], point: SpeedPoint): readonly SpeedPoint[] {
  const last = points.at(-1)
  const step = last === undefined ? LEAST_STEP_MS : Math.max(LEAST_STEP_MS, last.atMs / MAX_POINTS)
  if (last !== undefined && point.atMs - last.atMs < step) return points
  const kept = points.length < MAX_POINTS ? points : points.filter((_, index) => index % 2 === 0)
  return [...kept, point]
}

function note(job: JobView): void {
  const { id, kind, state, bytesPerSecond, startedAtMs } = job
  if (!TRACED.includes(kind) || state !== 'running' || bytesPerSecond === null || startedAtMs === null) return
  const { traces } = useJobTraces.getState()
  const before = traces.get(id) ?? []
  const points = withPoint(before, { atMs: Date.now() - startedAtMs, bytesPerSecond })
  if (points !== before) useJobTraces.setState({ traces: new Map(traces).set(id, points) })
}

useJobs.subscribe((now, before) => {
  for (const job of now.jobs.values()) if (before.jobs.get(job.id) !== job) note(job)
})
