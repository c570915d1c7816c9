import type { JobView } from '../../../../shared/job.ts'
import { Button } from '../../../design/Button.tsx'
import { ProgressLine } from '../../../design/ProgressLine.tsx'
import { visibleName } from '../../../design/visible-name.ts'
import { isEnded } from '../../../stores/jobs.ts'
import { answerOf } from '../../../stores/notices.ts'
import { activityWords, amountWords, jobFraction, remainingWords, speedWords } from '../../jobs/job-words.ts'
import { Counters } from '../Counters.tsx'
import { SpeedCurve } from '../SpeedCurve.tsx'
import css from './BurnJob.module.css'
import { stepsOfBurn } from './burn-words.ts'
import { Stepper } from './Stepper.tsx'

/** A disc that is being written, or was. */
export function BurnJob({ job }: { job: JobView }) {
  return (
    <>
      <Stepper steps={stepsOfBurn(job)} />
      {!isEnded(job) && <AtWork job={job} />}
      {job.question && <NextDisc job={job} />}
      <SpeedCurve jobId={job.id} />
    </>
  )
}

function AtWork({ job }: { job: JobView }) {
  const { progress } = job
  const detail = progress?.detail?.kind === 'burn' ? progress.detail : null
  const figures = [
    ...(progress?.totalBytes ? [{ title: 'Of this step', value: amountWords(job) ?? '' }] : []),
    ...(detail !== null && detail.copies > 1 ? [{ title: 'Disc', value: `${detail.copy} of ${detail.copies}` }] : []),
    ...(detail?.bufferPercent != null ? [{ title: 'Drive’s buffer', value: `${Math.round(detail.bufferPercent)} %` }] : []),
    ...(detail?.fifoPercent != null ? [{ title: 'Waiting to be written', value: `${Math.round(detail.fifoPercent)} %` }] : []),
  ]
  return (
    <>
      <ProgressLine label={job.title} fraction={jobFraction(job)} />
      <Counters
        activity={activityWords(job)}
        counters={figures}
        speed={speedWords(job.bytesPerSecond)}
        remaining={remainingWords(job.remainingMs)}
      />
    </>
  )
}

function NextDisc({ job: { id, question } }: { job: JobView }) {
  if (question === null) return null
  const { copy, copies, refusal } = question
  return (
    <div className={css.question} role="alert">
      <div>
        <p className={css.ask}>
          Put in disc {copy} of {copies}
        </p>
        <p>{refusal === null ? 'A blank one. It is noticed by itself.' : `${visibleName(refusal)} Put in a blank one.`}</p>
      </div>
      <Button onPress={() => void answerOf(window.isomer.jobs.finish({ jobId: id }))}>
        Finish with {copy - 1 === 1 ? 'one disc' : `${copy - 1} discs`}
      </Button>
    </div>
  )
}
