import { ListChecks } from 'lucide-react'
import { useEffect } from 'react'
import type { JobView } from '../../../shared/job.ts'
import { Button } from '../../design/Button.tsx'
import { Name } from '../../design/Name.tsx'
import { inOrder, useJobs } from '../../stores/jobs.ts'
import { answerOf } from '../../stores/notices.ts'
import { usePlaces } from '../../stores/places.ts'
import { EndedJob } from './EndedJob.tsx'
import css from './JobsPlace.module.css'
import { kindWords } from './job-words.ts'
import { RunningJob } from './RunningJob.tsx'

export function JobsPlace() {
  const jobs = useJobs((state) => state.jobs)
  const dismissNews = useJobs((state) => state.dismissNews)
  useEffect(() => {
    dismissNews()
    return dismissNews
  }, [dismissNews])
  const { running, waiting, ended } = inOrder(jobs.values())
  return (
    <div className={css.place}>
      <h1 className={css.title}>Jobs</h1>
      {jobs.size === 0 && <Empty />}
      {running.map((job) => (
        <RunningJob key={job.id} job={job} />
      ))}
      {waiting.length > 0 && (
        <section className={css.section}>
          <h2 className={css.heading}>Waiting</h2>
          <ul className={css.list}>
            {waiting.map((job) => (
              <WaitingJob key={job.id} job={job} />
            ))}
          </ul>
        </section>
      )}
      {ended.length > 0 && (
        <section className={css.section}>
          <h2 className={css.heading}>Finished</h2>
          <ul className={css.list}>
            {ended.map((job) => (
              <EndedJob key={job.id} job={job} />
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

function WaitingJob({ job }: { job: JobView }) {
  return (
    <li className={css.waiting}>
      <Name className={css.name}>{job.title}</Name>
      <span className={css.muted}>{kindWords[job.kind]}</span>
      <Button aria-label={`Cancel ${job.title}`} onPress={() => void answerOf(window.isomer.jobs.cancel({ jobId: job.id }))}>
        Cancel
      </Button>
    </li>
  )
}

function Empty() {
  const go = usePlaces((state) => state.go)
  return (
    <div className={css.empty}>
      <ListChecks size={56} strokeWidth={1} aria-hidden className={css.emptySign} />
      <h2 className={css.emptyTitle}>No jobs yet</h2>
      <p className={css.muted}>Making, extracting and checking images happens here, one after another. You can go on working meanwhile.</p>
      <Button onPress={() => go('create')}>Make an image</Button>
    </div>
  )
}
