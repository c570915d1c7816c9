import type { DigestComparison } from '../../shared/verify.ts'

/** Expected values that the image does not have, of kinds of which it has none: of one kind, one that fits is enough. */
export function unmetValues(comparisons: readonly DigestComparison[]): DigestComparison[] {
  const met = new Set(comparisons.filter(({ isSame }) => isSame).map(({ kind }) => kind))
  return comparisons.filter(({ kind }) => !met.has(kind))
}
