/** What is wished of a burn, while it is being chosen. */
import { type BurnWishes, canBeAddedTo, takesSessions } from '../../../../shared/drive-rows.ts'
import type { MediumFacts } from '../../../../shared/drives.ts'
import { MAX_COPIES } from '../../../../shared/limits.ts'

/** As it was typed. */
export interface WishesDraft extends Omit<BurnWishes, 'copies'> {
  readonly copies: string
}

/** The number of discs, or null for what is none. */
export const copiesOf = (text: string): number | null =>
  /^\d{1,2}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= MAX_COPIES ? Number(text) : null

/** Files are added to the one disc that is in the drive. */
export const wishesOf = (draft: WishesDraft): BurnWishes => ({ ...draft, copies: draft.append ? 1 : (copiesOf(draft.copies) ?? 1) })

/** What can be wished with this disc and source: what was said before of others is left out. */
export function fitting(draft: WishesDraft, medium: MediumFacts | null, isStaged: boolean): WishesDraft {
  const leaveOpen = draft.leaveOpen && medium !== null && takesSessions(medium)
  const append = draft.append && medium !== null && isStaged && canBeAddedTo(medium)
  return { ...draft, leaveOpen, append, erase: draft.erase && !append }
}
