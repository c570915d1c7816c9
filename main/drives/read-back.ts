/** Reads a medium and compares it with what should be on it. */
import { createHash } from 'node:crypto'
import type { ReadBack } from '../../shared/drives.ts'
import type { JobControl } from '../../shared/job.ts'
import { TRANSFER_BYTES } from '../../shared/limits.ts'
import { alignedBuffer } from '../bytes/aligned-buffer.ts'
import type { ByteSource } from '../bytes/byte-source.ts'
import { readReadable, type SectorSource } from '../bytes/sector-source.ts'
import type { ByteRange } from './rip/rescue-map.ts'

/** Each can take a drive half a minute, and a disc with so many is bad in any case. */
const MOST_UNREADABLE_SECTORS = 100

/** What should be on a medium. */
export interface ExpectedContent {
  /** Whether these bytes are the right ones for their place. */
  isSame(offsetBytes: number, bytes: Uint8Array): boolean
}

/** The content of a file or of anything else that can be read at any place. */
export class SourceContent implements ExpectedContent {
  readonly #source: ByteSource
  readonly #buffer = alignedBuffer(TRANSFER_BYTES)
  readonly #hash = createHash('sha256')
  #hashedBytes = 0

  constructor(source: ByteSource) {
    this.#source = source
  }

  isSame(offsetBytes: number, bytes: Uint8Array): boolean {
    const expected = this.#buffer.subarray(0, bytes.length)
    if (this.#source.read(offsetBytes, expected) !== expected.length) return false
    if (offsetBytes === this.#hashedBytes) {
      this.#hash.update(expected)
      this.#hashedBytes += expected.length
    }
    return expected.equals(bytes)
  }

  /** Of the content itself, not of the medium; null unless all of it was compared, in order. May be asked once. */
  sha256(): string | null {
    return this.#hashedBytes === this.#source.sizeBytes ? this.#hash.digest('hex') : null
  }
}

/** Compares ranges of a medium. Rejects with a Problem when the medium is gone. */
export async function readBack(
  medium: SectorSource,
  expected: ExpectedContent,
  ranges: readonly ByteRange[],
  control: Pick<JobControl, 'checkpoint' | 'progress'>,
): Promise<ReadBack> {
  const comparison = new Comparison(medium, expected)
  const totalBytes = ranges.reduce((sum, { startBytes, endBytes }) => sum + endBytes - startBytes, 0)
  let doneBytes = 0
  for (const { startBytes, endBytes } of ranges) {
    for (let at = startBytes; at < endBytes && !comparison.isHopeless; ) {
      const end = Math.min(endBytes, at - (at % TRANSFER_BYTES) + TRANSFER_BYTES)
      await comparison.compare(at, end)
      doneBytes += end - at
      at = end
      control.progress({ phase: 'verify', doneBytes, totalBytes, doneItems: 0, current: null })
      await control.checkpoint()
    }
  }
  return comparison.result()
}

class Comparison {
  readonly #medium: SectorSource
  readonly #expected: ExpectedContent
  readonly #buffer = alignedBuffer(TRANSFER_BYTES)
  #differing = 0
  #unreadable = 0
  #firstBad: number | null = null

  constructor(medium: SectorSource, expected: ExpectedContent) {
    this.#medium = medium
    this.#expected = expected
  }

  get isHopeless(): boolean {
    return this.#unreadable >= MOST_UNREADABLE_SECTORS
  }

  result(): ReadBack {
    return {
      isSame: this.#firstBad === null,
      differingSectors: this.#differing,
      unreadableSectors: this.#unreadable,
      firstBadSector: this.#firstBad,
    }
  }

  /** In one read, or sector by sector where that fails or differs. */
  async compare(startBytes: number, endBytes: number): Promise<void> {
    const { sectorBytes } = this.#medium
    const sector = Math.floor(startBytes / sectorBytes)
    const alignedStart = sector * sectorBytes
    const alignedLength = Math.ceil((endBytes - alignedStart) / sectorBytes) * sectorBytes
    const bytes = this.#buffer.subarray(0, alignedLength)
    const isRead = alignedStart + (await readReadable(this.#medium, alignedStart, bytes)) >= endBytes
    if (isRead && this.#expected.isSame(startBytes, bytes.subarray(startBytes - alignedStart, endBytes - alignedStart))) return
    if (alignedLength > sectorBytes) await this.#compareSectors(startBytes, endBytes)
    else {
      if (isRead) this.#differing++
      else this.#unreadable++
      this.#firstBad ??= sector
    }
  }

  async #compareSectors(startBytes: number, endBytes: number): Promise<void> {
    const { sectorBytes } = this.#medium
    for (let at = startBytes; at < endBytes && !this.isHopeless; ) {
      const end = Math.min(at - (at % sectorBytes) + sectorBytes, endBytes)
      await this.compare(at, end)
      at = end
    }
  }
}
