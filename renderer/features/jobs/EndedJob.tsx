import { ChevronRight, CircleCheck, CircleSlash, Disc, DiscAlbum, FolderOpen, ListX, OctagonAlert, RotateCw } from 'lucide-react'
import { useId } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { formatDay } from '../../../shared/format.ts'
import type { JobView } from '../../../shared/job.ts'
import { Button } from '../../design/Button.tsx'
import { Name } from '../../design/Name.tsx'
import { ProblemCard } from '../../design/ProblemCard.tsx'
import { Size } from '../../design/Size.tsx'
import { useJobs } from '../../stores/jobs.ts'
import { answerOf } from '../../stores/notices.ts'
import { lookInto } from '../browse/picking.ts'
import { hasFile, isWithDrive, showJob } from '../drives/showing-jobs.ts'
import css from './EndedJob.module.css'
import { JobLog } from './JobLog.tsx'
import { JobResultFacts } from './JobResultFacts.tsx'
import { kindWords, type OutcomeTone, outcomeTone, outcomeWords } from './job-words.ts'

const signs: Readonly<Record<OutcomeTone, typeof CircleCheck>> = { good: CircleCheck, bad: OctagonAlert, plain: CircleSlash }
const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** `at 14:05`, or the day when it was another one. */
function whenWords(atMs: number): string {
  const isToday = new Date(atMs).toDateString() === new Date().toDateString()
  return isToday ? `at ${time.format(atMs)}` : `on ${formatDay(atMs)}, ${time.format(atMs)}`
}

/** A job that is over: one line, opened to what came of it. */
export function EndedJob({ job }: { job: JobView }) {
  const isOpen = useJobs((state) => state.openedId === job.id)
  const open = useJobs((state) => state.open)
  const detailsId = useId()
  const tone = outcomeTone(job)
  const Sign = signs[tone]
  return (
    <li className={css.job}>
      <AriaButton className={css.line} aria-expanded={isOpen} aria-controls={detailsId} onPress={() => open(isOpen ? null : job.id)}>
        <Sign size={22} aria-hidden className={css[tone]} />
        <span className={css.words}>
          <Name className={css.name}>{job.title}</Name>
          <span className={css.muted}>
            {kindWords[job.kind]} · {outcomeWords(job)}
            {job.endedAtMs !== null && ` ${whenWords(job.endedAtMs)}`}
          </span>
        </span>
        {job.result && <Size className={css.size} bytes={job.result.sizeBytes} />}
        <ChevronRight size={16} aria-hidden className={css.arrow} />
      </AriaButton>
      <div id={detailsId} hidden={!isOpen} className={css.details}>
        {isOpen && <Details job={job} />}
      </div>
    </li>
  )
}

function Details({ job }: { job: JobView }) {
  const canReveal = job.result !== null && hasFile(job.result)
  return (
    <>
      {job.problem && <ProblemCard problem={job.problem} tone={job.state === 'failed' ? 'bad' : 'caution'} />}
      {job.result && <JobResultFacts result={job.result} />}
      <div className={css.actions}>
        {canReveal && (
          <Button look="primary" onPress={() => void answerOf(window.isomer.jobs.reveal({ jobId: job.id }))}>
            <FolderOpen size={16} aria-hidden /> Show in folder
          </Button>
        )}
        {isImage(job) && (
          <Button onPress={() => void openResult(job)}>
            <Disc size={16} aria-hidden /> Open the image
          </Button>
        )}
        {isWithDrive(job) && (
          <Button onPress={() => showJob(job)}>
            <DiscAlbum size={16} aria-hidden /> Show in Drives
          </Button>
        )}
        <RepeatButton job={job} />
        <Button onPress={() => void answerOf(window.isomer.jobs.remove({ jobId: job.id }))}>
          <ListX size={16} aria-hidden /> Remove from this list
        </Button>
      </div>
      <JobLog job={job} />
    </>
  )
}

/** Whether it made an image that can be looked into. */
const isImage = ({ result }: JobView): boolean => result?.kind === 'create' || result?.kind === 'edit'

async function openResult({ id }: JobView): Promise<void> {
  const source = await answerOf(window.isomer.jobs.result({ jobId: id }))
  if (source) await lookInto(source)
}

interface RepeatProps {
  readonly job: JobView
  readonly look?: 'plain' | 'primary'
  readonly onStarted?: (jobId: string) => void
}

/** Does it once more, from where it stopped if it can. */
export function RepeatButton({ job, look = 'plain', onStarted }: RepeatProps) {
  const again = useJobs((state) => state.again)
  if (job.repeat === null) return null
  const words = job.repeat === 'resume' ? 'Go on' : 'Run again'
  return (
    <Button
      look={look}
      aria-label={`${words}: ${job.title}`}
      onPress={() => void again(job.id).then((jobId) => jobId !== null && onStarted?.(jobId))}
    >
      <RotateCw size={16} aria-hidden /> {words}
    </Button>
  )
}
