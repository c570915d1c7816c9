import type { ReadBack } from '../../shared/drives.ts'
import { formatCount, formatNumber } from '../../shared/format.ts'
import { sentences } from '../../shared/sentences.ts'

/** What comparing a disc or stick with what was written to it found. */
export function readBackWords({ isSame, differingSectors, unreadableSectors, firstBadSector }: ReadBack, what: 'disc' | 'stick'): string {
  if (isSame) return 'Read back: every byte is as it should be.'
  const first = formatNumber(firstBadSector ?? 0)
  const faults = faultWords(differingSectors, unreadableSectors)
  const bad =
    what === 'disc'
      ? `The disc is bad: ${faults}, the first is sector ${first}.`
      : `The stick is bad: ${faults}, the first is sector ${first}.`
  return sentences(bad, 'Don’t rely on it.')
}

function faultWords(differing: number, unreadable: number): string {
  if (unreadable === 0) return formatCount(differing, 'sector differs', 'sectors differ')
  if (differing === 0) return formatCount(unreadable, 'sector can’t be read', 'sectors can’t be read')
  return `${formatCount(differing, 'sector differs', 'sectors differ')}, ${formatCount(unreadable, 'sector', 'sectors')} can’t be read`
}
