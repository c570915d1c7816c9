/** The machine stays awake while jobs run. */
import { powerSaveBlocker } from 'electron'
import type { JobQueue } from '../../main/jobs/job-queue.ts'

export function setupPower(jobs: JobQueue): void {
  let blocker: number | null = null
  const adjust = () => {
    if (jobs.isBusy && blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension')
    else if (!jobs.isBusy && blocker !== null) {
      powerSaveBlocker.stop(blocker)
      blocker = null
    }
  }
  jobs.listen({ changed: adjust, removed: adjust })
}
