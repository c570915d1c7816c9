import { ArrowRight } from 'lucide-react'
import { canBeRead, canBeWritten, type DriveRow } from '../../../shared/drive-rows.ts'
import { Button } from '../../design/Button.tsx'
import { Name } from '../../design/Name.tsx'
import { showDrivesPage, useDrives } from '../../stores/drives.ts'
import { formatSize } from '../../words/amounts.ts'
import { say } from '../../words/say.ts'
import { discInDrive, kindTitle, stateTitle, usedBytes } from '../drives/disc-words.ts'
import css from './HomePlace.module.css'

/** Drives that have a disc in them. */
export function InDrives() {
  const drives = useDrives((state) => state.seen?.drives)
  const filled = drives?.filter(({ medium }) => medium !== null) ?? []
  if (filled.length === 0) return null
  return (
    <section className={css.section}>
      <h2 className={css.heading}>{say('home.in-drives')}</h2>
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
  return (
    <li className={css.card}>
      <div className={css.cardWords}>
        <Name className={css.cardTitle}>{medium.label ?? kindTitle(medium)}</Name>
        <span className={css.muted}>
          {stateTitle(medium)} · {canRead ? formatSize(usedBytes(medium)) : say('home.free', { size: formatSize(medium.freeBytes) })} ·{' '}
          <Name>{name}</Name>
        </span>
      </div>
      {jobId === null && (canRead || canBeWritten(medium)) && (
        <Button
          aria-label={say(canRead ? 'home.copy-disc' : 'home.burn-disc', { disc: discInDrive(drive) })}
          onPress={() => showDrivesPage(canRead ? { is: 'rip', driveId } : { is: 'burn', driveId, source: null })}
        >
          {say(canRead ? 'home.copy' : 'home.burn')} <ArrowRight size={16} aria-hidden className="pointing" />
        </Button>
      )}
      {jobId !== null && (
        <Button onPress={() => showDrivesPage({ is: 'job', jobId })}>
          {say('home.at-work')} <ArrowRight size={16} aria-hidden className="pointing" />
        </Button>
      )}
    </li>
  )
}
