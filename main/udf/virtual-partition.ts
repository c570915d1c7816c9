/** Opens a virtual partition: its table is the last file written, so it is looked for from the end on (UDF 2.2.8, 2.2.11). */
import { MAX_UDF_TABLE_BYTES, MAX_UDF_TABLE_SEARCH_BLOCKS, TRANSFER_BYTES } from '../../shared/limits.ts'
import { readU32Le } from '../bytes/field-types.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import { RunSource } from '../bytes/run-source.ts'
import { entityNames } from './entity-identifier.ts'
import { contentOf, type FileEntryBlock, readFileEntry } from './icb-reader.ts'
import { fileTypes } from './information-control-block.ts'
import { type PhysicalPartition, VirtualPartition } from './partition.ts'
import { VirtualAllocationHeader, VirtualAllocationTrailer } from './virtual-allocation-table.ts'
import { VolumeSpace } from './volume-space.ts'

/** Null when no table is found. */
export function openVirtualPartition(space: VolumeSpace, physical: PhysicalPartition): VirtualPartition | null {
  // The table's own entry is addressed by the blocks of the partition below. What else is met on the way tells nothing.
  const below = new VolumeSpace(space.source, space.cache, space.blockBytes, new FindingLog())
  below.partitions.push(physical)
  const last = lastRecordedBlock(space, Math.min(space.imageBlocks, physical.startBlock + physical.sizeBlocks) - 1)
  const first = Math.max(physical.startBlock, last - MAX_UDF_TABLE_SEARCH_BLOCKS)
  for (let block = last; block >= first; block--) {
    const entry = readFileEntry(below, { partition: 0, block: block - physical.startBlock })
    const table = entry === null ? null : tableIn(below, entry)
    if (table !== null) return new VirtualPartition(physical, table)
  }
  return null
}

/** The last block that is not all zeros, for an image may be as long as its medium; only so much of blank tail is looked through. */
function lastRecordedBlock(space: VolumeSpace, last: number): number {
  const { source, blockBytes } = space
  const bytes = Buffer.alloc(TRANSFER_BYTES)
  for (let end = (last + 1) * blockBytes; end > 0 && space.blankBytesLeft > 0; end -= TRANSFER_BYTES) {
    space.blankBytesLeft -= TRANSFER_BYTES
    const start = Math.max(0, end - TRANSFER_BYTES)
    const got = source.read(start, bytes.subarray(0, end - start))
    for (let i = got - 1; i >= 0; i--) if (bytes[i] !== 0) return Math.floor((start + i) / blockBytes)
  }
  return last
}

function tableIn(below: VolumeSpace, entry: FileEntryBlock): Uint32Array | null {
  if (entry.fileType !== fileTypes.unspecified && entry.fileType !== fileTypes.virtualAllocationTable) return null
  const content = contentOf(below, entry)
  if (content.fault !== null || content.sizeBytes > Math.min(MAX_UDF_TABLE_BYTES, below.source.sizeBytes)) return null
  const bytes = new Uint8Array(content.sizeBytes)
  if (new RunSource(below.source, content.runs).read(0, bytes) < bytes.length) return null
  return entry.fileType === fileTypes.unspecified ? entriesBeforeTrailer(bytes) : entriesBehindHeader(bytes)
}

function entriesBeforeTrailer(bytes: Uint8Array): Uint32Array | null {
  const end = bytes.length - VirtualAllocationTrailer.sizeBytes
  if (end < 0 || VirtualAllocationTrailer.parse(bytes, end).kind.identifier !== entityNames.virtualAllocationTable) return null
  return entries(bytes, 0, end)
}

function entriesBehindHeader(bytes: Uint8Array): Uint32Array | null {
  if (bytes.length < VirtualAllocationHeader.sizeBytes) return null
  const start = VirtualAllocationHeader.fields.headerLengthBytes.get(bytes, 0)
  return start < VirtualAllocationHeader.sizeBytes || start > bytes.length ? null : entries(bytes, start, bytes.length)
}

function entries(bytes: Uint8Array, start: number, end: number): Uint32Array {
  const table = new Uint32Array(Math.floor((end - start) / 4))
  for (let i = 0; i < table.length; i++) table[i] = readU32Le(bytes, start + i * 4)
  return table
}
