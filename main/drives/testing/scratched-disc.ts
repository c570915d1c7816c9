import { MediumFault, mediumGone, type SectorSource } from '../../bytes/sector-source.ts'

const SECTOR_BYTES = 2048

export interface Scratches {
  /** Sectors that can never be read. */
  readonly bad?: Iterable<number>
  /** Sectors that are readable from the n-th try on. */
  readonly weak?: ReadonlyMap<number, number>
  /** Milliseconds that a read over such a sector takes. */
  readonly slow?: ReadonlyMap<number, number>
  /** Milliseconds that a failing read takes. */
  readonly failMs?: number
  /** What a kernel's cache does: a read over a bad sector gives those before it, and no error. */
  readonly readsShort?: boolean
  /** The disc is pulled out at this read, counted from 1. */
  readonly goneAtRead?: number
  /** Sectors that the drive counts but the medium does not have. */
  readonly sectorsBehindTheEnd?: number
}

/** A disc in memory with faults, which counts how it is treated. Its clock only moves while it reads. */
export class ScratchedDisc implements SectorSource {
  readonly name = 'the test disc'
  readonly sectorBytes = SECTOR_BYTES
  readonly sizeBytes: number
  readonly #content: Uint8Array
  readonly #scratches: Scratches
  readonly #bad: ReadonlySet<number>
  readonly #tries = new Map<number, number>()
  clockMs = 0
  /** Each read: first sector and count. */
  readonly reads: [number, number][] = []

  constructor(content: Uint8Array, scratches: Scratches = {}) {
    this.#content = content
    this.#scratches = scratches
    this.#bad = new Set(scratches.bad)
    this.sizeBytes = content.length + (scratches.sectorsBehindTheEnd ?? 0) * SECTOR_BYTES
  }

  readonly nowMs = (): number => this.clockMs

  async read(offsetBytes: number, target: Uint8Array): Promise<number> {
    if (offsetBytes % SECTOR_BYTES !== 0 || target.length % SECTOR_BYTES !== 0) throw new Error('not whole sectors')
    const first = offsetBytes / SECTOR_BYTES
    const count = target.length / SECTOR_BYTES
    this.reads.push([first, count])
    if (this.#scratches.goneAtRead !== undefined && this.reads.length >= this.#scratches.goneAtRead) throw mediumGone(this.name)
    this.clockMs += 1
    for (let sector = first; sector < first + count; sector++) {
      this.clockMs += this.#scratches.slow?.get(sector) ?? 0
      if (!this.#fails(sector)) continue
      this.clockMs += this.#scratches.failMs ?? 0
      if (!this.#scratches.readsShort || sector === first) throw new MediumFault('ENODATA')
      return this.#copy(offsetBytes, target.subarray(0, (sector - first) * SECTOR_BYTES))
    }
    return this.#copy(offsetBytes, target)
  }

  close(): void {}

  #fails(sector: number): boolean {
    if (sector * SECTOR_BYTES >= this.#content.length) return sector * SECTOR_BYTES < this.sizeBytes
    if (this.#bad.has(sector)) return true
    const needed = this.#scratches.weak?.get(sector)
    if (needed === undefined) return false
    const tries = (this.#tries.get(sector) ?? 0) + 1
    this.#tries.set(sector, tries)
    return tries < needed
  }

  #copy(offsetBytes: number, target: Uint8Array): number {
    const part = this.#content.subarray(offsetBytes, offsetBytes + target.length)
    target.set(part)
    return part.length
  }
}
