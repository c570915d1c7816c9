import { useEffect, useState } from 'react'
import { VisuallyHidden } from 'react-aria-components'
import { useJobs } from '../../stores/jobs.ts'
import { milestoneWords } from './job-words.ts'

/** Tells screen readers when a job starts, gets a quarter further and ends. */
export function JobAnnouncer() {
  const [words, setWords] = useState('')
  useEffect(
    () =>
      useJobs.subscribe((now, before) => {
        for (const job of now.jobs.values()) {
          if (before.jobs.get(job.id) === job || before.jobs.size === 0) continue
          const milestone = milestoneWords(before.jobs.get(job.id), job)
          if (milestone !== null) setWords(milestone)
        }
      }),
    [],
  )
  return (
    <VisuallyHidden>
      <p aria-live="polite">{words}</p>
    </VisuallyHidden>
  )
}
