/** Progress as one line on a terminal. */
import { formatDuration, formatSize } from '../../shared/format.ts'
import type { JobPhase, JobProgress } from '../../shared/job.ts'
import { printable } from './output.ts'

const phases: Readonly<Record<JobPhase, string>> = {
  scan: 'Looking through the sources',
  plan: 'Planning',
  write: 'Writing',
  sync: 'Waiting for the disk',
  expand: 'Expanding',
  read: 'Reading',
  trim: 'Trimming bad areas',
  scrape: 'Scraping bad areas',
  retry: 'Retrying bad sectors',
  erase: 'Erasing',
  prepare: 'Preparing the disc',
  close: 'Closing the disc',
  verify: 'Verifying',
}
const LEAST_ELAPSED_MS = 1000

/** At most `width` characters: what is done, how fast, how long still, on what. */
export function progressText(progress: JobProgress, elapsedMs: number, width: number): string {
  const { phase, doneBytes, totalBytes, doneItems, current } = progress
  const parts: string[] = []
  if (totalBytes !== null && totalBytes > 0) {
    parts.push(`${phases[phase]} ${Math.floor((doneBytes / totalBytes) * 100)} %`, `${formatSize(doneBytes)} of ${formatSize(totalBytes)}`)
    if (elapsedMs > LEAST_ELAPSED_MS && doneBytes > 0) {
      const perMs = doneBytes / elapsedMs
      parts.push(`${formatSize(perMs * 1000)}/s`, `${formatDuration((totalBytes - doneBytes) / perMs)} left`)
    }
  } else {
    parts.push(phases[phase], `${doneItems.toLocaleString('en')} items`)
  }
  if (current !== null) parts.push(printable(current))
  const text = parts.join(' · ')
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`
}
