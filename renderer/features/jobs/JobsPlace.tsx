import { ListChecks } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { JobView } from '../../../shared/job.ts'
import { Button } from '../../design/Button.tsx'
import { SearchLine } from '../../design/SearchLine.tsx'
import { inOrder, useJobs } from '../../stores/jobs.ts'
import { usePlaces } from '../../stores/places.ts'
import { say } from '../../words/say.ts'
import { EndedJob } from './EndedJob.tsx'
import { InterruptedJobs } from './InterruptedJobs.tsx'
import css from './JobsPlace.module.css'
import { hasWords } from './job-words.ts'
import { RunningJob } from './RunningJob.tsx'
import { WaitingJobs } from './WaitingJobs.tsx'

/** Fewer are seen at a glance. */
const SEARCHED_FROM = 4

export function JobsPlace() {
  const jobs = useJobs((state) => state.jobs)
  const dismissNews = useJobs((state) => state.dismissNews)
  useEffect(() => {
    dismissNews()
    return dismissNews
  }, [dismissNews])
  const { running, waiting, interrupted, ended } = inOrder(jobs.values())
  return (
    <div className={css.place}>
      <h1 className={css.title}>{say('jobs.title')}</h1>
      {jobs.size === 0 && <Empty />}
      {running.map((job) => (
        <RunningJob key={job.id} job={job} />
      ))}
      <WaitingJobs jobs={waiting} />
      <InterruptedJobs jobs={interrupted} />
      <History jobs={ended} />
    </div>
  )
}

/** The history, which can be searched. */
function History({ jobs }: { jobs: readonly JobView[] }) {
  const [wanted, setWanted] = useState('')
  if (jobs.length === 0) return null
  const found = jobs.filter((job) => hasWords(job, wanted))
  return (
    <section className={css.section}>
      <div className={css.head}>
        <h2 className={css.heading}>{say('jobs.finished')}</h2>
        {jobs.length > SEARCHED_FROM && <SearchLine label={say('jobs.finished.search')} value={wanted} onChange={setWanted} />}
      </div>
      {found.length === 0 && <p className={css.muted}>{say('jobs.finished.none')}</p>}
      <ul className={css.list} aria-label={say('jobs.finished.label')}>
        {found.map((job) => (
          <EndedJob key={job.id} job={job} />
        ))}
      </ul>
    </section>
  )
}

function Empty() {
  const go = usePlaces((state) => state.go)
  return (
    <div className={css.empty}>
      <ListChecks size={56} strokeWidth={1} aria-hidden className={css.emptySign} />
      <h2 className={css.emptyTitle}>{say('jobs.empty')}</h2>
      <p className={css.muted}>{say('jobs.empty.lead')}</p>
      <Button onPress={() => go('create')}>{say('jobs.make-image')}</Button>
    </div>
  )
}
