/** What mounting needs of whoever asked for it: getting an image ready may take as long as it takes to read it all. */
import type { JobControl } from '../../shared/job.ts'

export type MountControl = Pick<JobControl, 'checkpoint' | 'progress' | 'temporary'>
