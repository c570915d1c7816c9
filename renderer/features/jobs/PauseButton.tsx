import { Pause, Play } from 'lucide-react'
import type { JobView } from '../../../shared/job.ts'
import { Button } from '../../design/Button.tsx'
import { answerOf } from '../../stores/notices.ts'
import { say } from '../../words/say.ts'
import { titleWords } from './job-words.ts'

/** Holds a job still, or has it go on; not there for a job that can't wait. */
export function PauseButton({ job }: { job: JobView }) {
  const { id, state } = job
  if (!job.canPause) return null
  const isPaused = state === 'paused'
  return (
    <Button
      aria-label={say(isPaused ? 'jobs.go-on-with' : 'jobs.pause-this', { title: titleWords(job) })}
      onPress={() => void answerOf(window.isomer.jobs.pause({ jobId: id, isPaused: !isPaused }))}
    >
      {isPaused ? <Play size={16} aria-hidden /> : <Pause size={16} aria-hidden />}
      {say(isPaused ? 'jobs.go-on' : 'jobs.pause')}
    </Button>
  )
}
