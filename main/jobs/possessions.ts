/** What only one job at a time may have. */
import { dirname, resolve } from 'node:path'
import type { BurnSource } from '../../shared/drives.ts'
import type { JobSpec } from '../../shared/job.ts'
import { spinningDiskOf } from './spinning-disk.ts'

/** Files and folders to write, drives, and disks that would have to seek between two jobs. */
export function possessionsOf(spec: JobSpec, diskOf: (path: string) => string | null = spinningDiskOf): string[] {
  const disks = placesOf(spec).map(diskOf)
  return [...new Set([...exclusives(spec), ...disks.filter((disk) => disk !== null)])]
}

/** Jobs that wait for a drive most of the time run beside those that keep a processor busy. */
export const needsDrive = ({ kind }: JobSpec): boolean => kind === 'rip' || kind === 'burn' || kind === 'erase' || kind === 'flash'

function exclusives(spec: JobSpec): string[] {
  switch (spec.kind) {
    case 'verify':
    case 'compare':
      return []
    case 'extract':
      return [fileKey(spec.outFolder)]
    case 'create':
    case 'edit':
    case 'convert':
      return [fileKey(spec.outPath)]
    case 'rip':
      return [fileKey(spec.outPath), spec.drive]
    case 'burn':
    case 'erase':
      return [spec.drive]
    case 'flash':
      return [spec.device]
  }
}

/** Where a job reads and writes much; of what it is made of, the first place stands for all. */
function placesOf(spec: JobSpec): string[] {
  switch (spec.kind) {
    case 'verify':
      return [spec.imagePath]
    case 'compare':
      return [spec.pathOfA, spec.pathOfB]
    case 'extract':
      return [spec.imagePath, spec.outFolder]
    case 'create':
      return [...sourcePlaces({ kind: 'project', project: spec.project }), dirname(spec.outPath)]
    case 'edit':
    case 'convert':
      return [spec.imagePath, dirname(spec.outPath)]
    case 'rip':
      return [dirname(spec.outPath)]
    case 'burn':
      return sourcePlaces(spec.source)
    case 'flash':
      return [spec.imagePath]
    case 'erase':
      return []
  }
}

function sourcePlaces(source: BurnSource): string[] {
  if (source.kind === 'image') return [source.path]
  const first = source.project.steps.find((step) => step.step === 'add')
  return first === undefined ? [] : [first.hostPath]
}

/** Host file systems that fold case would take `A.iso` and `a.iso` for one file. */
function fileKey(path: string): string {
  return process.platform === 'linux' ? resolve(path) : resolve(path).toLowerCase()
}
