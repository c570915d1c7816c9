/** What two trees differ in, in words. */
import { type Aspect, type CompareCounts, type Difference, type DifferenceKind, differenceKinds } from '../../../../shared/comparison.ts'
import { formatCount, formatNumber, formatSize } from '../../../../shared/format.ts'

export const kindTitles: Readonly<Record<DifferenceKind, string>> = {
  changed: 'Changed',
  attributes: 'Other attributes',
  unreadable: 'Unreadable',
  moved: 'Moved',
  removed: 'Only here',
  added: 'Only there',
}

const aspectWords: Readonly<Record<Aspect, string>> = {
  type: 'kind',
  content: 'content',
  target: 'where it leads',
  device: 'device',
  times: 'date',
  modes: 'mode',
  owners: 'owner',
  links: 'number of links',
  label: 'label',
}

/** Such as `content, 12 kB here and 14 kB there`. */
export function differenceWords(difference: Difference): string {
  const { kind, a, b, aspects, firstDifferenceBytes, reason } = difference
  switch (kind) {
    case 'unreadable':
      return reason ?? 'It could not be read.'
    case 'moved':
      return `there it is ${b?.path ?? ''}`
    case 'removed':
    case 'added':
      return holdsWords(difference)
    default: {
      const what = aspects.map((aspect) => aspectWords[aspect]).join(', ')
      if (!aspects.includes('content') || !a || !b) return what
      if (a.sizeBytes !== b.sizeBytes) return `${what}: ${formatSize(a.sizeBytes)} here, ${formatSize(b.sizeBytes)} there`
      return firstDifferenceBytes === null ? what : `${what}: from byte ${formatNumber(firstDifferenceBytes)} on`
    }
  }
}

function holdsWords({ a, b, files }: Difference): string {
  const one = a ?? b
  if (!one) return ''
  return one.type === 'directory' ? `folder with ${formatCount(files, 'file', 'files')}` : formatSize(one.sizeBytes)
}

/** Where it is, here if it is here. */
export const pathOfDifference = ({ a, b }: Difference): string => a?.path ?? b?.path ?? ''

/** The sentence that most people want. */
export function outcomeSentence(counts: CompareCounts, other: string): string {
  const total = differenceKinds.reduce((sum, kind) => sum + counts[kind], 0)
  if (total === 0) return `“${other}” holds the same.`
  return `“${other}” differs in ${formatCount(total, 'entry', 'entries')}; ${formatCount(counts.same, 'is', 'are')} the same.`
}
