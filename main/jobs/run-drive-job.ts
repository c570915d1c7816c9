/** Jobs that work with drives; what they need is loaded when one comes. */
import type { JobControl, JobResult, JobSpec } from '../../shared/job.ts'
import { systemDrives, systemFlash } from '../drives/system-drives.ts'
import { detailedControl } from './detailed-control.ts'

export type DriveJobSpec = Extract<JobSpec, { kind: 'rip' | 'burn' | 'erase' | 'flash' }>

export async function runDriveJob(spec: DriveJobSpec, control: JobControl): Promise<JobResult> {
  switch (spec.kind) {
    case 'rip':
      return (await import('../drives/rip/rip-disc.ts')).ripDisc(spec, await systemDrives(), control)
    case 'burn':
      return (await import('../drives/burn/burn-disc.ts')).burnDisc(spec, await systemDrives(), control)
    case 'erase':
      return (await import('../drives/erase-disc.ts')).eraseDisc(spec, await systemDrives(), control)
    case 'flash': {
      const detailed = detailedControl(control, { kind: 'flash', verifies: spec.verify })
      return (await import('../drives/flash/flash-image.ts')).flashImage(spec, await systemFlash(), detailed)
    }
  }
}
