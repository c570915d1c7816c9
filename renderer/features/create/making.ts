/** Making the image that is staged. */
import type { ProblemReport } from '../../../shared/problem.ts'
import { useJobs } from '../../stores/jobs.ts'
import { answerOf, useNotices } from '../../stores/notices.ts'
import { usePlaces } from '../../stores/places.ts'
import { isAsShown, isStaged, markMade, useStaging } from '../../stores/staging.ts'
import { say } from '../../words/say.ts'

/** Whether the button would start a job rather than say why it can't. */
export function canMake(): boolean {
  const { summary, scan } = useStaging.getState()
  return isStaged(summary) && scan === null && summary?.problem === null && summary.imageSizeBytes !== null
}

const sourcesChanged = (): ProblemReport => ({
  kind: 'io',
  code: 'sources-changed',
  message: say('create.make.sources-changed'),
  kept: say('create.make.sources-changed.kept'),
  advice: say('create.make.sources-changed.advice'),
})

/** Asks where the image is to go, starts the job and shows it. */
export async function makeImage(): Promise<void> {
  const target = await answerOf(window.isomer.create.pickTarget())
  if (!target) return
  if (target.problem) return useNotices.getState().show(target.problem)
  if (!(await isAsShown())) return useNotices.getState().show(sourcesChanged())
  const started = await answerOf(window.isomer.create.start({ target: target.token }))
  if (!started) return
  markMade()
  useJobs.getState().open(started.jobId)
  usePlaces.getState().go('jobs')
}
