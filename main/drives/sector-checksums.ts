/** A checksum of every sector of a stream, so that what was written without a copy can be compared sector by sector. */
import { crc32 } from 'node:zlib'
import type { ExpectedContent } from './read-back.ts'

const SECTOR_BYTES = 2048

/** Four bytes a sector: 9 MB for a DVD. A CRC-32 finds every damage of up to 32 bits in a row, and misses others once in four thousand million. */
export class SectorChecksums implements ExpectedContent {
  readonly #checksums: Uint32Array
  #sector = 0
  #partial = 0
  #inSector = 0

  constructor(sizeBytes: number) {
    this.#checksums = new Uint32Array(Math.ceil(sizeBytes / SECTOR_BYTES))
  }

  /** Takes the next bytes of the stream. */
  take(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const end = Math.min(bytes.length, at + SECTOR_BYTES - this.#inSector)
      this.#partial = crc32(bytes.subarray(at, end), this.#partial)
      this.#inSector += end - at
      at = end
      this.#checksums[this.#sector] = this.#partial
      if (this.#inSector < SECTOR_BYTES) continue
      this.#sector++
      this.#partial = 0
      this.#inSector = 0
    }
  }

  isSame(offsetBytes: number, bytes: Uint8Array): boolean {
    for (let at = 0; at < bytes.length; at += SECTOR_BYTES) {
      const sector = (offsetBytes + at) / SECTOR_BYTES
      if (crc32(bytes.subarray(at, at + SECTOR_BYTES)) !== this.#checksums[sector]) return false
    }
    return true
  }
}
