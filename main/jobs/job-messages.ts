/** What the queue and a job's process say to each other. Plain data; one process runs one job. */
import type { JobProgress, JobResult, JobSpec, LogLine } from '../../shared/job.ts'
import type { ProblemReport } from '../../shared/problem.ts'

export type ToJobProcess = { readonly type: 'start'; readonly spec: JobSpec } | { readonly type: 'cancel' }

/** `done` and `failed` are the last thing a process says; it stays until the queue ends it. */
export type FromJobProcess =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly progress: JobProgress }
  | { readonly type: 'log'; readonly line: LogLine }
  | { readonly type: 'temporary'; readonly path: string | null }
  | { readonly type: 'done'; readonly result: JobResult }
  | { readonly type: 'failed'; readonly problem: ProblemReport }
