/** Reads a stretch of a medium into its image and notes in the map what came of it. */
import { readReadable, type SectorSource } from '../../bytes/sector-source.ts'
import type { BlockStatus, RescueMap } from './rescue-map.ts'

export interface RescueTarget {
  /** Takes bytes of the medium at their place; must have used them when it returns. */
  write(offsetBytes: number, bytes: Uint8Array): void
}

export interface RescueParts {
  readonly source: SectorSource
  readonly target: RescueTarget
  readonly map: RescueMap
  /** Milliseconds of a clock that runs evenly. */
  readonly nowMs: () => number
  /** Called after each read; what it throws stops the rescue. */
  readonly turn: (at: ReadMoment) => Promise<void> | undefined
}

/** A read that was just done, up to where it got. */
export interface ReadMoment {
  readonly startBytes: number
  readonly positionBytes: number
  readonly tookMs: number
}

export interface ReadOutcome {
  /** Whether every byte was read. */
  readonly isWhole: boolean
  readonly tookMs: number
}

export class RescueReader {
  readonly map: RescueMap
  readonly sectorBytes: number
  readonly #parts: RescueParts
  readonly #buffer: Buffer

  /** `buffer` bounds a read; it holds whole sectors. */
  constructor(parts: RescueParts, buffer: Buffer) {
    this.#parts = parts
    this.#buffer = buffer
    this.map = parts.map
    this.sectorBytes = parts.source.sectorBytes
  }

  get largestReadBytes(): number {
    return this.#buffer.length
  }

  nowMs(): number {
    return this.#parts.nowMs()
  }

  /**
   * Tries a stretch once, widened to whole sectors. What was read is `finished`; what was not becomes `otherwise`, and is
   * not tried again here. Rejects with a Problem when the medium is gone or the image can't be written.
   */
  async read(startBytes: number, endBytes: number, otherwise: BlockStatus): Promise<ReadOutcome> {
    const { target, map } = this.#parts
    const startedMs = this.nowMs()
    const alignedEnd = this.sectorEnd(endBytes - 1)
    let at = this.sectorStart(startBytes)
    for (let isGood = true; isGood && at < alignedEnd; ) {
      const wantedBytes = Math.min(alignedEnd - at, this.#buffer.length)
      const got = Math.min(await this.#tryRead(at, wantedBytes), wantedBytes)
      if (got > 0) {
        target.write(at, this.#buffer.subarray(0, got))
        map.mark(at, at + got, 'finished')
        at += got
      }
      isGood = got === wantedBytes
    }
    if (at < endBytes) map.mark(Math.max(at, startBytes), endBytes, otherwise)
    const outcome = { isWhole: at >= endBytes, tookMs: this.nowMs() - startedMs }
    await this.#parts.turn({ startBytes: this.sectorStart(startBytes), positionBytes: at, tookMs: outcome.tookMs })
    return outcome
  }

  /** The sector that a byte is in, up to the end of the stretch that is meant. */
  readSector(startBytes: number, stretchEndBytes: number, otherwise: BlockStatus): Promise<ReadOutcome> {
    return this.read(startBytes, Math.min(this.sectorEnd(startBytes), stretchEndBytes), otherwise)
  }

  /** Where the sector of a byte starts. */
  sectorStart(byte: number): number {
    return byte - (byte % this.sectorBytes)
  }

  /** One past the last byte of the sector of a byte. */
  sectorEnd(byte: number): number {
    return Math.min(this.sectorStart(byte) + this.sectorBytes, this.map.sizeBytes)
  }

  /** Gives the bytes read. A kernel may give those before a bad sector without an error, and none where it thinks the medium ends. */
  #tryRead(offsetBytes: number, lengthBytes: number): Promise<number> {
    const wholeBytes = Math.ceil(lengthBytes / this.sectorBytes) * this.sectorBytes
    return readReadable(this.#parts.source, offsetBytes, this.#buffer.subarray(0, wholeBytes))
  }
}
