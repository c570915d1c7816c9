/** Allocation descriptors of a content in one piece: as many as 30-bit lengths make needed, in the entry and behind it. */
import { AllocationExtent, extentTypes, LongAd, maxExtentBytes, ShortAd, withType } from './allocation-descriptors.ts'
import { sealTag, type TagVersion, tagIds } from './descriptor-tag.ts'

export const UDF_BLOCK_BYTES = 2048
const MAX_EXTENT_BYTES = maxExtentBytes(UDF_BLOCK_BYTES)

export type DescriptorKind = 'short' | 'long'
const sizeOf = (kind: DescriptorKind): number => (kind === 'short' ? ShortAd.sizeBytes : LongAd.sizeBytes)

/** Blocks that hold this many bytes. */
export const blocksFor = (sizeBytes: number): number => Math.ceil(sizeBytes / UDF_BLOCK_BYTES)

/** Blocks of further descriptors behind an entry with `roomBytes` for descriptors. */
export function continuationBlocks(sizeBytes: number, kind: DescriptorKind, roomBytes: number): number {
  const descriptors = Math.ceil(sizeBytes / MAX_EXTENT_BYTES)
  const inEntry = Math.floor(roomBytes / sizeOf(kind))
  if (descriptors <= inEntry) return 0
  // The last descriptor of every block but the last leads on.
  return Math.ceil((descriptors - (inEntry - 1) - 1) / (inContinuation(kind) - 1))
}

const inContinuation = (kind: DescriptorKind): number => Math.floor((UDF_BLOCK_BYTES - AllocationExtent.sizeBytes) / sizeOf(kind))

export interface Allocation {
  readonly kind: DescriptorKind
  readonly sizeBytes: number
  /** First block of the content in the partition that it lies in. */
  readonly contentBlock: number
  readonly contentPartition: number
  /** Block of the entry in its own partition; further descriptors lie right behind it. */
  readonly entryBlock: number
  readonly entryPartition: number
  readonly tagVersion: TagVersion
}

/**
 * Writes descriptors from `at` on, into the entry that begins at `entryAt` and the blocks behind it. Gives the bytes of
 * descriptors in the entry itself.
 */
export function writeAllocation(bytes: Uint8Array, entryAt: number, at: number, allocation: Allocation): number {
  const { kind, sizeBytes, entryBlock } = allocation
  const step = sizeOf(kind)
  const left = { bytes: sizeBytes, block: allocation.contentBlock }
  let inEntryBytes = 0
  let start = at
  let end = entryAt + UDF_BLOCK_BYTES
  for (let further = 0; left.bytes > 0 || further === 0; further++) {
    let to = start
    while (left.bytes > 0 && to + step <= end) {
      const isLastRoom = to + step * 2 > end
      if (isLastRoom && left.bytes > MAX_EXTENT_BYTES) {
        const block = entryBlock + further + 1
        writeOne(bytes, to, kind, withType(UDF_BLOCK_BYTES, extentTypes.continuation), block, allocation.entryPartition)
        to += step
        break
      }
      const lengthBytes = Math.min(left.bytes, MAX_EXTENT_BYTES)
      writeOne(bytes, to, kind, lengthBytes, left.block, allocation.contentPartition)
      left.bytes -= lengthBytes
      left.block += lengthBytes / UDF_BLOCK_BYTES
      to += step
    }
    if (further === 0) inEntryBytes = to - start
    else sealContinuation(bytes, start, to, allocation, further)
    const next = entryAt + (further + 1) * UDF_BLOCK_BYTES
    start = next + AllocationExtent.sizeBytes
    end = next + UDF_BLOCK_BYTES
  }
  return inEntryBytes
}

function sealContinuation(bytes: Uint8Array, start: number, to: number, allocation: Allocation, further: number): void {
  const base = start - AllocationExtent.sizeBytes
  AllocationExtent.serialise({ previousBlock: 0, descriptorsLengthBytes: to - start }, bytes, base)
  const locationBlock = allocation.entryBlock + further
  sealTag(bytes, base, to - base, { identifier: tagIds.allocationExtent, version: allocation.tagVersion, locationBlock })
}

function writeOne(bytes: Uint8Array, at: number, kind: DescriptorKind, lengthAndType: number, block: number, partition: number): void {
  if (kind === 'short') {
    ShortAd.fields.lengthAndType.set(bytes, at, lengthAndType)
    ShortAd.fields.block.set(bytes, at, block)
  } else {
    LongAd.fields.lengthAndType.set(bytes, at, lengthAndType)
    LongAd.fields.block.set(bytes, at, block)
    LongAd.fields.partition.set(bytes, at, partition)
  }
}
