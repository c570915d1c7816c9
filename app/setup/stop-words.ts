/** What stopping a job costs, before anybody says yes to it. */
import type { JobView } from '../../shared/job.ts'
import type { MessageKey } from '../../shared/words/english.ts'

type Stopped = Pick<JobView, 'kind' | 'state'>

/** The message that says it; null for a job that can be stopped without a loss. */
export function lossByStopping({ kind, state }: Stopped): MessageKey | null {
  if (state !== 'running' && state !== 'paused') return null
  return kind === 'burn' || kind === 'erase' || kind === 'flash' ? `shell.loss.${kind}` : null
}

/** The messages that are said before leaving while jobs are at work. */
export function lossesByQuitting(jobs: readonly Stopped[]): MessageKey[] {
  const losses = [...new Set(jobs.map(lossByStopping).filter((loss) => loss !== null))]
  const others = jobs.filter((job) => lossByStopping(job) === null)
  if (others.some(({ kind }) => kind === 'rip')) losses.push('shell.loss.rip')
  if (others.some(({ kind }) => kind !== 'rip')) losses.push('shell.loss.others')
  return losses
}
