/** How mounts are spoken of. */
import type { MountedImageState, MountRow } from '../../../shared/mounts.ts'
import { dateFormat } from '../../words/amounts.ts'
import { say } from '../../words/say.ts'

/** What is worth warning of; null when all is well. */
export function warningOf(state: MountedImageState): string | null {
  return state === 'changed' || state === 'gone' ? say(`mounts.warning.${state}`) : null
}

/** Such as `Mounted by udisks2, 24 Nov 2026, 02:30`. */
export function mountedHow({ method, sinceMs, madeByIsomer, isView }: MountRow): string {
  const how = say('mounts.how', { method, view: isView ? 'yes' : 'no' })
  if (!madeByIsomer) return say('mounts.how.outside', { how })
  const moment = dateFormat({ dateStyle: 'medium', timeStyle: 'short' })
  return sinceMs === null ? how : say('mounts.how.since', { how, moment: moment.format(sinceMs) })
}
