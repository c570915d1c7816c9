import type { JobView } from '../../../../shared/job.ts'
import { Button } from '../../../design/Button.tsx'
import { ProgressLine } from '../../../design/ProgressLine.tsx'
import { visibleName } from '../../../design/visible-name.ts'
import { isEnded } from '../../../stores/jobs.ts'
import { answerOf } from '../../../stores/notices.ts'
import { fromEngine } from '../../../words/from-engine.ts'
import { say } from '../../../words/say.ts'
import { activityWords, amountWords, jobFraction, titleWords } from '../../jobs/job-words.ts'
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
    ...(progress?.totalBytes ? [{ title: say('drives.counter.step'), value: amountWords(job) ?? '' }] : []),
    ...(detail !== null && detail.copies > 1
      ? [{ title: say('drives.counter.disc'), value: say('drives.counter.disc.of', { copy: detail.copy, copies: detail.copies }) }]
      : []),
    ...(detail?.bufferPercent != null ? [{ title: say('drives.counter.buffer'), value: percentWords(detail.bufferPercent) }] : []),
    ...(detail?.fifoPercent != null ? [{ title: say('drives.counter.fifo'), value: percentWords(detail.fifoPercent) }] : []),
  ]
  return (
    <>
      <ProgressLine label={titleWords(job)} fraction={jobFraction(job)} />
      <Counters activity={activityWords(job)} counters={figures} bytesPerSecond={job.bytesPerSecond} remainingMs={job.remainingMs} />
    </>
  )
}

const percentWords = (percent: number): string => say('jobs.percent', { percent: Math.round(percent) })

function NextDisc({ job: { id, question } }: { job: JobView }) {
  if (question === null) return null
  const { copy, copies, refusal } = question
  return (
    <div className={css.question} role="alert">
      <div>
        <p className={css.ask}>{say('drives.next', { copy, copies })}</p>
        <p>{refusal === null ? say('drives.next.blank') : say('drives.next.refused', { refusal: fromEngine(visibleName(refusal)) })}</p>
      </div>
      <Button onPress={() => void answerOf(window.isomer.jobs.finish({ jobId: id }))}>
        {say('drives.next.finish', { count: copy - 1 })}
      </Button>
    </div>
  )
}
