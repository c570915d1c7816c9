import { basename } from 'node:path'
import type { JobSpec } from '../../shared/job.ts'
import type { ProblemReport } from '../../shared/problem.ts'

function kept(spec: JobSpec): string {
  switch (spec.kind) {
    case 'create':
    case 'edit':
    case 'convert':
      return spec.overwrite ? `Nothing was written; the old ${basename(spec.outPath)} is as it was.` : 'Nothing was written.'
    case 'extract':
      return `What was extracted until then is in “${basename(spec.outFolder)}”.`
    case 'verify':
    case 'compare':
      return 'Nothing was changed.'
    case 'rip':
      return `What was read until then is in “${basename(spec.outPath)}.partial”, with a map beside it: ripping can go on from there.`
    case 'burn':
    case 'erase':
      return 'The disc may be written in part, and the drive may still be at work.'
    case 'flash':
      return 'The stick may be overwritten in part.'
  }
}

/** What a person is told when a job's process is gone without a word: killed, out of memory, crashed. */
export function crashProblem(spec: JobSpec): ProblemReport {
  return {
    kind: 'bug',
    code: 'job-process-ended',
    message: 'The job’s own process ended unexpectedly.',
    kept: kept(spec),
    advice: 'Try again; if it happens again, please report it.',
  }
}

/** What a person is told of a job that was at work or waiting when Isomer itself ended. */
export function interruptedProblem(spec: JobSpec, hasStarted: boolean): ProblemReport {
  return {
    kind: 'cancelled',
    code: 'interrupted',
    message: hasStarted ? 'Isomer ended before this was done.' : 'Isomer ended before this had begun.',
    kept: hasStarted ? kept(spec) : 'Nothing was written.',
  }
}

/** What a person is told when a job's process had to be ended from outside because it didn't stop by itself. */
export function stoppedProblem(spec: JobSpec): ProblemReport {
  return { kind: 'cancelled', code: 'cancelled', message: 'Stopped as you asked.', kept: kept(spec) }
}
