/** Jobs that are over and can be done once more. */
import { existsSync } from 'node:fs'
import type { JobRepeat, JobSpec, JobState } from '../../shared/job.ts'
import { mapPathOf, partialPathOf } from '../drives/rip/rip-output.ts'

const OVER: ReadonlySet<JobState> = new Set(['done', 'failed', 'cancelled', 'interrupted'])

/** Whether it can go on where it stopped, or only from its start; null when it is not ours to repeat. */
export function repeatOf(spec: JobSpec, state: JobState): JobRepeat | null {
  if (!OVER.has(state)) return null
  // The disc or stick in there may be another by now, and would be destroyed.
  if (spec.kind === 'erase' || spec.kind === 'flash' || (spec.kind === 'burn' && spec.erase && !spec.simulate)) return null
  return spec.kind === 'rip' && state !== 'done' && hasRipToResume(spec) ? 'resume' : 'again'
}

function hasRipToResume(spec: Extract<JobSpec, { kind: 'rip' }>): boolean {
  const hasData = existsSync(partialPathOf(spec.outPath)) || (spec.resume && existsSync(spec.outPath))
  return hasData && existsSync(mapPathOf(spec))
}

/** The job as it has to be described to be done once more. */
export function againSpec(spec: JobSpec, state: JobState): JobSpec {
  return spec.kind === 'rip' ? { ...spec, resume: repeatOf(spec, state) === 'resume' } : spec
}
