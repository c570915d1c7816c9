/** Where a disc's sectors are kept: a sparse file, with the sectors of a CD in their full length. */
import { closeSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'

export const DATA_BYTES = 2048
export const RAW_BYTES = 2352

/** What commands give as a sector besides 2048 and 2352 bytes: a subheader of 8 bytes before the data. */
const SUBHEADER_BYTES = 8
const WITH_SUBHEADER = [2056, 2336]

export class DiscStore {
  readonly sectorBytes: number
  readonly #fd: number

  constructor(path: string, flags: 'r' | 'r+' | 'w+', isCd: boolean) {
    this.#fd = openSync(path, flags)
    this.sectorBytes = isCd ? RAW_BYTES : DATA_BYTES
  }

  /** Whole stored sectors; of a data sector on a CD the 2048 bytes come first. */
  read(lba: number, count: number): Buffer {
    const data = Buffer.alloc(count * this.sectorBytes)
    readSync(this.#fd, data, 0, data.length, lba * this.sectorBytes)
    return data
  }

  /** The 2048 bytes of data sectors. */
  readData(lba: number, count: number): Buffer {
    const sectors = this.read(lba, count)
    if (this.sectorBytes === DATA_BYTES) return sectors
    const data = Buffer.allocUnsafe(count * DATA_BYTES)
    for (let n = 0; n < count; n++) sectors.copy(data, n * DATA_BYTES, n * RAW_BYTES, n * RAW_BYTES + DATA_BYTES)
    return data
  }

  /** Sectors as a command brings them. What is before block 0, in the pause of the first track, is not kept. */
  write(lba: number, count: number, data: Buffer): void {
    const size = data.length / count
    const left = Math.min(count, Math.max(0, -lba))
    const skip = WITH_SUBHEADER.includes(size) ? SUBHEADER_BYTES : 0
    const sectors = Buffer.alloc((count - left) * this.sectorBytes)
    for (let n = left; n < count; n++)
      data.copy(sectors, (n - left) * this.sectorBytes, n * size + skip, Math.min((n + 1) * size, n * size + skip + this.sectorBytes))
    if (sectors.length > 0) writeSync(this.#fd, sectors, 0, sectors.length, (lba + left) * this.sectorBytes)
  }

  clear(): void {
    ftruncateSync(this.#fd, 0)
  }

  close(): void {
    closeSync(this.#fd)
  }
}
