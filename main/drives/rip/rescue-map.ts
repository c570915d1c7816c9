/** Which bytes of a medium were read, and how far the others were tried: GNU ddrescue's model (its manual, chapter 4). */
import { InternalProblem } from '../../bytes/internal-problem.ts'

/** In the order in which bytes go through them; `finished` bytes were read. */
export const blockStatuses = ['non-tried', 'non-trimmed', 'non-scraped', 'bad-sector', 'finished'] as const
export type BlockStatus = (typeof blockStatuses)[number]

export interface ByteRange {
  readonly startBytes: number
  /** One past the last byte. */
  readonly endBytes: number
}

export interface MapBlock extends ByteRange {
  readonly status: BlockStatus
}

/** Every byte from 0 to the medium's size has one status; neighbours of the same status are one block. */
export class RescueMap {
  /** Where each block starts; it ends where the next starts. */
  readonly #starts: number[]
  readonly #statuses: BlockStatus[]
  readonly #sizeBytes: number
  readonly #bytesOf = new Map<BlockStatus, number>()

  private constructor(starts: number[], statuses: BlockStatus[], sizeBytes: number) {
    this.#starts = starts
    this.#statuses = statuses
    this.#sizeBytes = sizeBytes
    for (const { startBytes, endBytes, status } of this.blocks()) this.#count(status, endBytes - startBytes)
  }

  /** A medium of which nothing was tried. */
  static untried(sizeBytes: number): RescueMap {
    return new RescueMap([0], ['non-tried'], sizeBytes)
  }

  /** From blocks that follow each other from byte 0 on. */
  static of(blocks: readonly MapBlock[]): RescueMap {
    const starts: number[] = []
    const statuses: BlockStatus[] = []
    let endBytes = 0
    for (const block of blocks) {
      if (block.startBytes !== endBytes || block.endBytes < block.startBytes) throw new InternalProblem('blocks of a map have a gap')
      endBytes = block.endBytes
      if (block.endBytes === block.startBytes || statuses.at(-1) === block.status) continue
      starts.push(block.startBytes)
      statuses.push(block.status)
    }
    return new RescueMap(starts, statuses, endBytes)
  }

  /** The same map for a medium of at least this size; what is added was not tried. */
  extendedTo(sizeBytes: number): RescueMap {
    if (sizeBytes <= this.#sizeBytes) return this
    return RescueMap.of([...this.blocks(), { startBytes: this.#sizeBytes, endBytes: sizeBytes, status: 'non-tried' }])
  }

  get sizeBytes(): number {
    return this.#sizeBytes
  }

  get blockCount(): number {
    return this.#starts.length
  }

  /** How many bytes have this status. */
  bytesOf(status: BlockStatus): number {
    return this.#bytesOf.get(status) ?? 0
  }

  get unreadBytes(): number {
    return this.#sizeBytes - this.bytesOf('finished')
  }

  *blocks(): Generator<MapBlock, void, undefined> {
    for (let i = 0; i < this.#starts.length; i++) yield this.#block(i)
  }

  /** Ranges of everything that was not read, joined. */
  unreadRanges(): ByteRange[] {
    const ranges: ByteRange[] = []
    for (const { startBytes, endBytes, status } of this.blocks()) {
      if (status === 'finished') continue
      const last = ranges.at(-1)
      if (last?.endBytes === startBytes) ranges[ranges.length - 1] = { startBytes: last.startBytes, endBytes }
      else ranges.push({ startBytes, endBytes })
    }
    return ranges
  }

  /** The first stretch of a status at or after a byte, cut to begin there; null when there is none. */
  firstFrom(status: BlockStatus, fromBytes: number): ByteRange | null {
    if (fromBytes >= this.#sizeBytes || this.bytesOf(status) === 0) return null
    for (let i = this.#indexAt(fromBytes); i < this.#starts.length; i++) {
      if (this.#statuses[i] !== status) continue
      const { startBytes, endBytes } = this.#block(i)
      return { startBytes: Math.max(startBytes, fromBytes), endBytes }
    }
    return null
  }

  /** The last stretch of a status before a byte, cut to end there; null when there is none. */
  lastBefore(status: BlockStatus, beforeBytes: number): ByteRange | null {
    if (beforeBytes <= 0 || this.bytesOf(status) === 0) return null
    for (let i = this.#indexAt(Math.min(beforeBytes, this.#sizeBytes) - 1); i >= 0; i--) {
      if (this.#statuses[i] !== status) continue
      const { startBytes, endBytes } = this.#block(i)
      return { startBytes, endBytes: Math.min(endBytes, beforeBytes) }
    }
    return null
  }

  statusAt(byte: number): BlockStatus {
    return this.#statuses[this.#indexAt(byte)] as BlockStatus
  }

  /** Gives a range one status. */
  mark(startBytes: number, endBytes: number, status: BlockStatus): void {
    if (startBytes >= endBytes) return
    if (startBytes < 0 || endBytes > this.#sizeBytes) throw new InternalProblem(`${startBytes} to ${endBytes} is outside the map`)
    const first = this.#indexAt(startBytes)
    const last = this.#indexAt(endBytes - 1)
    for (let i = first; i <= last; i++) {
      const block = this.#block(i)
      this.#count(block.status, -(Math.min(block.endBytes, endBytes) - Math.max(block.startBytes, startBytes)))
    }
    this.#count(status, endBytes - startBytes)
    this.#replace(first, last, { startBytes, endBytes, status })
  }

  /** Puts a block in the place of all from `first` to `last`, keeping what sticks out and joining what is alike. */
  #replace(first: number, last: number, { startBytes, endBytes, status }: MapBlock): void {
    const before = this.#block(first)
    const after = this.#block(last)
    const starts: number[] = []
    const statuses: BlockStatus[] = []
    const add = (start: number, kind: BlockStatus) => {
      if (statuses.at(-1) === kind) return
      starts.push(start)
      statuses.push(kind)
    }
    const from = before.startBytes === startBytes && first > 0 ? first - 1 : first
    const to = after.endBytes === endBytes && last + 1 < this.#starts.length ? last + 1 : last
    if (from < first) add(this.#starts[from] as number, this.#statuses[from] as BlockStatus)
    if (before.startBytes < startBytes) add(before.startBytes, before.status)
    add(startBytes, status)
    if (endBytes < after.endBytes) add(endBytes, after.status)
    if (to > last) add(this.#starts[to] as number, this.#statuses[to] as BlockStatus)
    this.#starts.splice(from, to - from + 1, ...starts)
    this.#statuses.splice(from, to - from + 1, ...statuses)
  }

  #block(index: number): MapBlock {
    return {
      startBytes: this.#starts[index] as number,
      endBytes: this.#starts[index + 1] ?? this.#sizeBytes,
      status: this.#statuses[index] as BlockStatus,
    }
  }

  #count(status: BlockStatus, bytes: number): void {
    this.#bytesOf.set(status, this.bytesOf(status) + bytes)
  }

  /** The block that holds a byte, by halving. */
  #indexAt(byte: number): number {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if ((this.#starts[middle] as number) <= byte) low = middle
      else high = middle - 1
    }
    return low
  }
}
