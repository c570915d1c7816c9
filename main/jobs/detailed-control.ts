import type { DriveProgress } from '../../shared/drives.ts'
import type { JobControl } from '../../shared/job.ts'

/** A control that says with all progress what else there is to know of the job. */
export function detailedControl(control: JobControl, detail: DriveProgress): JobControl {
  return {
    checkpoint: () => control.checkpoint(),
    progress: (progress) => control.progress({ ...progress, detail }),
    log: (level, text) => control.log(level, text),
    temporary: (path) => control.temporary(path),
  }
}
