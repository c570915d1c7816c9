import { RotateCw, Save } from 'lucide-react'
import type { JobView } from '../../../shared/job.ts'
import type { VerifyResult } from '../../../shared/verify.ts'
import type { VerifyCase } from '../../../shared/verify-case.ts'
import { Button } from '../../design/Button.tsx'
import { CopyButton } from '../../design/CopyButton.tsx'
import { Name } from '../../design/Name.tsx'
import { ProblemCard } from '../../design/ProblemCard.tsx'
import { ProgressLine } from '../../design/ProgressLine.tsx'
import { Size } from '../../design/Size.tsx'
import { visibleName } from '../../design/visible-name.ts'
import { isRunning } from '../../stores/jobs.ts'
import { answerOf } from '../../stores/notices.ts'
import { useVerifying } from '../../stores/verifying.ts'
import { fromEngine } from '../../words/from-engine.ts'
import { say } from '../../words/say.ts'
import { activityWords, amountWords, jobFraction, remainingWords, speedWords, verdictWords } from '../jobs/job-words.ts'
import { resultText } from './result-text.ts'
import css from './VerdictCard.module.css'
import { verdictSigns } from './verdict-words.ts'

/** The one word, or how far the reading is that leads to it. */
export function VerdictCard({ found, job }: { found: VerifyCase; job: JobView | undefined }) {
  if (job?.result?.kind === 'verify') return <Verdict found={found} jobId={job.id} result={job.result} />
  if (job?.problem) return <Stopped job={job} />
  return <Reading found={found} job={job} />
}

function Verdict({ found, jobId, result }: { found: VerifyCase; jobId: string; result: VerifyResult }) {
  const start = useVerifying((state) => state.start)
  const { verdict, reason, advice } = result
  const Sign = verdictSigns[verdict]
  return (
    <section className={css.card} data-verdict={verdict} aria-label={say('verify.verdict')}>
      <span className={css.sign}>
        <Sign size={72} strokeWidth={1.5} aria-hidden />
      </span>
      <div className={css.words}>
        <ImageLine found={found} />
        <h2 className={css.word}>{verdictWords(verdict)}</h2>
        <p className={css.meaning}>{say(`verify.verdict.${verdict}`)}</p>
        <p>{fromEngine(visibleName(reason))}</p>
        {advice !== null && <p>{fromEngine(visibleName(advice))}</p>}
        <div className={css.actions}>
          <CopyButton wordy text={resultText(result)} label={say('verify.copy')} />
          <Button look="quiet" onPress={() => void answerOf(window.isomer.verify.save({ jobId }))}>
            <Save size={16} aria-hidden /> {say('verify.save')}
          </Button>
          <Button look="quiet" onPress={() => void start()}>
            <RotateCw size={16} aria-hidden /> {say('verify.again')}
          </Button>
        </div>
      </div>
    </section>
  )
}

function Reading({ found, job }: { found: VerifyCase; job: JobView | undefined }) {
  const fraction = job ? jobFraction(job) : null
  const figures = job
    ? [amountWords(job), speedWords(job.bytesPerSecond), remainingWords(job.remainingMs)].filter((part) => part !== null)
    : []
  return (
    <section className={css.card} aria-label={say('verify.verdict')}>
      <div className={css.words}>
        <ImageLine found={found} />
        <h2 className={css.reading}>{job ? say('verify.activity', { activity: activityWords(job) }) : say('verify.ready')}</h2>
        <ProgressLine label={say('verify.reading')} fraction={fraction} />
        {/* always there, so that nothing below jumps */}
        <p className={css.figures}>{figures.join(' · ') || '\u00a0'}</p>
      </div>
      {job && (
        <Button
          className={css.cancel}
          isDisabled={!isRunning(job) && job.state !== 'queued'}
          onPress={() => void answerOf(window.isomer.jobs.cancel({ jobId: job.id }))}
        >
          {say('common.cancel')}
        </Button>
      )}
    </section>
  )
}

function Stopped({ job }: { job: JobView }) {
  const start = useVerifying((state) => state.start)
  if (!job.problem) return null
  return (
    <ProblemCard problem={job.problem} tone={job.state === 'cancelled' ? 'caution' : 'bad'}>
      <Button onPress={() => void start()}>
        <RotateCw size={16} aria-hidden /> {say('verify.again')}
      </Button>
    </ProblemCard>
  )
}

function ImageLine({ found: { image } }: { found: VerifyCase }) {
  if (image === null) return null
  return (
    <p className={css.image}>
      <Name className={css.name}>{image.name}</Name>
      {image.sizeBytes !== null && <Size className={css.muted} bytes={image.sizeBytes} />}
    </p>
  )
}
