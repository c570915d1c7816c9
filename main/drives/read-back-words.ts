import type { ReadBack } from '../../shared/drives.ts'
import { formatCount, formatNumber } from '../../shared/format.ts'
import { sentences } from '../../shared/sentences.ts'

/** What comparing a disc or stick with what was written to it found. */
export function readBackWords({ isSame, differingSectors, unreadableSectors, firstBadSector }: ReadBack, what: 'disc' | 'stick'): string {
  if (isSame) return 'Read back: every byte is as it should be.'
  const differing = differingSectors === 0 ? null : formatCount(differingSectors, 'sector differs', 'sectors differ')
  const unreadable = unreadableSectors === 0 ? null : formatCount(unreadableSectors, 'sector', 'sectors')
  const bad = (what === 'disc' ? badDisc : badStick)(differing, unreadable, formatNumber(firstBadSector ?? 0))
  return sentences(bad, 'Don’t rely on it.')
}

function badDisc(differing: string | null, unreadable: string | null, first: string): string {
  if (unreadable === null) return `The disc is bad: ${differing}, the first is sector ${first}.`
  if (differing === null) return `The disc is bad: ${unreadable} can’t be read, the first is sector ${first}.`
  return `The disc is bad: ${differing}, ${unreadable} can’t be read, the first is sector ${first}.`
}

function badStick(differing: string | null, unreadable: string | null, first: string): string {
  if (unreadable === null) return `The stick is bad: ${differing}, the first is sector ${first}.`
  if (differing === null) return `The stick is bad: ${unreadable} can’t be read, the first is sector ${first}.`
  return `The stick is bad: ${differing}, ${unreadable} can’t be read, the first is sector ${first}.`
}
