/** Follows the allocation descriptors of a file to the bytes of the image (ECMA-167 4/12, 4/14.14). */
import { MAX_UDF_ALLOCATION_HOPS, MAX_UDF_FILE_PIECES, MAX_UDF_LONG_ALLOCATIONS } from '../../shared/limits.ts'
import type { ContentRun } from '../bytes/run-source.ts'
import { AllocationExtent, ExtendedAd, extentLengthBytes, extentType, extentTypes, LongAd, ShortAd } from './allocation-descriptors.ts'
import type { Runs } from './content-runs.ts'
import { tagIdentifier, tagIds } from './descriptor-tag.ts'
import { allocationKinds } from './information-control-block.ts'
import type { BlockAddress, VolumeSpace } from './volume-space.ts'

/** One descriptor, whichever kind it is of. */
interface Allocation {
  readonly type: number
  readonly lengthBytes: number
  readonly address: BlockAddress
}

const KINDS = new Map([
  [allocationKinds.short as number, { sizeBytes: ShortAd.sizeBytes, read: readShort }],
  [allocationKinds.long, { sizeBytes: LongAd.sizeBytes, read: readLong }],
  [allocationKinds.extended, { sizeBytes: ExtendedAd.sizeBytes, read: readExtended }],
])

/** Descriptors as they stand in a file entry. */
export interface AllocationList {
  /** One of `allocationKinds` besides `embedded`. */
  readonly kind: number
  readonly descriptors: Uint8Array
  /** Of the file entry. */
  readonly owner: BlockAddress
  /** Bytes that the file claims. */
  readonly sizeBytes: number
}

/** The runs of a file; a second copy of the metadata partition is taken for those that lie in it with `fromCopy`. */
export function readRuns(space: VolumeSpace, list: AllocationList, fromCopy = false): Runs {
  const key = `${list.owner.partition}:${list.owner.block}:${fromCopy}`
  const known = space.longAllocations.get(key)
  if (known !== undefined) return known
  const reading = new RunReading(space, list, fromCopy)
  const runs = reading.run()
  // A million names may stand for one file with ten thousand blocks of descriptors: those are followed once.
  if (reading.hasContinuation && space.longAllocations.size < MAX_UDF_LONG_ALLOCATIONS) space.longAllocations.set(key, runs)
  return runs
}

class RunReading {
  readonly #space: VolumeSpace
  readonly #list: AllocationList
  readonly #fromCopy: boolean
  readonly #runs: ContentRun[] = []
  #sizeBytes = 0
  /** Pieces besides the first of each extent: partitions with tables can tear an extent apart. */
  #pieces = 0
  readonly #maxPieces: number
  hasContinuation = false

  constructor(space: VolumeSpace, list: AllocationList, fromCopy: boolean) {
    this.#space = space
    this.#list = list
    this.#fromCopy = fromCopy
    this.#maxPieces = Math.min(MAX_UDF_FILE_PIECES, space.imageBlocks)
  }

