/** Floppy disks that El Torito emulates (El Torito 1.0 figure 3): 80 cylinders, two heads. */
import type { BootMedia } from './boot-catalog-entries.ts'

export const FLOPPY_HEADS = 2

export const floppies: ReadonlyMap<BootMedia, { readonly sizeBytes: number; readonly sectorsPerTrack: number }> = new Map([
  ['floppy-1.2M', { sizeBytes: 1_228_800, sectorsPerTrack: 15 }],
  ['floppy-1.44M', { sizeBytes: 1_474_560, sectorsPerTrack: 18 }],
  ['floppy-2.88M', { sizeBytes: 2_949_120, sectorsPerTrack: 36 }],
])
