import { CircleCheck } from 'lucide-react'
import { Button } from '../../../design/Button.tsx'
import { Name } from '../../../design/Name.tsx'
import { ProblemCard } from '../../../design/ProblemCard.tsx'
import { ProgressLine } from '../../../design/ProgressLine.tsx'
import { useEditState, useSession } from '../../../stores/browse-current.ts'
import { useJobs } from '../../../stores/jobs.ts'
import { answerOf } from '../../../stores/notices.ts'
import { formatSize } from '../../../words/amounts.ts'
import { say, sayNodes } from '../../../words/say.ts'
import { activityWords, jobFraction } from '../../jobs/job-words.ts'
import css from './SavedState.module.css'
import { openSaved } from './saving.ts'

/** The latest saving: at work, failed, or done with the result to be opened. */
export function SavedState() {
  const session = useSession()
  const { edit } = session
  const saving = useEditState((state) => state.saving)
  const job = useJobs((state) => (saving === null ? undefined : state.jobs.get(saving.jobId)))
  if (saving === null || !job) return null
  if (job.problem) {
    return (
      <ProblemCard problem={job.problem} tone={job.state === 'cancelled' ? 'caution' : 'bad'}>
        <Button look="quiet" onPress={() => edit.dismissSaved()}>
          {say('common.close')}
        </Button>
      </ProblemCard>
    )
  }
  if (job.result?.kind !== 'edit') {
    return (
      <div className={css.saving} role="status">
        <p className={css.words}>{activityWords(job)}</p>
        <ProgressLine label={say('edit.saving')} fraction={jobFraction(job)} />
        <Button
          look="quiet"
          isDisabled={job.state === 'cancelling'}
          onPress={() => void answerOf(window.isomer.jobs.cancel({ jobId: job.id }))}
        >
          {say('edit.saving.stop')}
        </Button>
      </div>
    )
  }
  return (
    <div className={css.saved} role="status">
      <CircleCheck size={20} aria-hidden className={css.sign} />
      <div className={css.what}>
        <p>
          {sayNodes('edit.saved', {
            b: (words) => <strong>{words}</strong>,
            name: <Name>{job.title}</Name>,
            size: formatSize(job.result.sizeBytes),
          })}
        </p>
        <div className={css.actions}>
          <Button onPress={() => void openSaved(session)}>{say(saving.replacesImage ? 'edit.saved.read-anew' : 'edit.saved.open')}</Button>
          <Button look="quiet" onPress={() => void answerOf(window.isomer.jobs.reveal({ jobId: job.id }))}>
            {say('common.show-in-folder')}
          </Button>
          <Button look="quiet" onPress={() => edit.dismissSaved()}>
            {say('common.close')}
          </Button>
        </div>
      </div>
    </div>
  )
}
