import type { JobView } from '../../../shared/job.ts'
import { ProgressLine } from '../../design/ProgressLine.tsx'
import { isEnded } from '../../stores/jobs.ts'
import { activityWords, amountWords, jobFraction, remainingWords, speedWords } from '../jobs/job-words.ts'
import { Stepper, type StepState } from './burn/Stepper.tsx'
import { Counters } from './Counters.tsx'
import { SpeedCurve } from './SpeedCurve.tsx'

/** A disc that is being erased, or a stick that is being written. */
export function PlainJob({ job }: { job: JobView }) {
  return (
    <>
      {job.kind === 'flash' && <Stepper steps={stepsOfFlash(job)} />}
      {!isEnded(job) && (
        <>
          <ProgressLine label={job.title} fraction={jobFraction(job)} />
          <Counters
            activity={activityWords(job)}
            counters={job.progress?.totalBytes ? [{ title: 'Of this step', value: amountWords(job) ?? '' }] : []}
            speed={speedWords(job.bytesPerSecond)}
            remaining={remainingWords(job.remainingMs)}
          />
        </>
      )}
      <SpeedCurve jobId={job.id} />
    </>
  )
}

function stepsOfFlash({ progress, state, result }: JobView): StepState[] {
  const verifies = progress?.detail?.kind === 'flash' ? progress.detail.verifies : true
  const phases = ['write', 'sync', ...(verifies ? ['verify'] : [])]
  const titles: Readonly<Record<string, string>> = { write: 'Write', sync: 'Empty the buffers', verify: 'Verify' }
  const at = Math.max(0, phases.indexOf(progress?.phase ?? 'write'))
  const isBad = result?.kind === 'flash' && result.verified?.isSame === false
  return phases.map((phase, index) => {
    const title = titles[phase] ?? phase
    if (result !== null) return { title, is: isBad && phase === 'verify' ? 'failed' : 'done' }
    if (index !== at) return { title, is: index < at ? 'done' : 'to-come' }
    return { title, is: state === 'failed' || state === 'cancelled' ? 'failed' : 'now' }
  })
}
