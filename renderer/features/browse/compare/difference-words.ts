/** What two trees differ in, in words. */
import type { ReactNode } from 'react'
import { type CompareCounts, type Difference, differenceKinds } from '../../../../shared/comparison.ts'
import { visibleName } from '../../../design/visible-name.ts'
import { commaList, formatSize } from '../../../words/amounts.ts'
import { fromEngine } from '../../../words/from-engine.ts'
import { say, sayNodes } from '../../../words/say.ts'

/** Such as `content, 12 kB here and 14 kB there`. */
export function differenceWords(difference: Difference): string {
  const { kind, a, b, aspects, firstDifferenceBytes, reason } = difference
  switch (kind) {
    case 'unreadable':
      return reason === null ? say('browse.difference.not-read') : fromEngine(visibleName(reason))
    case 'moved':
      return say('browse.difference.moved-to', { path: b?.path ?? '' })
    case 'removed':
    case 'added':
      return holdsWords(difference)
    default: {
      const what = commaList(aspects.map((aspect) => say(`browse.aspect.${aspect}`)))
      if (!aspects.includes('content') || !a || !b) return what
      if (a.sizeBytes !== b.sizeBytes)
        return say('browse.difference.sizes', { what, here: formatSize(a.sizeBytes), there: formatSize(b.sizeBytes) })
      return firstDifferenceBytes === null ? what : say('browse.difference.from-byte', { what, byte: firstDifferenceBytes })
    }
  }
}

function holdsWords({ a, b, files }: Difference): string {
  const one = a ?? b
  if (!one) return ''
  return one.type === 'directory' ? say('browse.difference.folder', { files }) : formatSize(one.sizeBytes)
}

/** Where it is, here if it is here. */
export const pathOfDifference = ({ a, b }: Difference): string => a?.path ?? b?.path ?? ''

/** The sentence that most people want. */
export function outcomeSentence(counts: CompareCounts, other: ReactNode): ReactNode {
  const total = differenceKinds.reduce((sum, kind) => sum + counts[kind], 0)
  if (total === 0) return sayNodes('browse.compare.same', { other })
  return sayNodes('browse.compare.differs', { other, count: total, same: counts.same })
}
