import { ChevronRight, CircleCheck, CircleSlash, Disc, DiscAlbum, FolderOpen, ListX, OctagonAlert, RotateCw } from 'lucide-react'
import { useId } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { JobView } from '../../../shared/job.ts'
import { Button } from '../../design/Button.tsx'
import { ProblemCard } from '../../design/ProblemCard.tsx'
import { Size } from '../../design/Size.tsx'
import { useJobs } from '../../stores/jobs.ts'
import { answerOf } from '../../stores/notices.ts'
import { dateFormat } from '../../words/amounts.ts'
import { say } from '../../words/say.ts'
import { lookInto } from '../browse/picking.ts'
import { hasFile, isWithDrive, showJob } from '../drives/showing-jobs.ts'
import css from './EndedJob.module.css'
import { JobLog } from './JobLog.tsx'
import { JobResultFacts } from './JobResultFacts.tsx'
import { kindWords, type OutcomeTone, outcomeTone, outcomeWords, titleWords } from './job-words.ts'

const signs: Readonly<Record<OutcomeTone, typeof CircleCheck>> = { good: CircleCheck, bad: OctagonAlert, plain: CircleSlash }

/** `Check · Intact at 14:05`, with the day when it was another one. */
function endWords(job: JobView): string {
  const words = { kind: kindWords(job.kind), outcome: outcomeWords(job) }
  if (job.endedAtMs === null) return say('jobs.ended', words)
  const time = dateFormat({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(job.endedAtMs)
  if (new Date(job.endedAtMs).toDateString() === new Date().toDateString()) return say('jobs.ended.today', { ...words, time })
  return say('jobs.ended.earlier', { ...words, time, day: dateFormat({ dateStyle: 'long' }).format(job.endedAtMs) })
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
          <bdi className={css.name}>{titleWords(job)}</bdi>
          <span className={css.muted}>{endWords(job)}</span>
        </span>
        {job.result && <Size className={css.size} bytes={job.result.sizeBytes} />}
        <ChevronRight size={16} aria-hidden className={`pointing ${css.arrow}`} />
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
            <FolderOpen size={16} aria-hidden /> {say('common.show-in-folder')}
          </Button>
        )}
        {isImage(job) && (
          <Button onPress={() => void openResult(job)}>
            <Disc size={16} aria-hidden /> {say('jobs.open-image')}
          </Button>
        )}
        {isWithDrive(job) && (
          <Button onPress={() => showJob(job)}>
            <DiscAlbum size={16} aria-hidden /> {say('jobs.show-drives')}
          </Button>
        )}
        <RepeatButton job={job} />
        <Button onPress={() => void answerOf(window.isomer.jobs.remove({ jobId: job.id }))}>
          <ListX size={16} aria-hidden /> {say('jobs.remove')}
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
  return (
    <Button
      look={look}
      aria-label={say(`jobs.repeat.${job.repeat}-this`, { title: titleWords(job) })}
      onPress={() => void again(job.id).then((jobId) => jobId !== null && onStarted?.(jobId))}
    >
      <RotateCw size={16} aria-hidden /> {say(`jobs.repeat.${job.repeat}`)}
    </Button>
  )
}
