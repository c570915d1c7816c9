import type { JobControl, JobResult, JobSpec } from '../../shared/job.ts'
import { compareJob } from '../image/compare/compare.ts'
import { convertImage } from '../image/convert/convert-image.ts'
import { createImage } from '../image/create/create-image.ts'
import { editImage } from '../image/edit/edit-image.ts'
import { extractImage } from '../image/extract.ts'
import { verifyImage } from '../verify/verify-image.ts'
import { runDriveJob } from './run-drive-job.ts'

/** Does what a job says; throws a Problem. */
export function runJob(spec: JobSpec, control: JobControl): Promise<JobResult> {
  switch (spec.kind) {
    case 'create':
      return createImage(spec, control)
    case 'extract':
      return extractImage(spec, control)
    case 'verify':
      return verifyImage(spec, control)
    case 'compare':
      return compareJob(spec, control)
    case 'edit':
      return editImage(spec, control)
    case 'convert':
      return convertImage(spec, control)
    case 'rip':
    case 'burn':
    case 'erase':
    case 'flash':
      return runDriveJob(spec, control)
  }
}
