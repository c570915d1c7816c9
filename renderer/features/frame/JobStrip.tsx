import { CircleCheck, OctagonAlert, X } from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components'
import type { JobView } from '../../../shared/job.ts'
import { Button, IconButton } from '../../design/Button.tsx'
import { ProgressLine } from '../../design/ProgressLine.tsx'
import { useDrives } from '../../stores/drives.ts'
import { inOrder, useJobs } from '../../stores/jobs.ts'
import { answerOf } from '../../stores/notices.ts'
import { usePlaces } from '../../stores/places.ts'
import { say } from '../../words/say.ts'
import { hasFile, isWithDrive, showJob } from '../drives/showing-jobs.ts'
import {
  activityWords,
  amountWords,
  jobFraction,
  outcomeTone,
  outcomeWords,
  remainingWords,
  speedWords,
  titleWords,
} from '../jobs/job-words.ts'
import css from './JobStrip.module.css'

/** The running job, or what just ended, at the foot of every place but Jobs. */
export function JobStrip() {
  const place = usePlaces((state) => state.place)
  const jobs = useJobs((state) => state.jobs)
  const newsId = useJobs((state) => state.newsId)
  const [running] = inOrder(jobs.values()).running
  const news = newsId === null ? undefined : jobs.get(newsId)
  const page = useDrives((state) => state.page)
  const shownId = running?.id ?? newsId
  const isShown = place === 'jobs' || (place === 'drives' && page.is === 'job' && page.jobId === shownId)
  if (isShown || (!running && !news)) return null
  return (
    <section className={css.strip} aria-label={say('frame.current-job')}>
      {running ? <Running job={running} /> : news && <News job={news} />}
    </section>
  )
}

function Running({ job }: { job: JobView }) {
  const figures = [amountWords(job), speedWords(job.bytesPerSecond), remainingWords(job.remainingMs)].filter((part) => part !== null)
  return (
    <>
      <AriaButton
        className={css.link}
        aria-label={say(isWithDrive(job) ? 'frame.show-in-drives' : 'frame.show-in-jobs', { title: titleWords(job) })}
        onPress={() => showJob(job)}
      >
        <bdi className={css.title}>{titleWords(job)}</bdi>
        <span className={css.activity}>{activityWords(job)}</span>
      </AriaButton>
      <div className={css.bar}>
        <ProgressLine thin label={titleWords(job)} fraction={jobFraction(job)} />
      </div>
      <span className={css.figures}>{figures.slice(1).join(' · ') || figures[0]}</span>
      <IconButton
        label={say('jobs.cancel', { title: titleWords(job) })}
        isDisabled={job.state === 'cancelling'}
        onPress={() => void answerOf(window.isomer.jobs.cancel({ jobId: job.id }))}
      >
        <X size={16} aria-hidden />
      </IconButton>
    </>
  )
}

function News({ job }: { job: JobView }) {
  const dismissNews = useJobs((state) => state.dismissNews)
  const isBad = outcomeTone(job) === 'bad'
  return (
    <>
      {isBad ? <OctagonAlert size={18} aria-hidden className={css.bad} /> : <CircleCheck size={18} aria-hidden className={css.good} />}
      <AriaButton
        className={css.link}
        aria-label={say(isWithDrive(job) ? 'frame.show-in-drives' : 'frame.show-in-jobs', { title: titleWords(job) })}
        onPress={() => showJob(job)}
      >
        <bdi className={css.title}>{titleWords(job)}</bdi>
        <span className={css.activity}>{outcomeWords(job)}</span>
      </AriaButton>
      <span className={css.space} />
      {!isBad && job.result && hasFile(job.result) && (
        <Button look="quiet" onPress={() => void answerOf(window.isomer.jobs.reveal({ jobId: job.id }))}>
          {say('common.show-in-folder')}
        </Button>
      )}
      <IconButton label={say('common.close')} onPress={dismissNews}>
        <X size={16} aria-hidden />
      </IconButton>
    </>
  )
}
