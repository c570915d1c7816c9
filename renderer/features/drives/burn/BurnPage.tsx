import { Flame } from 'lucide-react'
import { useEffect, useState } from 'react'
import { type BurnForecast, canBeWritten, type DriveRow } from '../../../../shared/drive-rows.ts'
import type { ProblemReport } from '../../../../shared/problem.ts'
import { Button } from '../../../design/Button.tsx'
import { CheckLine, type Choice, RadioCards } from '../../../design/Choices.tsx'
import { Name } from '../../../design/Name.tsx'
import { Path } from '../../../design/Path.tsx'
import { ProblemCard } from '../../../design/ProblemCard.tsx'
import { type BurnChoice, driveOf, showDrivesPage, useDrives } from '../../../stores/drives.ts'
import { answerOf } from '../../../stores/notices.ts'
import { verifiesWritten } from '../../../stores/settings.ts'
import { useStaging } from '../../../stores/staging.ts'
import { formatSize } from '../../../words/amounts.ts'
import { fromEngine } from '../../../words/from-engine.ts'
import { say } from '../../../words/say.ts'
import { useAsked } from '../../browse/files/useAsked.ts'
import placeCss from '../DrivesPlace.module.css'
import { contentWords, kindTitle, stateTitle } from '../disc-words.ts'
import { PageHead } from '../PageHead.tsx'
import { Step } from '../Step.tsx'
import css from './BurnPage.module.css'
import { BurnSourceChoice } from './BurnSourceChoice.tsx'
import { BurnWishesForm } from './BurnWishesForm.tsx'
import { checksOf } from './burn-words.ts'
import { CheckList } from './CheckList.tsx'
import { copiesOf, fitting, type WishesDraft, wishesOf } from './wishes-draft.ts'

interface Props {
  readonly driveId: string | null
  readonly source: BurnChoice | null
}

const NONE: readonly DriveRow[] = []
const noWishes: WishesDraft = {
  speedTimes: null,
  simulate: false,
  erase: false,
  verify: true,
  eject: false,
  copies: '1',
  force: false,
  leaveOpen: false,
  append: false,
}

/** Three things to confirm before a disc is written: what, on which disc, and how. */
export function BurnPage({ driveId: given, source: givenSource }: Props) {
  const drives = useDrives((state) => state.seen?.drives ?? NONE)
  const writable = drives.filter(({ medium, jobId }) => medium !== null && canBeWritten(medium) && jobId === null)
  const only = writable.length === 1 ? (writable[0]?.driveId ?? null) : null
  const [chosenId, setChosenId] = useState(given)
  const [source, setSource] = useState(givenSource)
  const [wished, setWished] = useState(() => ({ ...noWishes, verify: verifiesWritten() }))
  const drive = useDrives((state) => driveOf(state, chosenId ?? only))
  const draft = fitting(wished, drive?.medium ?? null, source?.is === 'staged')
  const forecast = useForecast(drive, source, draft)
  const change = (changes: Partial<WishesDraft>) => setWished({ ...wished, ...changes })
  const choose = (driveId: string) => {
    setChosenId(driveId)
    // What was said of one disc is not said of another.
    change({ erase: false, speedTimes: null, simulate: false, leaveOpen: false, append: false })
  }
  const { known, problem } = forecast
  const isReady = forecast.isFresh && known !== null && known.problem === null && (known.cutOff === null || draft.force)
  const start = async () => {
    if (drive === null || source === null) return
    const order = { driveId: drive.driveId, source: source.is === 'image' ? source.token : null, wishes: wishesOf(draft) }
    const started = await answerOf(window.isomer.burn.start(order))
    if (started) showDrivesPage({ is: 'job', jobId: started.jobId })
  }
  return (
    <div className={placeCss.place}>
      <PageHead title={say('drives.burn.title')} />
      <Step number={1} title={say('drives.burn.what')}>
        <BurnSourceChoice source={source} sizeBytes={known?.sizeBytes ?? null} onChoose={setSource} />
        {known?.cutOff && (
          <CheckLine
            title={say('drives.burn.force')}
            detail={fromEngine(known.cutOff)}
            isSelected={draft.force}
            onChange={(force) => change({ force })}
          />
        )}
      </Step>
      <Step number={2} title={say('drives.the-disc')}>
        <DiscChoice drives={writable} driveId={drive?.driveId ?? null} onChoose={choose} />
        {drive?.medium && (known?.canAppend || draft.append) && (
          <CheckLine
            title={say('drives.burn.append', { disc: contentWords(drive.medium) })}
            detail={say('drives.burn.append.detail')}
            isSelected={draft.append}
            onChange={(append) => change({ append })}
          />
        )}
        {known?.lost && drive?.medium && !draft.simulate && !draft.append && (
          <CheckLine
            title={say('drives.burn.erase', { disc: contentWords(drive.medium) })}
            detail={say('drives.burn.erase.detail')}
            isSelected={draft.erase}
            onChange={(erase) => change({ erase })}
          />
        )}
      </Step>
      <Step number={3} title={say('drives.how')}>
        <BurnWishesForm
          draft={draft}
          medium={drive?.medium ?? null}
          isVirtual={drive?.isVirtual ?? false}
          canLeaveOpen={known?.canLeaveOpen || draft.leaveOpen}
          onChange={change}
        />
      </Step>
      {known !== null && <CheckList checks={checksOf(known, roomOf(drive, draft.erase))} />}
      {known?.problem && !isAnswered(known.problem, known.canAppend) && <ProblemCard problem={known.problem} tone="caution" />}
      {problem && <ProblemCard problem={problem} tone="caution" />}
      <Button
        look="primary"
        large
        className={css.start}
        isDisabled={!isReady || (copiesOf(draft.copies) === null && !draft.append)}
        onPress={() => void start()}
      >
        <Flame size={18} aria-hidden />
        <span className={css.startWords}>{buttonWords(drive, draft, known?.lost ?? null)}</span>
      </Button>
    </div>
  )
}

