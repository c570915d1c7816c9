import type { JobControl } from '../../../shared/job.ts'

/** A control that lets work run to its end, for tests. */
export function quietControl(changes: Partial<JobControl> = {}): JobControl {
  return { checkpoint: () => undefined, progress: () => {}, log: () => {}, temporary: () => {}, ...changes }
}
