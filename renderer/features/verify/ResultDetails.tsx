import { CircleX, Info, TriangleAlert } from 'lucide-react'
import { digestKinds, digestTitles } from '../../../shared/digest.ts'
import type { Finding } from '../../../shared/image-model.ts'
import type { Evidence, VerifyResult } from '../../../shared/verify.ts'
import { CopyButton } from '../../design/CopyButton.tsx'
import { Path } from '../../design/Path.tsx'
import { visibleName } from '../../design/visible-name.ts'
import { fromEngine } from '../../words/from-engine.ts'
import { say } from '../../words/say.ts'
import css from './ResultDetails.module.css'
import { verdictSigns } from './verdict-words.ts'

/** Everything else that was found out: what was asked for and not confirmed, other evidence, digests, facts. */
export function ResultDetails({ result }: { result: VerifyResult }) {
  const { refusals, evidence, safety, findings } = result
  return (
    <>
      {refusals.length > 0 && (
        <section className={css.section}>
          <h2 className={css.heading}>{say('verify.refusals')}</h2>
          <ul className={css.list}>
            {refusals.map((refusal) => (
              <li key={refusal} className={css.item} data-tone="bad">
                <CircleX size={16} aria-hidden />
                <span>{fromEngine(visibleName(refusal))}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {evidence.length > 1 && <OtherEvidence evidence={evidence.slice(1)} />}
      <Digests result={result} />
      <Facts title={say('verify.safety')} facts={safety} />
      <Facts title={say('verify.findings')} facts={findings} />
    </>
  )
}

function OtherEvidence({ evidence }: { evidence: readonly Evidence[] }) {
  return (
    <section className={css.section}>
      <h2 className={css.heading}>{say('verify.evidence')}</h2>
      <ul className={css.list}>
        {evidence.map(({ says, summary }) => {
          const Sign = verdictSigns[says]
          return (
            <li key={summary} className={css.item} data-tone={says === 'damaged' || says === 'forged' ? 'bad' : undefined}>
              <Sign size={16} aria-hidden />
              <span>{fromEngine(visibleName(summary))}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Digests({ result: { digests } }: { result: VerifyResult }) {
  return (
    <section className={css.section}>
      <h2 className={css.heading}>{say('verify.digests')}</h2>
      <dl className={css.digests}>
        {digestKinds.map((kind) => {
          const hex = digests[kind]
          if (hex === undefined) return null
          return (
            <div key={kind} className={css.digest}>
              <dt>{digestTitles[kind]}</dt>
              <dd>
                <code>{hex}</code>
                <CopyButton text={hex} label={say('verify.digests.copy', { kind: digestTitles[kind] })} />
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}

function Facts({ title, facts }: { title: string; facts: readonly Finding[] }) {
  if (facts.length === 0) return null
  return (
    <section className={css.section}>
      <h2 className={css.heading}>{title}</h2>
      <ul className={css.list}>
        {facts.map(({ code, severity, message, path, offsetBytes }) => {
          const Sign = severity === 'note' ? Info : TriangleAlert
          return (
            <li key={`${code} ${path} ${offsetBytes}`} className={css.item} data-tone={severity === 'note' ? undefined : 'caution'}>
              <Sign size={16} role="img" aria-hidden={undefined} aria-label={say(`verify.severity.${severity}`)} />
              <span>
                {fromEngine(visibleName(message))} {path !== undefined && <Path className={css.muted}>{path}</Path>}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