/** Problems that a choice on this page answers. */
const isAnswered = ({ code }: ProblemReport, canAppend: boolean): boolean =>
  code === 'disc-has-data' || (code === 'disc-closed' && canAppend)

interface Forecasting {
  /** The latest there is; stays while it is asked anew, so that nothing jumps. */
  readonly known: BurnForecast | null
  /** Whether it is about what is chosen now. */
  readonly isFresh: boolean
  readonly problem: ProblemReport | null
}

/** Asked anew whenever anything that it depends on is different. */
function useForecast(drive: DriveRow | null, source: BurnChoice | null, draft: WishesDraft): Forecasting {
  const staged = useStaging((state) => state.summary?.imageSizeBytes ?? null)
  const [latest, setLatest] = useState<BurnForecast | null>(null)
  const order =
    drive === null || source === null
      ? null
      : { driveId: drive.driveId, source: source.is === 'image' ? source.token : null, wishes: wishesOf(draft) }
  const key = order === null ? null : JSON.stringify([order, drive?.medium, staged])
  const asked = useAsked(key, () => window.isomer.burn.forecast(order as NonNullable<typeof order>))
  useEffect(() => {
    if (asked.is === 'there') setLatest(asked.value)
  }, [asked])
  if (order === null) return { known: null, isFresh: false, problem: null }
  if (asked.is === 'failed') return { known: null, isFresh: false, problem: asked.problem }
  return asked.is === 'there' ? { known: asked.value, isFresh: true, problem: null } : { known: latest, isFresh: false, problem: null }
}

/** What there is room for, once what may be erased is. */
function roomOf(drive: DriveRow | null, erase: boolean): number | null {
  const medium = drive?.medium
  if (!medium) return null
  return erase && medium.state !== 'blank' ? Math.max(medium.capacityBytes ?? 0, medium.freeBytes) : medium.freeBytes
}

function buttonWords(drive: DriveRow | null, { simulate, erase, append }: WishesDraft, lost: string | null): string {
  if (drive?.medium == null) return say('drives.burn.start.none')
  const disc = drive.isVirtual ? drive.name : kindTitle(drive.medium)
  const values = { virtual: drive.isVirtual ? 'yes' : 'no', disc }
  if (simulate) return say('drives.burn.start.simulate', values)
  if (append) return say('drives.burn.start.append', values)
  return lost !== null && erase ? say('drives.burn.start.erase', values) : say('drives.burn.start', values)
}

interface DiscProps {
  readonly drives: readonly DriveRow[]
  readonly driveId: string | null
  readonly onChoose: (driveId: string) => void
}

function DiscChoice({ drives, driveId, onChoose }: DiscProps) {
  if (drives.length === 0) return <p className={css.none}>{say('drives.burn.none')}</p>
  const only = drives.length === 1 ? drives[0] : undefined
  if (only !== undefined && driveId === only.driveId)
    return (
      <div>
        <p className={css.discName}>
          <Name>{only.name}</Name>
        </p>
        <p className={css.discWhere}>{discDetail(only)}</p>
      </div>
    )
  const choices: Choice<string>[] = drives.map((drive) => ({ key: drive.driveId, title: drive.name, detail: discDetail(drive) }))
  return <RadioCards label={say('drives.drive')} choices={choices} value={driveId} onChange={onChoose} />
}

function discDetail({ medium, place }: DriveRow) {
  if (medium === null) return <Path>{place}</Path>
  const facts = [kindTitle(medium), stateTitle(medium), say('drives.free', { size: formatSize(medium.freeBytes) })]
  return (
    <>
      {facts.join(' · ')} · <Path>{place}</Path>
    </>
  )
}
