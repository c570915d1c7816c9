import { Shield, ShieldCheck, ShieldQuestionMark as ShieldQuestion, ShieldX } from 'lucide-react'
import type { ReactNode } from 'react'
import { type DifferenceKind, differenceKinds } from '../../../shared/comparison.ts'
import { digestKinds, digestTitles } from '../../../shared/digest.ts'
import { formatCount, formatDuration, formatExactBytes, formatNumber, formatSize } from '../../../shared/format.ts'
import type { SkippedSource } from '../../../shared/image-model.ts'
import type { CompareResult, JobResult } from '../../../shared/job.ts'
import { readBackWords } from '../../../shared/read-back-words.ts'
import type { VerifyResult } from '../../../shared/verify.ts'
import { CopyButton } from '../../design/CopyButton.tsx'
import { Folded } from '../../design/Folded.tsx'
import { Name } from '../../design/Name.tsx'
import { visibleName } from '../../design/visible-name.ts'
import { BurnResultView } from '../drives/burn/BurnResultView.tsx'
import { RipResultView } from '../drives/rip/RipResultView.tsx'
import css from './JobResultFacts.module.css'
import { verdictWords } from './job-words.ts'

/** What came of a job: the facts, each with its name. */
export function JobResultFacts({ result }: { result: JobResult }) {
  return (
    <>
      {result.kind === 'verify' && <Verdict result={result} />}
      {result.kind === 'burn' && <BurnResultView result={result} />}
      {result.kind === 'rip' && <RipResultView result={result} />}
      <dl className={css.facts}>
        <Fact title={PLACE_TITLES[result.kind] ?? 'File'}>
          <Name>{result.path.replace(VIRTUAL_PREFIX, '')}</Name>
        </Fact>
        <Fact title="Size">
          {formatSize(result.sizeBytes)} <span className={css.muted}>({formatExactBytes(result.sizeBytes)})</span>
        </Fact>
        {(result.kind === 'create' || result.kind === 'edit' || result.kind === 'extract') && (
          <Fact title="Contents">{contentsWords(result.files, result.directories)}</Fact>
        )}
        {result.kind === 'convert' && <Fact title="Format">{result.title}, read again and compared</Fact>}
        {result.kind === 'convert' && result.losses.length > 0 && (
          <Fact title="Left behind">{result.losses.map(({ message }) => message).join(' ')}</Fact>
        )}
        {result.kind === 'compare' && <Fact title="Differences">{differencesWords(result)}</Fact>}
        {(result.kind === 'create' || result.kind === 'edit') && <Fact title="Changes">{changesWords(result.changeCount)}</Fact>}
        {digestsOf(result).map(({ title, hex }) => (
          <Fact key={title} title={title}>
            <span className={css.digest}>
              <code>{hex}</code>
              <CopyButton text={hex} label={`Copy ${title}`} />
            </span>
          </Fact>
        ))}
        {result.kind === 'burn' && <Fact title="Written by">{result.tool}</Fact>}
        {result.kind === 'flash' && (
          <Fact title="Verified">{result.verified === null ? 'Not asked for' : readBackWords(result.verified, 'stick')}</Fact>
        )}
        <Fact title="Took">{formatDuration(result.durationMs)}</Fact>
      </dl>
      {result.kind === 'create' && <Exceptions title="left out" entries={result.skipped} />}
      {result.kind === 'extract' && <Exceptions title="not as in the image" entries={result.notes} />}
    </>
  )
}

/** As libburn's programs call virtual discs. */
const VIRTUAL_PREFIX = /^stdio:/

const PLACE_TITLES: Readonly<Partial<Record<JobResult['kind'], string>>> = {
  extract: 'Folder',
  burn: 'Drive',
  erase: 'Drive',
  flash: 'Stick',
}

function digestsOf(result: JobResult): { title: string; hex: string }[] {
  if (result.kind === 'convert') {
    const several = result.files.length > 1
    return result.files.map(({ path, sha256 }) => ({ title: several ? `SHA-256 of ${lastPart(path)}` : digestTitles.sha256, hex: sha256 }))
  }
  if ('sha256' in result) return result.sha256 === null ? [] : [{ title: digestTitles.sha256, hex: result.sha256 }]
  if (result.kind !== 'verify') return []
  return digestKinds.flatMap((kind) => {
    const hex = result.digests[kind]
    return hex === undefined ? [] : [{ title: digestTitles[kind], hex }]
  })
}

const lastPart = (path: string): string => path.split(/[/\\]/).at(-1) ?? path

function contentsWords(files: number, directories: number): string {
  const folders = directories > 0 ? ` in ${formatCount(directories, 'folder', 'folders')}` : ''
  return `${formatCount(files, 'file', 'files')}${folders}`
}

function differencesWords({ counts }: CompareResult): string {
  const words = differenceKinds.filter((kind) => counts[kind] > 0).map((kind) => `${formatNumber(counts[kind])} ${DIFFERENCE_WORDS[kind]}`)
  return words.length === 0 ? 'None' : words.join(', ')
}

const DIFFERENCE_WORDS: Readonly<Record<DifferenceKind, string>> = {
  changed: 'changed',
  attributes: 'with other attributes',
  unreadable: 'unreadable',
  moved: 'moved',
  removed: 'removed',
  added: 'added',
}

function changesWords(changeCount: number): string {
  return changeCount === 0
    ? 'None: every name is as it was'
    : `${formatCount(changeCount, 'thing is', 'things are')} different in the image, as listed before`
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
        <strong>{verdictWords[result.verdict]}.</strong> {visibleName(result.reason)}
      </span>
    </p>
  )
}

function Exceptions({ title, entries }: { title: string; entries: readonly SkippedSource[] }) {
  if (entries.length === 0) return null
  return (
    <Folded title={`${formatCount(entries.length, 'entry', 'entries')} ${title}`}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled list must be reachable by keyboard */}
      <ul className={css.exceptions} tabIndex={0} aria-label={title}>
        {entries.map(({ path, reason }) => (
          <li key={path}>
            <Name>{path}</Name>
            <span className={css.muted}>{visibleName(reason)}</span>
          </li>
        ))}
      </ul>
    </Folded>
  )
}
