/** What the queue and a job's process say to each other. Plain data; one process runs one job. */
import type { JobAnswer, JobProgress, JobQuestion, JobResult, JobSpec, LogLine } from '../../shared/job.ts'
import type { ProblemReport } from '../../shared/problem.ts'

export type ToJobProcess =
  | { readonly type: 'start'; readonly spec: JobSpec }
  | { readonly type: 'cancel' }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'answer'; readonly answer: JobAnswer }

/** `done` and `failed` are the last thing a process says; it stays until the queue ends it. */
export type FromJobProcess =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly progress: JobProgress }
  | { readonly type: 'log'; readonly line: LogLine }
  | { readonly type: 'question'; readonly question: JobQuestion | null }
  | { readonly type: 'temporary'; readonly path: string | null }
  | { readonly type: 'done'; readonly result: JobResult }
  | { readonly type: 'failed'; readonly problem: ProblemReport }
