/** Partitions of a logical volume: each turns its block numbers into places in the image. */

/** Blocks side by side in the image. */
export interface BlockRun {
  /** Block of the image, counted in the volume's blocks. */
  readonly imageBlock: number
  readonly count: number
}

export type PartitionKind = 'physical' | 'virtual' | 'sparable' | 'metadata'

export interface Partition {
  readonly kind: PartitionKind
  readonly sizeBlocks: number
  /** The place of `block` and how many of the `count` blocks from it on lie behind it; null when they are nowhere. */
  locate(block: number, count: number): BlockRun | null
  /** The same in a second copy of the partition; null without one. */
  locateCopy(block: number, count: number): BlockRun | null
}

/** A run of the volume's blocks (ECMA-167 3/10.5). */
export class PhysicalPartition implements Partition {
  readonly kind = 'physical'
  readonly startBlock: number
  readonly sizeBlocks: number

  constructor(startBlock: number, sizeBlocks: number) {
    this.startBlock = startBlock
    this.sizeBlocks = sizeBlocks
  }

  locate(block: number, count: number): BlockRun | null {
    if (block >= this.sizeBlocks) return null
    return { imageBlock: this.startBlock + block, count: Math.min(count, this.sizeBlocks - block) }
  }

  locateCopy(): null {
    return null
  }
}

/** A physical partition in which bad packets are replaced by others (UDF 2.2.9). */
export class SparablePartition implements Partition {
  readonly kind = 'sparable'
  readonly sizeBlocks: number
  readonly #physical: PhysicalPartition
  readonly #packetBlocks: number
  /** First block of a packet to the image's block that replaces it. */
  readonly #replaced: ReadonlyMap<number, number>

  constructor(physical: PhysicalPartition, packetBlocks: number, replaced: ReadonlyMap<number, number>) {
    this.#physical = physical
    this.sizeBlocks = physical.sizeBlocks
    this.#packetBlocks = packetBlocks
    this.#replaced = replaced
  }

  locate(block: number, count: number): BlockRun | null {
    if (this.#replaced.size === 0) return this.#physical.locate(block, count)
    if (block >= this.sizeBlocks) return null
    const within = block % this.#packetBlocks
    const replacement = this.#replaced.get(block - within)
    const inPacket = Math.min(count, this.#packetBlocks - within)
    if (replacement !== undefined) return { imageBlock: replacement + within, count: inPacket }
    return this.#physical.locate(block, inPacket)
  }

  locateCopy(): null {
    return null
  }
}

/** Blocks numbered by a table, so that write-once media can rewrite them elsewhere (UDF 2.2.8). */
export class VirtualPartition implements Partition {
  readonly kind = 'virtual'
  readonly sizeBlocks: number
  readonly #below: Partition
  readonly #table: Uint32Array

  constructor(below: Partition, table: Uint32Array) {
    this.#below = below
    this.#table = table
    this.sizeBlocks = table.length
  }

  locate(block: number, count: number): BlockRun | null {
    const first = this.#table[block]
    if (first === undefined) return null
    let together = 1
    while (together < count && this.#table[block + together] === first + together) together++
    return this.#below.locate(first, together)
  }

  locateCopy(): null {
    return null
  }
}

/** The blocks of a metadata file, with a mirror of them (UDF 2.2.13). Runs count from the partition's block 0 on. */
export class MetadataPartition implements Partition {
  readonly kind = 'metadata'
  readonly sizeBlocks: number
  readonly #main: readonly BlockRun[]
  readonly #mirror: readonly BlockRun[]

  /** At most one of them is empty. */
  constructor(main: readonly BlockRun[], mirror: readonly BlockRun[]) {
    this.#main = main.length > 0 ? main : mirror
    this.#mirror = main.length > 0 ? mirror : []
    this.sizeBlocks = this.#main.reduce((sum, run) => sum + run.count, 0)
  }

  locate(block: number, count: number): BlockRun | null {
    return locateIn(this.#main, block, count)
  }

  locateCopy(block: number, count: number): BlockRun | null {
    return locateIn(this.#mirror, block, count)
  }
}

function locateIn(runs: readonly BlockRun[], block: number, count: number): BlockRun | null {
  let first = 0
  for (const run of runs) {
    const within = block - first
    if (within < run.count) return { imageBlock: run.imageBlock + within, count: Math.min(count, run.count - within) }
    first += run.count
  }
  return null
}
