import { CircleCheck, CircleSlash2 } from 'lucide-react'
import { useState } from 'react'
import { areSame, type Difference, type DifferenceKind, differenceKinds } from '../../../../shared/comparison.ts'
import type { CompareResult, JobView } from '../../../../shared/job.ts'
import { MAX_RESULT_DIFFERENCES } from '../../../../shared/limits.ts'
import { Badge, type Tone } from '../../../design/Badge.tsx'
import { Button } from '../../../design/Button.tsx'
import { RowGrid } from '../../../design/list/RowGrid.tsx'
import { noRows } from '../../../design/list/row-ranges.ts'
import { Name } from '../../../design/Name.tsx'
import { ProblemCard } from '../../../design/ProblemCard.tsx'
import { ProgressLine } from '../../../design/ProgressLine.tsx'
import { useSession, useSessionState } from '../../../stores/browse-current.ts'
import { useJobs } from '../../../stores/jobs.ts'
import { answerOf } from '../../../stores/notices.ts'
import { formatNumber } from '../../../words/amounts.ts'
import { say, sayNodes } from '../../../words/say.ts'
import { activityWords, jobFraction } from '../../jobs/job-words.ts'
import css from './CompareTab.module.css'
import { differenceWords, outcomeSentence, pathOfDifference } from './difference-words.ts'

/** What the image and another one, or a folder, differ in. */
export function CompareTab() {
  const comparison = useSessionState((state) => state.comparison)
  const job = useJobs((state) => (comparison === null ? undefined : state.jobs.get(comparison.jobId)))
  if (!comparison || !job) return null
  if (job.problem) {
    return (
      <div className={css.problem}>
        <ProblemCard problem={job.problem} tone={job.state === 'cancelled' ? 'caution' : 'bad'} />
      </div>
    )
  }
  if (job.result?.kind !== 'compare') return <Comparing job={job} />
  return <Compared result={job.result} other={comparison.name} />
}

function Comparing({ job }: { job: JobView }) {
  return (
    <div className={css.comparing}>
      <p>{activityWords(job)}…</p>
      <ProgressLine label={say('browse.comparing')} fraction={jobFraction(job)} />
      <Button isDisabled={job.state === 'cancelling'} onPress={() => void answerOf(window.isomer.jobs.cancel({ jobId: job.id }))}>
        {say('browse.comparing.stop')}
      </Button>
    </div>
  )
}

const tones: Readonly<Record<DifferenceKind, Tone>> = {
  changed: 'caution',
  attributes: 'plain',
  unreadable: 'bad',
  moved: 'accent',
  removed: 'plain',
  added: 'plain',
}

type Column = 'kind' | 'path' | 'what'

function Compared({ result, other }: { result: CompareResult; other: string }) {
  const session = useSession()
  const { counts, differences } = result
  const [wanted, setWanted] = useState<DifferenceKind | null>(null)
  const [selection, setSelection] = useState(noRows)
  const shown = wanted === null ? differences : differences.filter(({ kind }) => kind === wanted)
  const isSame = areSame(result)
  const total = differenceKinds.reduce((sum, kind) => sum + counts[kind], 0)
  const Sign = isSame ? CircleCheck : CircleSlash2
  const choose = (kind: DifferenceKind | null) => {
    setWanted(kind)
    setSelection(noRows)
  }
  return (
    <div className={css.compared}>
      <header className={css.head}>
        <Sign size={24} aria-hidden className={isSame ? css.same : css.differs} />
        <p className={css.sentence} role="status">
          {outcomeSentence(counts, <Name>{other}</Name>)}
        </p>
      </header>
      {!isSame && (
        <>
          <fieldset className={css.kinds} aria-label={say('browse.compare.which')}>
            <button type="button" aria-pressed={wanted === null} onClick={() => choose(null)}>
              {say('browse.compare.all', { count: total })}
            </button>
            {differenceKinds
              .filter((kind) => counts[kind] > 0)
              .map((kind) => (
                <button key={kind} type="button" aria-pressed={wanted === kind} onClick={() => choose(kind)}>
                  {say(`browse.difference.${kind}`)} {formatNumber(counts[kind])}
                </button>
              ))}
          </fieldset>
          <RowGrid<Difference, Column>
            label={say('browse.compare.differences')}
            columns={[
              { key: 'path', title: say('browse.path'), widthPx: null },
              { key: 'kind', title: say('browse.compare.difference'), widthPx: 128 },
              { key: 'what', title: say('browse.compare.what'), widthPx: 320 },
            ]}
            count={shown.length}
            rowAt={(row) => shown[row]}
            selection={selection}
            onSelectionChange={setSelection}
            sorting={null}
            listKey={wanted ?? 'all'}
            renderCell={(difference, column) => <Cell difference={difference} column={column} />}
            onInSight={ignore}
            onOpen={(row) => void session.goToPath(shown[row]?.a?.path ?? '/')}
            onTyped={ignore}
          />
          {total > differences.length && <p className={css.more}>{say('browse.compare.first', { count: MAX_RESULT_DIFFERENCES })}</p>}
        </>
      )}
    </div>
  )
}

/** All rows are here, and paths aren't found by their first letters. */
const ignore = () => {}

function Cell({ difference, column }: { difference: Difference; column: Column }) {
  switch (column) {
    case 'path':
      return <Name>{pathOfDifference(difference)}</Name>
    case 'kind':
      return <Badge tone={tones[difference.kind]}>{say(`browse.difference.${difference.kind}`)}</Badge>
    case 'what':
      return (
        <span className={css.what} title={differenceWords(difference)}>
          {difference.kind === 'moved'
            ? sayNodes('browse.difference.moved-to', { path: <Name>{difference.b?.path ?? ''}</Name> })
            : differenceWords(difference)}
        </span>
      )
  }
}
