import { CircleHelp, FilePlus2, FolderOpen } from 'lucide-react'
import { Button } from '../../design/Button.tsx'
import { Disc } from '../../design/Disc.tsx'
import { ProblemCard } from '../../design/ProblemCard.tsx'
import { ProgressLine } from '../../design/ProgressLine.tsx'
import { addVirtualDisc, driveOf, useDrives } from '../../stores/drives.ts'
import { useJobs } from '../../stores/jobs.ts'
import { say, sayNodes } from '../../words/say.ts'
import { BurnPage } from './burn/BurnPage.tsx'
import { DriveCard } from './DriveCard.tsx'
import { DriveJob } from './DriveJob.tsx'
import css from './DrivesPlace.module.css'
import { FlashPage } from './flash/FlashPage.tsx'
import { Sticks } from './flash/Sticks.tsx'
import { RipPage } from './rip/RipPage.tsx'

/** Drives for discs with what is in them, and what can be done with that. */
export function DrivesPlace() {
  const page = useDrives((state) => state.page)
  const drive = useDrives((state) => driveOf(state, page.is === 'rip' ? page.driveId : null))
  const job = useJobs((state) => (page.is === 'job' ? state.jobs.get(page.jobId) : undefined))
  if (page.is === 'job' && job !== undefined) return <DriveJob job={job} />
  if (page.is === 'rip' && drive !== null) return <RipPage key={drive.driveId} drive={drive} />
  if (page.is === 'burn') return <BurnPage driveId={page.driveId} source={page.source} />
  if (page.is === 'flash') return <FlashPage stickId={page.stickId} source={page.source} />
  return <AllDrives />
}

function AllDrives() {
  const seen = useDrives((state) => state.seen)
  const hasDrives = seen !== null && seen.drives.length > 0
  const hasReal = seen?.drives.some(({ isVirtual }) => !isVirtual) ?? false
  return (
    <div className={css.place}>
      <header className={css.head}>
        <h1 className={css.title}>{say('drives.title')}</h1>
        {hasDrives && <VirtualDiscButtons />}
      </header>
      {seen === null && <ProgressLine thin label={say('drives.looking')} fraction={null} />}
      {seen?.problem && <ProblemCard problem={seen.problem} tone="caution" />}
      {hasDrives && (
        <ul className={css.list} aria-label={say('drives.title')}>
          {seen.drives.map((drive) => (
            <DriveCard key={drive.driveId} drive={drive} />
          ))}
        </ul>
      )}
      {hasDrives && !hasReal && !seen.problem && (
        <p className={css.hint}>
          <CircleHelp size={16} aria-hidden /> {say('drives.only-virtual')}
        </p>
      )}
      {seen !== null && !hasDrives && !seen.problem && <Empty />}
      <Sticks />
    </div>
  )
}

function VirtualDiscButtons() {
  return (
    <div className={css.actions}>
      <Button onPress={() => void addVirtualDisc('create')}>
        <FilePlus2 size={16} aria-hidden /> {say('drives.new-virtual')}
      </Button>
      <Button onPress={() => void addVirtualDisc('choose')}>
        <FolderOpen size={16} aria-hidden /> {say('drives.use-file')}
      </Button>
    </div>
  )
}

function Empty() {
  return (
    <div className={css.empty}>
      <Disc sizePx={112} />
      <h2 className={css.emptyTitle}>{say('drives.none')}</h2>
      <p className={css.muted}>{say('drives.none.plug')}</p>
      <p className={css.muted}>{sayNodes('drives.none.virtual', { b: (words) => <strong>{words}</strong> })}</p>
      <VirtualDiscButtons />
    </div>
  )
}
