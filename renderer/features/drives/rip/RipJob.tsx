import type { JobView } from '../../../../shared/job.ts'
import { ProgressLine } from '../../../design/ProgressLine.tsx'
import { isEnded } from '../../../stores/jobs.ts'
import { activityWords, jobFraction, titleWords } from '../../jobs/job-words.ts'
import { Counters } from '../Counters.tsx'
import { SpeedCurve } from '../SpeedCurve.tsx'
import { passWords } from './pass-words.ts'
import { RescueMap } from './RescueMap.tsx'
import { counters } from './rip-words.ts'

/** A disc that is being read, or was. */
export function RipJob({ job }: { job: JobView }) {
  const { progress, result } = job
  const detail = progress?.detail?.kind === 'rip' ? progress.detail : null
  const cells = result?.kind === 'rip' ? result.cells : (detail?.cells ?? null)
  return (
    <>
      {!isEnded(job) && (
        <>
          <ProgressLine label={titleWords(job)} fraction={jobFraction(job)} />
          <Counters
            activity={detail !== null && job.state === 'running' ? passWords(progress?.phase ?? 'read', detail.pass) : activityWords(job)}
            counters={detail === null || progress === null ? [] : counters(detail, progress.doneBytes)}
            bytesPerSecond={job.bytesPerSecond}
            remainingMs={job.remainingMs}
          />
        </>
      )}
      {cells !== null && cells !== '' && <RescueMap cells={cells} />}
      <SpeedCurve jobId={job.id} />
    </>
  )
}
