import type { JobView } from '../../../shared/job.ts'
import { ProgressLine } from '../../design/ProgressLine.tsx'
import { isEnded } from '../../stores/jobs.ts'
import { say } from '../../words/say.ts'
import { activityWords, amountWords, jobFraction, titleWords } from '../jobs/job-words.ts'
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
          <ProgressLine label={titleWords(job)} fraction={jobFraction(job)} />
          <Counters
            activity={activityWords(job)}
            counters={job.progress?.totalBytes ? [{ title: say('drives.counter.step'), value: amountWords(job) ?? '' }] : []}
            bytesPerSecond={job.bytesPerSecond}
            remainingMs={job.remainingMs}
          />
        </>
      )}
      <SpeedCurve jobId={job.id} />
    </>
  )
}

const flashSteps = ['write', 'sync', 'verify'] as const

function stepsOfFlash({ progress, state, result }: JobView): StepState[] {
  const verifies = progress?.detail?.kind === 'flash' ? progress.detail.verifies : true
  const phases = verifies ? flashSteps : flashSteps.filter((step) => step !== 'verify')
  const at = progress?.phase === 'sync' ? 1 : progress?.phase === 'verify' ? 2 : 0
  const isBad = result?.kind === 'flash' && result.verified?.isSame === false
  return phases.map((phase, index) => {
    const title = say(`drives.step.${phase}`)
    if (result !== null) return { title, is: isBad && phase === 'verify' ? 'failed' : 'done' }
    if (index !== at) return { title, is: index < at ? 'done' : 'to-come' }
    return { title, is: state === 'failed' || state === 'cancelled' ? 'failed' : 'now' }
  })
}
