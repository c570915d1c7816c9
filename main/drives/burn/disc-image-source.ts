/** A disc in a drive as the source of an image that is looked into: whole sectors, read when they are asked for. */
import { closeSync, constants, openSync, readSync, statSync } from 'node:fs'
import type { ImageSource } from '../../bytes/byte-source.ts'
import { ioProblem } from '../../bytes/io-problem.ts'

const SECTOR_BYTES = 2048

export class DiscImageSource implements ImageSource {
  readonly path: string
  /** Systems say little of how much of a disc can be read: this is what its table of contents says. */
  readonly sizeBytes: number
  readonly fd = null
  readonly #fd: number

  private constructor(path: string, fd: number, sizeBytes: number) {
    this.path = path
    this.#fd = fd
    this.sizeBytes = sizeBytes
  }

  /** Throws an `io` Problem when the drive can't be read. */
  static open(path: string, sizeBytes: number): DiscImageSource {
    const { O_DIRECT = 0 } = constants as { O_DIRECT?: number }
    try {
      // Devices around the cache, which would read ahead into what can't be read.
      const flags = statSync(path).isBlockDevice() ? O_DIRECT : 0
      return new DiscImageSource(path, openSync(path, constants.O_RDONLY | flags), sizeBytes)
    } catch (error) {
      throw ioProblem(error, `Could not open ${path}.`)
    }
  }

  /** No file has this name. */
  get deviceAndInode(): string {
    return `disc:${this.path}`
  }

  read(offsetBytes: number, target: Uint8Array): number {
    const wantedBytes = Math.max(0, Math.min(target.length, this.sizeBytes - offsetBytes))
    const start = Math.floor(offsetBytes / SECTOR_BYTES) * SECTOR_BYTES
    const sectors = Buffer.allocUnsafe(Math.ceil((offsetBytes + wantedBytes - start) / SECTOR_BYTES) * SECTOR_BYTES)
    let got = 0
    try {
      for (let last = -1; got < sectors.length && last !== 0; got += last)
        last = readSync(this.#fd, sectors, got, sectors.length - got, start + got)
    } catch (error) {
      throw ioProblem(error, `Reading ${this.path} failed ${start + got} bytes in.`)
    }
    const bytes = sectors.subarray(offsetBytes - start, Math.min(got, offsetBytes - start + wantedBytes))
    target.set(bytes)
    return bytes.length
  }

  assertUnchanged(): void {
    // The drive is locked while it is used.
  }

  close(): void {
    closeSync(this.#fd)
  }
}
