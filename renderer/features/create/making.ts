/** Making the image that is staged. */
import { useJobs } from '../../stores/jobs.ts'
import { answerOf, useNotices } from '../../stores/notices.ts'
import { usePlaces } from '../../stores/places.ts'
import { isStaged, markMade, useStaging } from '../../stores/staging.ts'

/** Whether the button would start a job rather than say why it can't. */
export function canMake(): boolean {
  const { summary, scan } = useStaging.getState()
  return isStaged(summary) && scan === null && summary?.problem === null && summary.imageSizeBytes !== null
}

/** Asks where the image is to go, starts the job and shows it. */
export async function makeImage(): Promise<void> {
  const target = await answerOf(window.isomer.create.pickTarget())
  if (!target) return
  if (target.problem) return useNotices.getState().show(target.problem)
  const started = await answerOf(window.isomer.create.start({ target: target.token }))
  if (!started) return
  markMade()
  useJobs.getState().open(started.jobId)
  usePlaces.getState().go('jobs')
}
