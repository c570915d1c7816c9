/** Where a job is shown in full. */
import type { JobKind, JobResult, JobView } from '../../../shared/job.ts'
import { showDrivesPage } from '../../stores/drives.ts'
import { useJobs } from '../../stores/jobs.ts'
import { usePlaces } from '../../stores/places.ts'

const WITH_DRIVES: readonly JobKind[] = ['rip', 'burn', 'erase', 'flash']

export const isWithDrive = ({ kind }: Pick<JobView, 'kind'>): boolean => WITH_DRIVES.includes(kind)

/** Whether something came of a job that a file manager can show. */
export const hasFile = ({ kind }: JobResult): boolean => kind === 'rip' || (kind !== 'verify' && !WITH_DRIVES.includes(kind))

/** Shows a job where most is seen of it. */
export function showJob(job: JobView): void {
  useJobs.getState().open(job.id)
  if (isWithDrive(job)) {
    useJobs.getState().dismissNews()
    showDrivesPage({ is: 'job', jobId: job.id })
  } else usePlaces.getState().go('jobs')
}
