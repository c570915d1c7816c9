/** What stopping a job costs, before anybody says yes to it. */
import type { JobView } from '../../shared/job.ts'

/** Null for a job that can be stopped without a loss. */
export function lossByStopping({ kind, state }: Pick<JobView, 'kind' | 'state'>): string | null {
  if (state !== 'running' && state !== 'paused') return null
  switch (kind) {
    case 'burn':
      return 'A disc that is being written can’t be used afterwards, unless it is rewritable and erased. The drive first comes to rest, which can take some minutes.'
    case 'erase':
      return 'A disc that is being erased can’t be used before it was erased to the end.'
    case 'flash':
      return 'What was on the stick is overwritten in part; it can’t be used before it is written or formatted again.'
    default:
      return null
  }
}

/** What is said before leaving while jobs are at work. */
export function lossByQuitting(jobs: readonly Pick<JobView, 'kind' | 'state'>[]): string {
  const losses = [...new Set(jobs.map(lossByStopping).filter((loss) => loss !== null))]
  const others = jobs.filter((job) => lossByStopping(job) === null)
  if (others.some(({ kind }) => kind === 'rip')) losses.push('What was read from a disc is kept, and can be gone on with.')
  if (others.some(({ kind }) => kind !== 'rip'))
    losses.push('What is half-written is removed. Files that were there before stay as they are.')
  return losses.join('\n\n')
}
