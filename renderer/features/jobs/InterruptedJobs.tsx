import { RotateCw } from 'lucide-react'
import type { JobView } from '../../../shared/job.ts'
import { Button } from '../../design/Button.tsx'
import { useJobs } from '../../stores/jobs.ts'
import { answerOf } from '../../stores/notices.ts'
import { say } from '../../words/say.ts'
import { RepeatButton } from './EndedJob.tsx'
import css from './JobsPlace.module.css'
import { kindWords, outcomeWords, problemWords, titleWords } from './job-words.ts'

/** Jobs that were not over when Isomer ended, offered again. */
export function InterruptedJobs({ jobs }: { jobs: readonly JobView[] }) {
  const again = useJobs((state) => state.again)
  if (jobs.length === 0) return null
  const repeatable = jobs.filter(({ repeat }) => repeat !== null)
  const runAll = async () => {
    for (const { id } of repeatable) await again(id)
  }
  return (
    <section className={css.section}>
      <div className={css.head}>
        <h2 className={css.heading}>{say('jobs.interrupted')}</h2>
        {repeatable.length > 1 && (
          <Button look="primary" onPress={() => void runAll()}>
            <RotateCw size={16} aria-hidden /> {say('jobs.interrupted.all', { count: repeatable.length })}
          </Button>
        )}
      </div>
      <ul className={css.list} aria-label={say('jobs.interrupted.label')}>
        {jobs.map((job) => (
          <li key={job.id} className={css.line}>
            <span className={css.words}>
              <bdi className={css.name}>{titleWords(job)}</bdi>
              <span className={css.muted}>{say('jobs.ended', { kind: kindWords(job.kind), outcome: outcomeWords(job) })}</span>
              {job.problem && <span className={css.muted}>{problemWords(job.problem)}</span>}
            </span>
            <span className={css.buttons}>
              <RepeatButton job={job} look={repeatable.length > 1 ? 'plain' : 'primary'} />
              <Button
                aria-label={say('jobs.interrupted.remove-this', { title: titleWords(job) })}
                onPress={() => void answerOf(window.isomer.jobs.remove({ jobId: job.id }))}
              >
                {say('jobs.interrupted.remove')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
