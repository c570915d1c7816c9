import { FolderOpen, ShieldCheck, TriangleAlert } from 'lucide-react'
import { useEffect } from 'react'
import type { JobView } from '../../../shared/job.ts'
import type { ChainLink, SignatureReport, VerifyResult } from '../../../shared/verify.ts'
import type { VerifyCase } from '../../../shared/verify-case.ts'
import { Button } from '../../design/Button.tsx'
import { Name } from '../../design/Name.tsx'
import { ProgressLine } from '../../design/ProgressLine.tsx'
import { Size } from '../../design/Size.tsx'
import { visibleName } from '../../design/visible-name.ts'
import { isEnded, useJobs } from '../../stores/jobs.ts'
import { useVerifying } from '../../stores/verifying.ts'
import { fromEngine } from '../../words/from-engine.ts'
import { say } from '../../words/say.ts'
import { Chain } from './Chain.tsx'
import { MoreWishes } from './MoreWishes.tsx'
import { ResultDetails } from './ResultDetails.tsx'
import { TrustCard } from './TrustCard.tsx'
import { TrustedKeys } from './TrustedKeys.tsx'
import { VerdictCard } from './VerdictCard.tsx'
import css from './VerifyPlace.module.css'
import { pickToVerify } from './verifying-actions.ts'

/** Whether an image is whole and its makers', in one word, and the chain that leads there. */
export function VerifyPlace() {
  const { found, isLooking, jobId, startOver } = useVerifying()
  const job = useJobs((state) => (jobId === null ? undefined : state.jobs.get(jobId)))
  useDismissedNews(job)
  return (
    <div className={css.place}>
      <header className={css.head}>
        <h1 className={css.title}>{say('verify.title')}</h1>
        {found && (
          <div className={css.actions}>
            <Button onPress={() => void pickToVerify()}>
              <FolderOpen size={16} aria-hidden /> {say('verify.add')}
            </Button>
            <Button look="quiet" onPress={startOver}>
              {say('verify.start-over')}
            </Button>
          </div>
        )}
      </header>
      {isLooking && !found && <ProgressLine thin label={say('verify.looking')} fraction={null} />}
      {found === null ? !isLooking && <Empty /> : <Case found={found} job={job} />}
      <div className={css.foot}>
        <TrustedKeys />
      </div>
    </div>
  )
}

/** What ends in sight is no news. */
function useDismissedNews(job: JobView | undefined): void {
  const isNews = useJobs((state) => job !== undefined && state.newsId === job.id)
  const dismissNews = useJobs((state) => state.dismissNews)
  useEffect(() => {
    if (isNews) dismissNews()
  }, [isNews, dismissNews])
}

function Case({ found, job }: { found: VerifyCase; job: JobView | undefined }) {
  const result = job?.result?.kind === 'verify' ? job.result : null
  return (
    <>
      {found.image === null ? <WhichImage found={found} /> : <VerdictCard found={found} job={job} />}
      {result === null && <Warnings found={found} />}
      {offeredKeys(found, result).map(({ key, publisher }) => (
        <TrustCard key={key.fingerprint} keyFacts={key} publisher={publisher} />
      ))}
      <Chain label={say('verify.chain')} chain={result === null ? readingChain(found, job) : finalChain(found, result)} />
      {result !== null && <ResultDetails result={result} />}
      {found.image !== null && <MoreWishes isBusy={job !== undefined && !isEnded(job)} />}
    </>
  )
}

/** While the image is read, its link says how far. */
function readingChain({ chain }: VerifyCase, job: JobView | undefined): ChainLink[] {
  const isReading = job !== undefined && !isEnded(job)
  return chain.map((link) => (isReading && link.part === 'image' ? { ...link, detail: say('verify.chain.reading') } : link))
}

/** A verdict without evidence has no chain of its own: then what is missing is shown. */
function finalChain({ chain }: VerifyCase, result: VerifyResult): readonly ChainLink[] {
  if (result.chain.length > 0) return result.chain
  return chain.map((link) => {
    if (link.state !== 'waiting') return link
    return { ...link, state: 'none', detail: link.part === 'image' ? say('verify.chain.nothing') : link.detail }
  })
}

/** Keys that signed something here and are not trusted; without an image all that were brought. */
function offeredKeys(found: VerifyCase, result: VerifyResult | null) {
  if (found.image === null) return found.offeredKeys.slice(0, 3).map((key) => ({ key, publisher: key.publisher }))
  const reports: readonly SignatureReport[] =
    result === null ? [] : [...result.signatures, ...result.lists.flatMap((list) => list.signatures)]
  const keys = reports.filter(({ status, key }) => status === 'good' && key?.origin === 'beside').map(({ key }) => key)
  const byFingerprint = new Map(
    keys.flatMap((key) => (key === null ? [] : [[key.fingerprint, { key, publisher: key.publisher }] as const])),
  )
  return [...byFingerprint.values()]
}

function WhichImage({ found }: { found: VerifyCase }) {
  const bring = useVerifying((state) => state.bring)
  const { choices, files } = found
  return (
    <section className={css.which} aria-label={say('verify.which.label')}>
      <h2 className={css.question}>{say(choices.length > 0 ? 'verify.which' : 'verify.which.now')}</h2>
      <p>
        {choices.length > 0 ? say('verify.which.several') : files.length === 0 ? say('verify.which.drop') : say('verify.which.drop-theirs')}
      </p>
      <ul className={css.choices}>
        {choices.map((image) => (
          <li key={image.token}>
            <Button className={css.choice} onPress={() => void bring([image.token])}>
              <Name className={css.name}>{image.name}</Name>
              {image.sizeBytes !== null && <Size className={css.muted} bytes={image.sizeBytes} />}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Warnings({ found: { warnings } }: { found: VerifyCase }) {
  if (warnings.length === 0) return null
  return (
    <ul className={css.warnings} aria-label={say('verify.warnings')}>
      {warnings.map((warning) => (
        <li key={warning}>
          <TriangleAlert size={16} aria-hidden /> {fromEngine(visibleName(warning))}
        </li>
      ))}
    </ul>
  )
}

function Empty() {
  return (
    <div className={css.empty}>
      <ShieldCheck size={72} strokeWidth={1} aria-hidden className={css.emptySign} />
      <h2 className={css.emptyTitle}>{say('verify.empty')}</h2>
      <p>{say('verify.empty.lead')}</p>
      <Button look="primary" large onPress={() => void pickToVerify()}>
        <FolderOpen size={18} aria-hidden /> {say('verify.choose')}
      </Button>
    </div>
  )
}
