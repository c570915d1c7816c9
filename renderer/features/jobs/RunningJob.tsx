import { DiscAlbum } from 'lucide-react'
import type { JobView } from '../../../shared/job.ts'
import { Button } from '../../design/Button.tsx'
import { Path } from '../../design/Path.tsx'
import { ProgressLine } from '../../design/ProgressLine.tsx'
import { answerOf } from '../../stores/notices.ts'
import { fromEngine } from '../../words/from-engine.ts'
import { say } from '../../words/say.ts'
import { isWithDrive, showJob } from '../drives/showing-jobs.ts'
import { JobLog } from './JobLog.tsx'
import { activityWords, amountWords, jobFraction, kindWords, remainingWords, speedWords, titleWords } from './job-words.ts'
import { PauseButton } from './PauseButton.tsx'
import css from './RunningJob.module.css'
import { WrittenDisc } from './WrittenDisc.tsx'

/** The job at work, large. */
export function RunningJob({ job }: { job: JobView }) {
  const fraction = jobFraction(job)
  const percent = fraction === null ? null : Math.floor(fraction * 100)
  return (
    <section className={css.card} aria-label={say('jobs.running', { title: titleWords(job) })}>
      <div className={css.main}>
        <WrittenDisc fraction={fraction} />
        <div className={css.words}>
          <p className={css.kind}>{kindWords(job.kind)}</p>
          <h2 className={css.title}>
            <bdi>{titleWords(job)}</bdi>
          </h2>
          <p className={css.activity}>
            {activityWords(job)}
            {percent !== null && <span className={css.percent}>{say('jobs.percent', { percent })}</span>}
          </p>
          <ProgressLine label={titleWords(job)} fraction={fraction} />
          <Figures job={job} />
          {/* always there, so that nothing below jumps */}
          <p className={css.current}>{job.progress?.current ? <Path>{fromEngine(job.progress.current)}</Path> : '\u00a0'}</p>
        </div>
        <div className={css.actions}>
          {isWithDrive(job) && (
            <Button aria-label={say('frame.show-in-drives', { title: titleWords(job) })} onPress={() => showJob(job)}>
              <DiscAlbum size={16} aria-hidden /> {say('jobs.show')}
            </Button>
          )}
          <PauseButton job={job} />
          <Button
            aria-label={say('jobs.cancel', { title: titleWords(job) })}
            isDisabled={job.state === 'cancelling'}
            onPress={() => void answerOf(window.isomer.jobs.cancel({ jobId: job.id }))}
          >
            {say('common.cancel')}
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
    job.progress && job.progress.doneItems > 0 ? say('common.items', { count: job.progress.doneItems }) : null,
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
