/** What opening a file needs from whoever asked for it: one that has to be expanded whole takes its time. */
import type { JobControl } from '../../shared/job.ts'

export type OpeningControl = Pick<JobControl, 'checkpoint' | 'progress'>

/** For openings that nobody watches and nobody can stop. */
export const unwatched: OpeningControl = { checkpoint: () => undefined, progress: () => {} }
