/** Reads a medium again and compares it with the image that was read from it. */
import type { SecondReading } from '../../../shared/drives.ts'
import type { JobControl } from '../../../shared/job.ts'
import { TRANSFER_BYTES } from '../../../shared/limits.ts'
import { alignedBuffer } from '../../bytes/aligned-buffer.ts'
import type { ByteSource } from '../../bytes/byte-source.ts'
import { readReadable, type SectorSource } from '../../bytes/sector-source.ts'
import type { ByteRange } from './rescue-map.ts'

/** `ranges` are what was read the first time. Rejects with a Problem when medium or image are gone. */
export async function readAgain(
  medium: SectorSource,
  image: ByteSource,
  ranges: readonly ByteRange[],
  control: Pick<JobControl, 'checkpoint' | 'progress'>,
): Promise<SecondReading> {
  const reading = new Comparison(medium, image)
  const totalBytes = ranges.reduce((sum, { startBytes, endBytes }) => sum + endBytes - startBytes, 0)
  let doneBytes = 0
  for (const { startBytes, endBytes } of ranges) {
    for (let at = startBytes; at < endBytes; ) {
      const end = Math.min(endBytes, at + TRANSFER_BYTES)
      await reading.compare(at, end)
      doneBytes += end - at
      at = end
      control.progress({ phase: 'verify', doneBytes, totalBytes, doneItems: 0, current: null })
      await control.checkpoint()
    }
  }
  return reading.result()
}

class Comparison {
  readonly #medium: SectorSource
  readonly #image: ByteSource
  readonly #fromMedium = alignedBuffer(TRANSFER_BYTES)
  readonly #fromImage = alignedBuffer(TRANSFER_BYTES)
  #differing = 0
  #unreadable = 0
  #firstDiffering: number | null = null

  constructor(medium: SectorSource, image: ByteSource) {
    this.#medium = medium
    this.#image = image
  }

  result(): SecondReading {
    return {
      isSame: this.#differing === 0 && this.#unreadable === 0,
      differingSectors: this.#differing,
      unreadableSectors: this.#unreadable,
      firstDifferingSector: this.#firstDiffering,
    }
  }

  /** In one read, or sector by sector where that fails. */
  async compare(startBytes: number, endBytes: number): Promise<void> {
    const { sectorBytes } = this.#medium
    const alignedStart = startBytes - (startBytes % sectorBytes)
    const lengthBytes = Math.ceil((endBytes - alignedStart) / sectorBytes) * sectorBytes
    const wanted = this.#fromMedium.subarray(0, Math.min(lengthBytes, this.#fromMedium.length))
    const gotEnd = alignedStart + (await readReadable(this.#medium, alignedStart, wanted))
    if (gotEnd >= endBytes) this.#compareBytes(alignedStart, startBytes, endBytes)
    else if (lengthBytes <= sectorBytes) this.#unreadable++
    else {
      for (let at = startBytes; at < endBytes; ) {
        const end = Math.min(at - (at % sectorBytes) + sectorBytes, endBytes)
        await this.compare(at, end)
        at = end
      }
    }
  }

  #compareBytes(alignedStart: number, startBytes: number, endBytes: number): void {
    const ours = this.#fromImage.subarray(0, endBytes - startBytes)
    const got = this.#image.read(startBytes, ours)
    const theirs = this.#fromMedium.subarray(startBytes - alignedStart, endBytes - alignedStart)
    if (got === ours.length && ours.equals(theirs)) return
    const { sectorBytes } = this.#medium
    for (let at = 0; at < ours.length; ) {
      const sector = Math.floor((startBytes + at) / sectorBytes)
      const end = Math.min((sector + 1) * sectorBytes - startBytes, ours.length)
      if (end > got || !ours.subarray(at, end).equals(theirs.subarray(at, end))) {
        this.#differing++
        this.#firstDiffering ??= sector
      }
      at = end
    }
  }
}
