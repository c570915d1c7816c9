import { FolderOpen, RotateCcw, X } from 'lucide-react'
import type { JobView } from '../../../shared/job.ts'
import { Badge } from '../../design/Badge.tsx'
import { Button } from '../../design/Button.tsx'
import { ProblemCard } from '../../design/ProblemCard.tsx'
import { showDrivesPage } from '../../stores/drives.ts'
import { isEnded } from '../../stores/jobs.ts'
import { answerOf } from '../../stores/notices.ts'
import { say, sayNodes } from '../../words/say.ts'
import { RepeatButton } from '../jobs/EndedJob.tsx'
import { JobLog } from '../jobs/JobLog.tsx'
import { JobResultFacts } from '../jobs/JobResultFacts.tsx'
import { kindWords, outcomeTone, outcomeWords, titleWords } from '../jobs/job-words.ts'
import { PauseButton } from '../jobs/PauseButton.tsx'
import { BurnJob } from './burn/BurnJob.tsx'
import css from './DriveJob.module.css'
import placeCss from './DrivesPlace.module.css'
import { PageHead } from './PageHead.tsx'
import { PlainJob } from './PlainJob.tsx'
import { RipJob } from './rip/RipJob.tsx'

/** A job with a drive, from its start to what came of it. */
export function DriveJob({ job }: { job: JobView }) {
  return (
    <div className={placeCss.place}>
      <PageHead title={sayNodes('drives.job.title', { kind: kindWords(job.kind), title: <bdi key="title">{titleWords(job)}</bdi> })}>
        {isEnded(job) && <Badge tone={outcomeTone(job)}>{outcomeWords(job)}</Badge>}
      </PageHead>
      <section className={css.card} aria-label={kindWords(job.kind)}>
        {job.kind === 'rip' && <RipJob job={job} />}
        {job.kind === 'burn' && <BurnJob job={job} />}
        {(job.kind === 'erase' || job.kind === 'flash') && <PlainJob job={job} />}
        {job.problem && <ProblemCard problem={job.problem} tone={job.state === 'cancelled' ? 'caution' : 'bad'} />}
        {job.result && <JobResultFacts result={job.result} />}
        <Actions job={job} />
        <JobLog job={job} headingLevel={2} />
      </section>
    </div>
  )
}

/** Whether sectors are missing that may be read another time. */
const canGoOn = ({ result }: JobView): boolean => result?.kind === 'rip' && result.unreadBytes > 0 && result.mapPath !== null

async function goOn(jobId: string): Promise<void> {
  const started = await answerOf(window.isomer.rip.goOn({ jobId }))
  if (started) showDrivesPage({ is: 'job', jobId: started.jobId })
}

function Actions({ job }: { job: JobView }) {
  const { id, state } = job
  const hasFile = job.result?.kind === 'rip'
  return (
    <div className={css.actions}>
      <PauseButton job={job} />
      {!isEnded(job) && (
        <Button
          aria-label={say('jobs.cancel', { title: titleWords(job) })}
          isDisabled={state === 'cancelling'}
          onPress={() => void answerOf(window.isomer.jobs.cancel({ jobId: id }))}
        >
          <X size={16} aria-hidden /> {say('common.cancel')}
        </Button>
      )}
      {hasFile && (
        <Button look="primary" onPress={() => void answerOf(window.isomer.jobs.reveal({ jobId: id }))}>
          <FolderOpen size={16} aria-hidden /> {say('common.show-in-folder')}
        </Button>
      )}
      {!canGoOn(job) && job.kind === 'rip' && <RepeatButton job={job} onStarted={(jobId) => showDrivesPage({ is: 'job', jobId })} />}
      {canGoOn(job) && (
        <Button onPress={() => void goOn(id)}>
          <RotateCcw size={16} aria-hidden /> {say('drives.job.go-on')}
        </Button>
      )}
    </div>
  )
}
