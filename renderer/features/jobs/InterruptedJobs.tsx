import { RotateCw } from 'lucide-react'
import type { JobView } from '../../../shared/job.ts'
import { problemText } from '../../../shared/problem.ts'
import { Button } from '../../design/Button.tsx'
import { Name } from '../../design/Name.tsx'
import { visibleName } from '../../design/visible-name.ts'
import { useJobs } from '../../stores/jobs.ts'
import { answerOf } from '../../stores/notices.ts'
import { RepeatButton } from './EndedJob.tsx'
import css from './JobsPlace.module.css'
import { kindWords, outcomeWords } from './job-words.ts'

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
        <h2 className={css.heading}>Not finished when Isomer ended</h2>
        {repeatable.length > 1 && (
          <Button look="primary" onPress={() => void runAll()}>
            <RotateCw size={16} aria-hidden /> Go on with all {repeatable.length}
          </Button>
        )}
      </div>
      <ul className={css.list} aria-label="Interrupted jobs">
        {jobs.map((job) => (
          <li key={job.id} className={css.line}>
            <span className={css.words}>
              <Name className={css.name}>{job.title}</Name>
              <span className={css.muted}>
                {kindWords[job.kind]} · {outcomeWords(job)}
              </span>
              {job.problem && <span className={css.muted}>{visibleName(problemText(job.problem))}</span>}
            </span>
            <span className={css.buttons}>
              <RepeatButton job={job} look={repeatable.length > 1 ? 'plain' : 'primary'} />
              <Button
                aria-label={`Remove ${job.title} from this list`}
                onPress={() => void answerOf(window.isomer.jobs.remove({ jobId: job.id }))}
              >
                Remove
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
