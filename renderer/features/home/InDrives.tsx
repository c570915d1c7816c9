import { ArrowRight } from 'lucide-react'
import { canBeRead, canBeWritten, type DriveRow } from '../../../shared/drive-rows.ts'
import { formatSize } from '../../../shared/format.ts'
import { Button } from '../../design/Button.tsx'
import { Name } from '../../design/Name.tsx'
import { showDrivesPage, useDrives } from '../../stores/drives.ts'
import { discInDrive, kindTitle, stateTitle, usedBytes } from '../drives/disc-words.ts'
import css from './HomePlace.module.css'

/** Drives that have a disc in them. */
export function InDrives() {
  const drives = useDrives((state) => state.seen?.drives)
  const filled = drives?.filter(({ medium }) => medium !== null) ?? []
  if (filled.length === 0) return null
  return (
    <section className={css.section}>
      <h2 className={css.heading}>In the drives</h2>
      <ul className={css.lately}>
        {filled.map((drive) => (
          <DiscRow key={drive.driveId} drive={drive} />
        ))}
      </ul>
    </section>
  )
}

function DiscRow({ drive }: { drive: DriveRow }) {
  const { driveId, medium, name, jobId } = drive
  if (medium === null) return null
  const canRead = canBeRead(medium)
  const words = canRead ? 'Copy into an image…' : 'Burn…'
  return (
    <li className={css.card}>
      <div className={css.cardWords}>
        <Name className={css.cardTitle}>{medium.label ?? kindTitle(medium)}</Name>
        <span className={css.muted}>
          {stateTitle(medium)} · {formatSize(canRead ? usedBytes(medium) : medium.freeBytes)}
          {!canRead && ' free'} · <Name>{name}</Name>
        </span>
      </div>
      {jobId === null && (canRead || canBeWritten(medium)) && (
        <Button
          aria-label={`${words} (${discInDrive(drive)})`}
          onPress={() => showDrivesPage(canRead ? { is: 'rip', driveId } : { is: 'burn', driveId, source: null })}
        >
          {words} <ArrowRight size={16} aria-hidden />
        </Button>
      )}
      {jobId !== null && (
        <Button onPress={() => showDrivesPage({ is: 'job', jobId })}>
          At work: show <ArrowRight size={16} aria-hidden />
        </Button>
      )}
    </li>
  )
}
