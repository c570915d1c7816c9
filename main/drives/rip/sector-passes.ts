/** The later phases, sector by sector: trimming and scraping of failed reads, and retrying of bad sectors. */
import type { Direction } from './copy-pass.ts'
import type { RescueMap } from './rescue-map.ts'
import type { RescueReader } from './rescue-reader.ts'

/** A bad area is left for the others after this time, and gets its turn again when they had theirs. */
const AREA_TURN_MS = 30_000

/**
 * Reads each `non-trimmed` block from both ends up to the first bad sector; what lies between becomes `non-scraped`.
 * An end beside a known bad sector is trimmed already.
 */
export async function trimPass(reader: RescueReader): Promise<void> {
  const { map } = reader
  for (let range = map.firstFrom('non-trimmed', 0); range !== null; range = map.firstFrom('non-trimmed', range.endBytes)) {
    let { startBytes, endBytes } = range
    let isGood = !isKnownBad(map, startBytes - 1)
    while (isGood && startBytes < endBytes) {
      isGood = (await reader.readSector(startBytes, range.endBytes, 'bad-sector')).isWhole
      startBytes = reader.sectorEnd(startBytes)
    }
    isGood = !isKnownBad(map, endBytes)
    while (isGood && startBytes < endBytes) {
      const sectorBytes = Math.max(startBytes, reader.sectorStart(endBytes - 1))
      isGood = (await reader.readSector(sectorBytes, endBytes, 'bad-sector')).isWhole
      endBytes = sectorBytes
    }
    map.mark(startBytes, endBytes, 'non-scraped')
  }
}

const isKnownBad = (map: RescueMap, byte: number): boolean => byte >= 0 && byte < map.sizeBytes && map.statusAt(byte) === 'bad-sector'

/** Reads every `non-scraped` sector once; those that fail become `bad-sector`. No area holds up the others for long. */
export async function scrapePass(reader: RescueReader): Promise<void> {
  const { map } = reader
  while (map.bytesOf('non-scraped') > 0) {
    for (let range = map.firstFrom('non-scraped', 0); range !== null; range = map.firstFrom('non-scraped', range.endBytes)) {
      const startedMs = reader.nowMs()
      for (let at = range.startBytes; at < range.endBytes && reader.nowMs() - startedMs < AREA_TURN_MS; at = reader.sectorEnd(at))
        await reader.readSector(at, range.endBytes, 'bad-sector')
    }
  }
}

/** Tries every bad sector once more. */
export async function retryPass(reader: RescueReader, direction: Direction): Promise<void> {
  const { map } = reader
  let at = direction === 'forwards' ? 0 : map.sizeBytes
  for (;;) {
    const range = direction === 'forwards' ? map.firstFrom('bad-sector', at) : map.lastBefore('bad-sector', at)
    if (range === null) return
    const startBytes = direction === 'forwards' ? range.startBytes : Math.max(range.startBytes, reader.sectorStart(range.endBytes - 1))
    await reader.readSector(startBytes, range.endBytes, 'bad-sector')
    at = direction === 'forwards' ? reader.sectorEnd(startBytes) : startBytes
  }
}
