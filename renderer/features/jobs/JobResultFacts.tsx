import { Shield, ShieldCheck, ShieldQuestionMark as ShieldQuestion, ShieldX } from 'lucide-react'
import type { ReactNode } from 'react'
import { differenceKinds } from '../../../shared/comparison.ts'
import { digestKinds, digestTitles } from '../../../shared/digest.ts'
import type { SkippedSource } from '../../../shared/image-model.ts'
import type { CompareResult, JobResult } from '../../../shared/job.ts'
import type { VerifyResult } from '../../../shared/verify.ts'
import { CopyButton } from '../../design/CopyButton.tsx'
import { Folded } from '../../design/Folded.tsx'
import { Path } from '../../design/Path.tsx'
import { visibleName } from '../../design/visible-name.ts'
import { commaList, formatDuration, formatExactBytes, formatSize } from '../../words/amounts.ts'
import { fromEngine } from '../../words/from-engine.ts'
import { say, sayNodes } from '../../words/say.ts'
import { BurnResultView } from '../drives/burn/BurnResultView.tsx'
import { RipResultView } from '../drives/rip/RipResultView.tsx'
import css from './JobResultFacts.module.css'
import { verdictWords } from './job-words.ts'
import { readBackWords } from './read-back-words.ts'

/** What came of a job: the facts, each with its name. */
export function JobResultFacts({ result }: { result: JobResult }) {
  return (
    <>
      {result.kind === 'verify' && <Verdict result={result} />}
      {result.kind === 'burn' && <BurnResultView result={result} />}
      {result.kind === 'rip' && <RipResultView result={result} />}
      <dl className={css.facts}>
        <Fact title={placeTitle(result.kind)}>
          <Path>{result.path.replace(VIRTUAL_PREFIX, '')}</Path>
        </Fact>
        <Fact title={say('common.size')}>
          {formatSize(result.sizeBytes)}{' '}
          <span className={css.muted}>{say('jobs.fact.size.exact', { bytes: formatExactBytes(result.sizeBytes) })}</span>
        </Fact>
        {(result.kind === 'create' || result.kind === 'edit' || result.kind === 'extract') && (
          <Fact title={say('jobs.fact.contents')}>{contentsWords(result.files, result.directories)}</Fact>
        )}
        {result.kind === 'convert' && (
          <Fact title={say('jobs.fact.format')}>{say('jobs.fact.format.compared', { format: fromEngine(result.title) })}</Fact>
        )}
        {result.kind === 'convert' && result.losses.length > 0 && (
          <Fact title={say('jobs.fact.losses')}>{result.losses.map(({ message }) => fromEngine(message)).join(' ')}</Fact>
        )}
        {result.kind === 'compare' && <Fact title={say('jobs.fact.differences')}>{differencesWords(result)}</Fact>}
        {(result.kind === 'create' || result.kind === 'edit') && (
          <Fact title={say('jobs.fact.changes')}>{changesWords(result.changeCount)}</Fact>
        )}
        {digestsOf(result).map(({ title, hex }) => (
          <Fact key={title} title={title}>
            <span className={css.digest}>
              <code dir="ltr">{hex}</code>
              <CopyButton text={hex} label={say('jobs.fact.copy', { name: title })} />
            </span>
          </Fact>
        ))}
        {result.kind === 'burn' && <Fact title={say('jobs.fact.written-by')}>{result.tool}</Fact>}
        {result.kind === 'flash' && (
          <Fact title={say('jobs.fact.verified')}>
            {result.verified === null ? say('jobs.fact.verified.not') : readBackWords(result.verified, 'stick')}
          </Fact>
        )}
        <Fact title={say('jobs.fact.took')}>{formatDuration(result.durationMs)}</Fact>
      </dl>
      {result.kind === 'create' && <Exceptions of="create" entries={result.skipped} />}
      {result.kind === 'extract' && <Exceptions of="extract" entries={result.notes} />}
    </>
  )
}

/** As libburn's programs call virtual discs. */
const VIRTUAL_PREFIX = /^stdio:/

function placeTitle(kind: JobResult['kind']): string {
  switch (kind) {
    case 'extract':
      return say('jobs.fact.folder')
    case 'burn':
    case 'erase':
      return say('jobs.fact.drive')
    case 'flash':
      return say('jobs.fact.stick')
    default:
      return say('jobs.fact.file')
  }
}

function digestsOf(result: JobResult): { title: string; hex: string }[] {
  if (result.kind === 'convert') {
    const several = result.files.length > 1
    return result.files.map(({ path, sha256 }) => ({
      title: several ? say('jobs.fact.sha256-of', { name: lastPart(path) }) : digestTitles.sha256,
      hex: sha256,
    }))
  }
  if ('sha256' in result) return result.sha256 === null ? [] : [{ title: digestTitles.sha256, hex: result.sha256 }]
  if (result.kind !== 'verify') return []
  return digestKinds.flatMap((kind) => {
    const hex = result.digests[kind]
    return hex === undefined ? [] : [{ title: digestTitles[kind], hex }]
  })
}

const lastPart = (path: string): string => path.split(/[/\\]/).at(-1) ?? path

function contentsWords(files: number, folders: number): string {
  return folders > 0 ? say('common.files-in-folders', { files, folders }) : say('common.files', { count: files })
}

function differencesWords({ counts }: CompareResult): string {
  const words = differenceKinds.filter((kind) => counts[kind] > 0).map((kind) => say(`jobs.difference.${kind}`, { count: counts[kind] }))
  return words.length === 0 ? say('jobs.fact.differences.none') : commaList(words)
}

function changesWords(changeCount: number): string {
  return changeCount === 0 ? say('jobs.fact.changes.none') : say('jobs.fact.changes.some', { count: changeCount })
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={css.fact}>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  )
}

const verdictSigns = { genuine: ShieldCheck, intact: Shield, unknown: ShieldQuestion, damaged: ShieldX, forged: ShieldX } as const

function Verdict({ result }: { result: VerifyResult }) {
  const Sign = verdictSigns[result.verdict]
  return (
    <p className={css.verdict} data-verdict={result.verdict}>
      <Sign size={28} aria-hidden />
      <span>
        {sayNodes('jobs.verdict', {
          verdict: verdictWords(result.verdict),
          reason: fromEngine(visibleName(result.reason)),
          b: (words) => <strong>{words}</strong>,
        })}
      </span>
    </p>
  )
}

function Exceptions({ of, entries }: { of: 'create' | 'extract'; entries: readonly SkippedSource[] }) {
  if (entries.length === 0) return null
  return (
    <Folded title={say(`jobs.exceptions.${of}`, { count: entries.length })}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled list must be reachable by keyboard */}
      <ul className={css.exceptions} tabIndex={0} aria-label={say(`jobs.exceptions.${of}.label`)}>
        {entries.map(({ path, reason }) => (
          <li key={path}>
            <Path>{path}</Path>
            <span className={css.muted}>{fromEngine(visibleName(reason))}</span>
          </li>
        ))}
      </ul>
    </Folded>
  )
}
