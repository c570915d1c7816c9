/** The copying of a disc in words. */
import type { MissingRange, Protection, ReadBack, RipProgress, RipResult } from '../../../../shared/drives.ts'
import { formatCount, formatNumber, formatSize } from '../../../../shared/format.ts'

export interface Counter {
  readonly title: string
  readonly value: string
}

export function counters({ unreadBytes, badBytes }: RipProgress, doneBytes: number): Counter[] {
  return [
    { title: 'Read', value: formatSize(doneBytes) },
    { title: 'Missing', value: formatSize(unreadBytes) },
    { title: 'Of that failed', value: formatSize(badBytes) },
  ]
}

/** How it ended, in one sentence. */
export function endWords({ unreadBytes, missingRangeCount, damagedFileCount, secondReading, tracks }: RipResult): string {
  if (tracks !== undefined && secondReading?.isSame !== false)
    return `${trackWords(tracks)} read, into a CUE sheet and the BIN file beside it.`
  if (unreadBytes === 0)
    return secondReading?.isSame === false ? 'Everything was read, but not the same twice.' : 'The whole disc was read.'
  const places = formatCount(missingRangeCount, 'place', 'places')
  const files =
    damagedFileCount === 0 ? 'No file that is known lies there.' : `${formatCount(damagedFileCount, 'file is', 'files are')} damaged.`
  return `${formatSize(unreadBytes)} in ${places} could not be read. ${files} Everything else is in the image.`
}

/** `3 tracks of audio and 1 of data were`. */
function trackWords({ audio, data }: NonNullable<RipResult['tracks']>): string {
  const words = `${formatCount(audio, 'track of audio', 'tracks of audio')}${data === 0 ? '' : ` and ${data} of data`}`
  return `${words} ${audio + data === 1 ? 'was' : 'were'}`
}

export function rangeWords({ firstSector, sectorCount }: MissingRange): string {
  const last = firstSector + sectorCount - 1
  return sectorCount === 1 ? `Sector ${formatNumber(firstSector)}` : `Sectors ${formatNumber(firstSector)} to ${formatNumber(last)}`
}

export const protectionWords: Readonly<Record<Protection, string>> = {
  css: 'The video on this disc is scrambled (CSS). It was copied as it is: players can’t play it from the image without the disc’s keys, which no copy can hold.',
  'css-refused':
    'The drive gave everything on this disc but its video titles. That is how drives treat scrambled discs (CSS), unless a player proves to be one; a copy of such a disc is not possible here.',
  aacs: 'This disc is protected by AACS. It was copied as it is: players can’t play it from the image without the disc’s keys, which no copy can hold.',
}

export function secondReadingWords({ isSame, differingSectors, unreadableSectors, firstBadSector }: ReadBack): string {
  if (isSame) return 'The same'
  const parts = [
    ...(differingSectors > 0 ? [formatCount(differingSectors, 'sector differs', 'sectors differ')] : []),
    ...(unreadableSectors > 0 ? [`${formatCount(unreadableSectors, 'sector', 'sectors')} could not be read again`] : []),
  ]
  return `${parts.join(', ')}; the first is sector ${formatNumber(firstBadSector ?? 0)}. Don’t rely on the image.`
}
