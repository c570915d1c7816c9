import { ArrowDown, ArrowUp } from 'lucide-react'
import type { JobView } from '../../../shared/job.ts'
import { Button, IconButton } from '../../design/Button.tsx'
import { Name } from '../../design/Name.tsx'
import { useJobs } from '../../stores/jobs.ts'
import { answerOf } from '../../stores/notices.ts'
import css from './JobsPlace.module.css'
import { kindWords } from './job-words.ts'

/** The queue, in the order in which it is worked off. */
export function WaitingJobs({ jobs }: { jobs: readonly JobView[] }) {
  const move = useJobs((state) => state.move)
  if (jobs.length === 0) return null
  return (
    <section className={css.section}>
      <h2 className={css.heading}>Waiting</h2>
      <ol className={css.list} aria-label="Waiting jobs">
        {jobs.map((job, index) => (
          <li key={job.id} className={css.line}>
            <span className={css.words}>
              <Name className={css.name}>{job.title}</Name>
              <span className={css.muted}>{kindWords[job.kind]}</span>
            </span>
            <span className={css.buttons}>
              <IconButton label={`${job.title} earlier`} isDisabled={index === 0} onPress={() => void move(job.id, -1)}>
                <ArrowUp size={16} aria-hidden />
              </IconButton>
              <IconButton label={`${job.title} later`} isDisabled={index === jobs.length - 1} onPress={() => void move(job.id, 1)}>
                <ArrowDown size={16} aria-hidden />
              </IconButton>
              <Button aria-label={`Cancel ${job.title}`} onPress={() => void answerOf(window.isomer.jobs.cancel({ jobId: job.id }))}>
                Cancel
              </Button>
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
