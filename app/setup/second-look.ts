/** An image that was just made is read again and compared with what was written, where the settings say so. */
import type { JobQueue } from '../../main/jobs/job-queue.ts'
import { keyStoreFolder } from '../../main/verify/key-store.ts'
import type { JobView } from '../../shared/job.ts'
import { plainVerifyRequest } from '../../shared/verify.ts'
import type { Settings } from '../state/settings.ts'

export function setupSecondLook(jobs: JobQueue, settings: Settings): void {
  const seen = new Set(jobs.list().map(({ id }) => id))
  const look = ({ id, state, result }: JobView) => {
    if (state !== 'done' || seen.has(id)) return
    seen.add(id)
    if ((result?.kind !== 'create' && result?.kind !== 'edit') || result.sha256 === null || !settings.get('verifyMade')) return
    const expected = [{ kinds: ['sha256' as const], hex: result.sha256 }]
    jobs.add({ kind: 'verify', ...plainVerifyRequest(result.path, keyStoreFolder()), looksBeside: false, expected })
  }
  jobs.listen({ changed: look, removed: (jobId) => void seen.delete(jobId) })
}
