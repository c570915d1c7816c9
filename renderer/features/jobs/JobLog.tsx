import { Save } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { JobView, LogLine } from '../../../shared/job.ts'
import { Button } from '../../design/Button.tsx'
import { CopyButton } from '../../design/CopyButton.tsx'
import { Folded } from '../../design/Folded.tsx'
import { visibleName } from '../../design/visible-name.ts'
import { isEnded } from '../../stores/jobs.ts'
import { answerOf } from '../../stores/notices.ts'
import { dateFormat } from '../../words/amounts.ts'
import { say } from '../../words/say.ts'
import css from './JobLog.module.css'

const REFRESH_MS = 1000

const clockText = (atMs: number) => dateFormat({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(atMs)

/** A log is for whoever is asked for help: it stays in English. */
const lineText = ({ atMs, level, text }: LogLine) => `${clockText(atMs)} ${level === 'info' ? '' : `${level}: `}${text}`

function useLog(jobId: string, isOpen: boolean, isLive: boolean): readonly LogLine[] {
  const [lines, setLines] = useState<readonly LogLine[]>([])
  useEffect(() => {
    if (!isOpen) return
    const load = async () => {
      const reply = await window.isomer.jobs.log({ jobId })
      if (reply.ok) setLines(reply.value)
    }
    void load()
    if (!isLive) return
    const timer = setInterval(() => void load(), REFRESH_MS)
    return () => clearInterval(timer)
  }, [jobId, isOpen, isLive])
  return lines
}

/** What happened when; loaded when it is opened. */
export function JobLog({ job, headingLevel = 3 }: { job: JobView; headingLevel?: 2 | 3 }) {
  const [isOpen, setOpen] = useState(false)
  const lines = useLog(job.id, isOpen, !isEnded(job))
  return (
    <Folded title={say('jobs.log')} headingLevel={headingLevel} isExpanded={isOpen} onExpandedChange={setOpen}>
      <div className={css.box}>
        {lines.length === 0 ? (
          <p className={css.none}>{say('jobs.log.empty')}</p>
        ) : (
          <>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled list must be reachable by keyboard */}
            <ol className={css.lines} tabIndex={0} dir="ltr" lang="en" aria-label={say('jobs.log.lines')}>
              {lines.map((line, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added at the end
                <li key={index} data-level={line.level}>
                  <time dateTime={new Date(line.atMs).toISOString()}>{clockText(line.atMs)}</time>
                  <span>{visibleName(line.text)}</span>
                </li>
              ))}
            </ol>
            <div className={css.actions}>
              <CopyButton wordy text={lines.map(lineText).join('\n')} label={say('jobs.log.copy')} />
              <Button look="quiet" onPress={() => void answerOf(window.isomer.jobs.saveLog({ jobId: job.id }))}>
                <Save size={16} aria-hidden /> {say('jobs.log.save')}
              </Button>
            </div>
          </>
        )}
      </div>
    </Folded>
  )
}
