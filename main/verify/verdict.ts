/** The one word at the end, from all that speaks for or against an image. */
import type { Evidence, EvidenceOrigin, Verdict } from '../../shared/verify.ts'

/**
 * What decides, first come first served. What is known from outside outweighs what the image says of itself: a content
 * that is as its makers published it is so, odd as it may be. Nothing from inside can prove where an image comes from.
 */
const order: readonly (readonly [EvidenceOrigin, Verdict])[] = [
  ['outside', 'forged'],
  ['outside', 'damaged'],
  ['copy', 'damaged'],
  ['outside', 'genuine'],
  ['outside', 'intact'],
  ['inside', 'damaged'],
  ['copy', 'intact'],
  ['inside', 'intact'],
]

const rank = ({ origin, says }: Evidence): number => {
  const place = order.findIndex(([from, verdict]) => from === origin && verdict === says)
  return place < 0 ? order.length : place
}

export interface Decision {
  readonly verdict: Verdict
  /** What decided; null when there was nothing. */
  readonly deciding: Evidence | null
  /** What decided first, then the rest by weight. */
  readonly evidence: readonly Evidence[]
}

export function decide(evidence: readonly Evidence[]): Decision {
  const sorted = [...evidence].sort((a, b) => rank(a) - rank(b))
  const [deciding] = sorted
  if (deciding === undefined) return { verdict: 'unknown', deciding: null, evidence: sorted }
  return { verdict: rank(deciding) < order.length ? deciding.says : 'unknown', deciding, evidence: sorted }
}
