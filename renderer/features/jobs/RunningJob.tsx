import { DiscAlbum } from 'lucide-react'
import { formatCount } from '../../../shared/format.ts'
import type { JobView } from '../../../shared/job.ts'
import { Button } from '../../design/Button.tsx'
import { Name } from '../../design/Name.tsx'
import { ProgressLine } from '../../design/ProgressLine.tsx'
import { answerOf } from '../../stores/notices.ts'
import { isWithDrive, showJob } from '../drives/showing-jobs.ts'
import { JobLog } from './JobLog.tsx'
import { activityWords, amountWords, jobFraction, kindWords, remainingWords, speedWords } from './job-words.ts'
import { PauseButton } from './PauseButton.tsx'
import css from './RunningJob.module.css'
import { WrittenDisc } from './WrittenDisc.tsx'

/** The job at work, large. */
export function RunningJob({ job }: { job: JobView }) {
  const fraction = jobFraction(job)
  const percent = fraction === null ? null : Math.floor(fraction * 100)
  return (
    <section className={css.card} aria-label={`Running: ${job.title}`}>
      <div className={css.main}>
        <WrittenDisc fraction={fraction} />
        <div className={css.words}>
          <p className={css.kind}>{kindWords[job.kind]}</p>
          <h2 className={css.title}>
            <Name>{job.title}</Name>
          </h2>
          <p className={css.activity}>
            {activityWords(job)}
            {percent !== null && <span className={css.percent}>{percent} %</span>}
          </p>
          <ProgressLine label={job.title} fraction={fraction} />
          <Figures job={job} />
          {/* always there, so that nothing below jumps */}
          <p className={css.current}>{job.progress?.current ? <Name>{job.progress.current}</Name> : '\u00a0'}</p>
        </div>
        <div className={css.actions}>
          {isWithDrive(job) && (
            <Button aria-label={`Show ${job.title} in Drives`} onPress={() => showJob(job)}>
              <DiscAlbum size={16} aria-hidden /> Show
            </Button>
          )}
          <PauseButton job={job} />
          <Button
            aria-label={`Cancel ${job.title}`}
            isDisabled={job.state === 'cancelling'}
            onPress={() => void answerOf(window.isomer.jobs.cancel({ jobId: job.id }))}
          >
            Cancel
          </Button>
        </div>
      </div>
      <JobLog job={job} />
    </section>
  )
}

function Figures({ job }: { job: JobView }) {
  const figures = [
    amountWords(job),
    job.progress && job.progress.doneItems > 0 ? formatCount(job.progress.doneItems, 'item', 'items') : null,
    speedWords(job.bytesPerSecond),
    remainingWords(job.remainingMs),
  ].filter((figure) => figure !== null)
  return (
    <ul className={css.figures}>
      {figures.map((figure) => (
        <li key={figure}>{figure}</li>
      ))}
    </ul>
  )
}
