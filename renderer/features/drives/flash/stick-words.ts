/** Sticks and cards in words. */
import type { StickRow } from '../../../../shared/drive-rows.ts'
import { say } from '../../../words/say.ts'

/** `SanDisk Ultra`. */
export const stickName = ({ vendor, model, place }: Pick<StickRow, 'vendor' | 'model' | 'place'>): string =>
  [vendor, model].filter((part) => part !== '').join(' ') || place

/** What is on it: `PHOTOS, BACKUP`; null when nothing has a name. */
export const onIt = ({ labels }: Pick<StickRow, 'labels'>): string | null =>
  labels.length === 0 ? null : labels.join(say('common.list-comma'))
