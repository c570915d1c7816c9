import type { BlockStatus, RescueMap } from './rescue-map.ts'

/** From what is settled and good to what is settled and bad, with the characters of GNU ddrescue's map. */
const severity: readonly BlockStatus[] = ['finished', 'non-tried', 'non-trimmed', 'non-scraped', 'bad-sector']
const characters = '+?*/-'

/** A map in `count` equal parts (fewer for a medium of fewer sectors): the worst state in each. */
export function sectorCells(map: RescueMap, sectorBytes: number, count: number): string {
  const cellCount = Math.max(1, Math.min(count, Math.ceil(map.sizeBytes / sectorBytes)))
  const worst = new Uint8Array(cellCount)
  const cellOf = (byte: number) => Math.min(cellCount - 1, Math.floor((byte / map.sizeBytes) * cellCount))
  for (const { startBytes, endBytes, status } of map.blocks()) {
    const level = severity.indexOf(status)
    for (let cell = cellOf(startBytes); cell <= cellOf(endBytes - 1); cell++) worst[cell] = Math.max(worst[cell] as number, level)
  }
  return Array.from(worst, (level) => characters[level]).join('')
}
