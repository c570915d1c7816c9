/** Waits for a program that works with a drive, and has it stop when the job is cancelled. */
import type { JobControl } from '../../../shared/job.ts'
import { Problem } from '../../../shared/problem.ts'
import type { DriveWork } from '../drive-adapter.ts'

const NOTICE_MS = 100
const CLOSE_INPUT_MS = 1000

/** Settles as the work does; on a cancel only when the program has brought the drive to rest, with the cancelled Problem. */
export async function supervise(work: DriveWork, control: JobControl): Promise<void> {
  let outcome: PromiseSettledResult<void> | null = null
  const settled = Promise.allSettled([work.ended]).then(([result]) => {
    outcome = result
  })
  while (outcome === null) {
    try {
      await control.checkpoint()
    } catch (cancelled) {
      await bringToRest(work, control)
      throw cancelled
    }
    await Promise.race([settled, new Promise((done) => setTimeout(done, NOTICE_MS))])
  }
  await work.ended
}

/** Ends work that is not wanted any more, however it then ends. */
export async function bringToRest(work: DriveWork, control: JobControl): Promise<void> {
  const settled = work.ended.then(
    () => true,
    (error: unknown) => {
      if (!(error instanceof Problem)) throw error
      return true
    },
  )
  if (await Promise.race([settled, new Promise((done) => setImmediate(() => done(false)))])) return
  control.log('warning', 'Bringing the drive to rest; this can take some minutes. Please leave the disc in.')
  work.stop()
  // A program that waits for more of its input would wait for ever; it knows by then that this is not the whole of it.
  const closing = setTimeout(() => work.input?.destroy(), CLOSE_INPUT_MS)
  await settled
  clearTimeout(closing)
}
