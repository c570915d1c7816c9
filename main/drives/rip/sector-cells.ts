import type { BlockStatus, RescueMap } from './rescue-map.ts'
import type { SlowPlaces } from './slow-places.ts'

/** From what is settled and good to what is settled and bad, with the characters of GNU ddrescue's map. */
const severity: readonly BlockStatus[] = ['finished', 'non-tried', 'non-trimmed', 'non-scraped', 'bad-sector']
const characters = '+?*/-'
/** Good, but slow to read; ddrescue's map has no character for it. */
const SLOW = '!'

/** Equal parts of a medium, not more than it has sectors. */
export const cellCountOf = (sizeBytes: number, sectorBytes: number, most: number): number =>
  Math.max(1, Math.min(most, Math.ceil(sizeBytes / sectorBytes)))

/** A map in equal parts: the worst state in each, and of those that are good which were slow. */
export function sectorCells(map: RescueMap, cellCount: number, slow: Pick<SlowPlaces, 'isSlow'>): string {
  const worst = new Uint8Array(cellCount)
  const cellOf = (byte: number) => Math.min(cellCount - 1, Math.floor((byte / map.sizeBytes) * cellCount))
  for (const { startBytes, endBytes, status } of map.blocks()) {
    const level = severity.indexOf(status)
    for (let cell = cellOf(startBytes); cell <= cellOf(endBytes - 1); cell++) worst[cell] = Math.max(worst[cell] as number, level)
  }
  return Array.from(worst, (level, cell) => (level === 0 && slow.isSlow(cell) ? SLOW : characters[level])).join('')
}
