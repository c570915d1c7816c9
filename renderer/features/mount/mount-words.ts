/** How mounts are spoken of. */
import type { MountRow } from '../../../shared/ipc.ts'
import type { MountedImageState, MountMethod } from '../../../shared/mounts.ts'

export const methodWords: Readonly<Record<MountMethod, string>> = {
  udisks: 'by udisks2',
  kernel: 'by the kernel',
  fuseiso: 'by fuseiso',
  archivemount: 'by archivemount',
  hdiutil: 'by macOS',
  windows: 'by Windows',
  other: 'by the system',
}

/** What is worth warning of; null when all is well. */
export const stateWarnings: Readonly<Record<MountedImageState, string | null>> = {
  same: null,
  unknown: null,
  changed: 'The image file was changed since; what is shown may be neither the old nor the new.',
  gone: 'The image file is no longer there. Eject it when you are done.',
}

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** Such as `Mounted by udisks2, 24 Nov 2026, 02:30`. */
export function mountedHow({ method, sinceMs, madeByIsomer, isView }: MountRow): string {
  const how = `Mounted ${methodWords[method]}${isView ? ' from a copy of its data, which goes when you eject it' : ''}`
  if (!madeByIsomer) return `${how}, outside Isomer`
  return sinceMs === null ? how : `${how}, ${moment.format(sinceMs)}`
}
