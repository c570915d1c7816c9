import { Pause, Play } from 'lucide-react'
import type { JobView } from '../../../shared/job.ts'
import { Button } from '../../design/Button.tsx'
import { answerOf } from '../../stores/notices.ts'

/** Holds a job still, or has it go on; not there for a job that can't wait. */
export function PauseButton({ job: { id, title, state, canPause } }: { job: JobView }) {
  if (!canPause) return null
  const isPaused = state === 'paused'
  return (
    <Button
      aria-label={`${isPaused ? 'Go on with' : 'Pause'} ${title}`}
      onPress={() => void answerOf(window.isomer.jobs.pause({ jobId: id, isPaused: !isPaused }))}
    >
      {isPaused ? <Play size={16} aria-hidden /> : <Pause size={16} aria-hidden />}
      {isPaused ? 'Go on' : 'Pause'}
    </Button>
  )
}
