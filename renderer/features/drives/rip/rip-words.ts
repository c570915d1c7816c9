/** The copying of a disc in words. */
import type { MissingRange, ReadBack, RipProgress, RipResult } from '../../../../shared/drives.ts'
import { formatSize } from '../../../words/amounts.ts'
import { say } from '../../../words/say.ts'

export interface Counter {
  readonly title: string
  readonly value: string
}

export function counters({ unreadBytes, badBytes }: RipProgress, doneBytes: number): Counter[] {
  return [
    { title: say('drives.counter.read'), value: formatSize(doneBytes) },
    { title: say('drives.counter.missing'), value: formatSize(unreadBytes) },
    { title: say('drives.counter.failed'), value: formatSize(badBytes) },
  ]
}

/** How it ended, in one sentence. */
export function endWords({ unreadBytes, missingRangeCount, damagedFileCount, secondReading, tracks }: RipResult): string {
  if (tracks !== undefined && secondReading?.isSame !== false)
    return tracks.data === 0 ? say('drives.rip.end.audio', { audio: tracks.audio }) : say('drives.rip.end.tracks', { ...tracks })
  if (unreadBytes === 0) return say(secondReading?.isSame === false ? 'drives.rip.end.not-twice' : 'drives.rip.end.whole')
  const size = formatSize(unreadBytes)
  return damagedFileCount === 0
    ? say('drives.rip.end.no-file', { size, places: missingRangeCount })
    : say('drives.rip.end.files', { size, places: missingRangeCount, files: damagedFileCount })
}

export function rangeWords({ firstSector, sectorCount }: MissingRange): string {
  const last = firstSector + sectorCount - 1
  return sectorCount === 1 ? say('drives.rip.sector', { sector: firstSector }) : say('drives.rip.sectors', { first: firstSector, last })
}

export function secondReadingWords({ isSame, differingSectors, unreadableSectors, firstBadSector }: ReadBack): string {
  if (isSame) return say('drives.rip.second.same')
  const first = firstBadSector ?? 0
  if (unreadableSectors === 0) return say('drives.rip.second.differs', { differing: differingSectors, first })
  if (differingSectors === 0) return say('drives.rip.second.unreadable', { unreadable: unreadableSectors, first })
  return say('drives.rip.second.both', { differing: differingSectors, unreadable: unreadableSectors, first })
}
