import type { ReadBack } from '../../shared/drives.ts'
import { formatCount, formatNumber } from '../../shared/format.ts'

/** What comparing a disc or stick with what was written to it found. */
export function readBackWords({ isSame, differingSectors, unreadableSectors, firstBadSector }: ReadBack, what: 'disc' | 'stick'): string {
  if (isSame) return 'Read back: every byte is as it should be.'
  const differing = differingSectors === 0 ? [] : [formatCount(differingSectors, 'sector differs', 'sectors differ')]
  const unreadable = unreadableSectors === 0 ? [] : [`${formatCount(unreadableSectors, 'sector', 'sectors')} can’t be read`]
  return `The ${what} is bad: ${[...differing, ...unreadable].join(', ')}, the first is sector ${formatNumber(firstBadSector ?? 0)}. Don’t rely on it.`
}
