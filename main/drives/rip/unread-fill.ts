/** Marks sectors that could not be read, so that nobody takes them for data. */
import type { ByteRange } from './rescue-map.ts'
import type { RescueTarget } from './rescue-reader.ts'

/** Writes `UNREAD SECTOR n` over and over into each sector, or what of it is missing. */
export function fillUnread(target: RescueTarget, ranges: readonly ByteRange[], sectorBytes: number): void {
  for (const { startBytes, endBytes } of ranges) {
    for (let at = startBytes; at < endBytes; ) {
      const sector = Math.floor(at / sectorBytes)
      const bytes = Buffer.alloc(sectorBytes, `UNREAD SECTOR ${sector} `, 'latin1')
      const end = Math.min((sector + 1) * sectorBytes, endBytes)
      target.write(at, bytes.subarray(at - sector * sectorBytes, end - sector * sectorBytes))
      at = end
    }
  }
}
