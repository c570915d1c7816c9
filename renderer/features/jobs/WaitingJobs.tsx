import { ArrowDown, ArrowUp } from 'lucide-react'
import type { JobView } from '../../../shared/job.ts'
import { Button, IconButton } from '../../design/Button.tsx'
import { useJobs } from '../../stores/jobs.ts'
import { answerOf } from '../../stores/notices.ts'
import { say } from '../../words/say.ts'
import css from './JobsPlace.module.css'
import { kindWords, titleWords } from './job-words.ts'

/** The queue, in the order in which it is worked off. */
export function WaitingJobs({ jobs }: { jobs: readonly JobView[] }) {
  const move = useJobs((state) => state.move)
  if (jobs.length === 0) return null
  return (
    <section className={css.section}>
      <h2 className={css.heading}>{say('jobs.waiting')}</h2>
      <ol className={css.list} aria-label={say('jobs.waiting.label')}>
        {jobs.map((job, index) => (
          <li key={job.id} className={css.line}>
            <span className={css.words}>
              <bdi className={css.name}>{titleWords(job)}</bdi>
              <span className={css.muted}>{kindWords(job.kind)}</span>
            </span>
            <span className={css.buttons}>
              <IconButton
                label={say('jobs.earlier', { title: titleWords(job) })}
                isDisabled={index === 0}
                onPress={() => void move(job.id, -1)}
              >
                <ArrowUp size={16} aria-hidden />
              </IconButton>
              <IconButton
                label={say('jobs.later', { title: titleWords(job) })}
                isDisabled={index === jobs.length - 1}
                onPress={() => void move(job.id, 1)}
              >
                <ArrowDown size={16} aria-hidden />
              </IconButton>
              <Button
                aria-label={say('jobs.cancel', { title: titleWords(job) })}
                onPress={() => void answerOf(window.isomer.jobs.cancel({ jobId: job.id }))}
              >
                {say('common.cancel')}
              </Button>
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