  run(): Runs {
    const visited = new Set<string>()
    let descriptors: Uint8Array | null = this.#list.descriptors
    let lastBlock = -1
    let fault: string | null = null
    while (descriptors !== null && this.#sizeBytes < this.#list.sizeBytes) {
      const next = this.#take(descriptors)
      descriptors = null
      if (this.#pieces > this.#maxPieces) fault = 'It is scattered over more pieces than any file is.'
      if (next === null || fault !== null) break
      this.hasContinuation = true
      const key = `${next.partition}:${next.block}`
      const isRunaway =
        visited.size >= MAX_UDF_ALLOCATION_HOPS.rising || (visited.size >= MAX_UDF_ALLOCATION_HOPS.anyOrder && next.block <= lastBlock)
      if (visited.has(key) || isRunaway) fault = 'Its allocation descriptors lead round in a circle.'
      else if (this.#isOfAnother(key)) fault = 'Its allocation descriptors are those of another file.'
      else descriptors = this.#continuation(next)
      if (descriptors === null) fault ??= 'A block of its allocation descriptors is damaged.'
      visited.add(key)
      lastBlock = next.block
    }
    if (this.#sizeBytes < this.#list.sizeBytes) fault ??= 'Its allocation descriptors cover less than its length.'
    return { runs: this.#runs, sizeBytes: this.#sizeBytes, fault }
  }

  /** Takes descriptors up to their end; gives where more of them are. */
  #take(descriptors: Uint8Array): BlockAddress | null {
    const kind = KINDS.get(this.#list.kind)
    if (kind === undefined) return null
    for (let at = 0; at + kind.sizeBytes <= descriptors.length && this.#pieces <= this.#maxPieces; at += kind.sizeBytes) {
      const { type, lengthBytes, address } = kind.read(descriptors, at, this.#list.owner.partition)
      if (lengthBytes === 0) return null
      if (type === extentTypes.continuation) return address
      const wanted = Math.min(lengthBytes, this.#list.sizeBytes - this.#sizeBytes)
      if (wanted === 0) return null
      if (type === extentTypes.recorded) this.#recorded(address, wanted)
      else this.#add(null, wanted)
    }
    return null
  }

  #recorded(address: BlockAddress, lengthBytes: number): void {
    const { blockBytes, source, partitions } = this.#space
    const partition = partitions[address.partition]
    let block = address.block
    let leftBytes = lengthBytes
    for (let first = true; leftBytes > 0 && this.#pieces <= this.#maxPieces; first = false) {
      if (!first) this.#pieces++
      const count = Math.ceil(leftBytes / blockBytes)
      const copy = this.#fromCopy ? partition?.locateCopy(block, count) : null
      const run = copy ?? partition?.locate(block, count) ?? null
      // What is nowhere is taken to lie behind the end, so that reading it fails instead of giving zeros.
      const runBytes = run === null ? leftBytes : Math.min(leftBytes, run.count * blockBytes)
      this.#add(run === null ? source.sizeBytes : run.imageBlock * blockBytes, runBytes)
      leftBytes -= runBytes
      block += run?.count ?? 0
    }
  }

  #add(offsetBytes: number | null, lengthBytes: number): void {
    this.#sizeBytes += lengthBytes
    const last = this.#runs.at(-1)
    const joins = last !== undefined && (offsetBytes === null ? last.offsetBytes === null : endOf(last) === offsetBytes)
    if (joins) this.#runs[this.#runs.length - 1] = { offsetBytes: last.offsetBytes, lengthBytes: last.lengthBytes + lengthBytes }
    else this.#runs.push({ offsetBytes, lengthBytes })
  }

  /** Whether the file entry of another file leads to the same block of descriptors. */
  #isOfAnother(key: string): boolean {
    const { partition, block } = this.#list.owner
    const owner = `${partition}:${block}`
    const known = this.#space.allocationOwners.get(key)
    if (known === undefined) this.#space.allocationOwners.set(key, owner)
    return known !== undefined && known !== owner
  }

  /** The descriptors in an allocation extent; null when it is none. */
  #continuation(address: BlockAddress): Uint8Array | null {
    const found = this.#space.taggedBlock(address)
    if (found === null || found.verdict === 'none' || found.bytes.length < AllocationExtent.sizeBytes) return null
    if (tagIdentifier(found.bytes) !== tagIds.allocationExtent) return null
    const start = AllocationExtent.sizeBytes
    return found.bytes.subarray(start, start + AllocationExtent.parse(found.bytes).descriptorsLengthBytes)
  }
}

const endOf = (run: ContentRun): number | null => (run.offsetBytes === null ? null : run.offsetBytes + run.lengthBytes)

function readShort(bytes: Uint8Array, at: number, partition: number): Allocation {
  const lengthAndType = ShortAd.fields.lengthAndType.get(bytes, at)
  const address = { partition, block: ShortAd.fields.block.get(bytes, at) }
  return { type: extentType(lengthAndType), lengthBytes: extentLengthBytes(lengthAndType), address }
}

function readLong(bytes: Uint8Array, at: number): Allocation {
  const lengthAndType = LongAd.fields.lengthAndType.get(bytes, at)
  const address = { partition: LongAd.fields.partition.get(bytes, at), block: LongAd.fields.block.get(bytes, at) }
  return { type: extentType(lengthAndType), lengthBytes: extentLengthBytes(lengthAndType), address }
}

function readExtended(bytes: Uint8Array, at: number): Allocation {
  const lengthAndType = ExtendedAd.fields.lengthAndType.get(bytes, at)
  const informationBytes = ExtendedAd.fields.informationLengthBytes.get(bytes, at)
  const address = { partition: ExtendedAd.fields.partition.get(bytes, at), block: ExtendedAd.fields.block.get(bytes, at) }
  const lengthBytes = extentLengthBytes(lengthAndType)
  return { type: extentType(lengthAndType), lengthBytes: Math.min(lengthBytes, informationBytes || lengthBytes), address }
}
