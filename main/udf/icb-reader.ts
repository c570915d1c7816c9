/** Reads file entries, following the rewritings that write-once media leave behind (ECMA-167 4/14.6 to 4/14.9, 4/14.17). */
import { MAX_UDF_FILE_BYTES, MAX_UDF_ICB_HOPS } from '../../shared/limits.ts'
import type { ContentRun } from '../bytes/run-source.ts'
import { readRuns } from './allocation-reader.ts'
import { tagIdentifier, tagIds } from './descriptor-tag.ts'
import {
  allocationKindOf,
  allocationKinds,
  ExtendedFileEntry,
  FileEntry,
  IcbTag,
  IndirectEntry,
  strategies,
} from './information-control-block.ts'
import { upTo } from './uint64.ts'
import type { BlockAddress, TaggedBlock, VolumeSpace } from './volume-space.ts'

/** A file entry as found: either form, with the bytes behind its fixed part. */
export interface FileEntryBlock {
  readonly address: BlockAddress
  readonly bytes: Uint8Array
  readonly offsetBytes: number
  readonly isExtended: boolean
  readonly fileType: number
  readonly flags: number
  /** Length of the content; null when it is beyond any real one. */
  readonly sizeBytes: number | null
  readonly attributes: Uint8Array
  /** Allocation descriptors, or the content itself. */
  readonly allocation: Uint8Array
  /** Where `allocation` begins in the block. */
  readonly allocationOffset: number
}

export interface EntryContent {
  readonly runs: readonly ContentRun[]
  /** Bytes that can be read: less than claimed when something is damaged. */
  readonly sizeBytes: number
  readonly fault: string | null
}

/** The file entry at an address, the latest when it was rewritten; null when there is none that can be believed. */
export function readFileEntry(space: VolumeSpace, start: BlockAddress): FileEntryBlock | null {
  const visited = new Set<string>()
  let latest: FileEntryBlock | null = null
  let next: BlockAddress | null = start
  while (next !== null) {
    const key = `${next.partition}:${next.block}`
    if (visited.has(key) || visited.size > MAX_UDF_ICB_HOPS) {
      const message = 'The versions of a file entry lead round in a circle; the last one found was used.'
      space.findings.add('udf-icb-loop', 'damaged', message, { offsetBytes: latest?.offsetBytes, clause: 'ECMA-167 4/14.7' })
      return latest
    }
    visited.add(key)
    const found = space.taggedBlock(next)
    if (found === null || found.verdict === 'none') return latest
    if (tagIdentifier(found.bytes) === tagIds.indirectEntry) {
      next = indirectTarget(found)
      continue
    }
    const entry = fileEntryIn(space, next, found)
    if (entry === null) return latest
    latest = entry
    next = strategyOf(entry) === strategies.writeOnce ? laterVersion(space, next) : null
  }
  return latest
}

/** Write-once media: the block behind a file entry leads to the next version, once there is one. */
function laterVersion(space: VolumeSpace, { partition, block }: BlockAddress): BlockAddress | null {
  const behind = space.taggedBlock({ partition, block: block + 1 })
  if (behind?.verdict !== 'sound' || tagIdentifier(behind.bytes) !== tagIds.indirectEntry) return null
  return indirectTarget(behind)
}

function indirectTarget({ bytes }: TaggedBlock): BlockAddress | null {
  if (bytes.length < IndirectEntry.sizeBytes) return null
  const { lengthAndType, partition, block } = IndirectEntry.fields.indirectIcb.get(bytes, 0)
  return lengthAndType === 0 ? null : { partition, block }
}

const strategyOf = (entry: FileEntryBlock): number => IcbTag.fields.strategyType.get(entry.bytes, FileEntry.fields.icbTag.offset)

function fileEntryIn(space: VolumeSpace, address: BlockAddress, { bytes, offsetBytes, verdict }: TaggedBlock): FileEntryBlock | null {
  const identifier = tagIdentifier(bytes)
  const isExtended = identifier === tagIds.extendedFileEntry
  if (!isExtended && identifier !== tagIds.fileEntry) return null
  const declared = isExtended ? ExtendedFileEntry : FileEntry
  if (bytes.length < declared.sizeBytes) return null
  noteVerdict(space, verdict, offsetBytes)
  const { fields } = declared
  const icbTag = fields.icbTag.offset
  const attributesStart = declared.sizeBytes
  const attributesEnd = Math.min(bytes.length, attributesStart + fields.extendedAttributesLengthBytes.get(bytes, 0))
  return {
    address,
    bytes,
    offsetBytes,
    isExtended,
    fileType: IcbTag.fields.fileType.get(bytes, icbTag),
    flags: IcbTag.fields.flags.get(bytes, icbTag),
    sizeBytes: upTo(fields.informationLengthBytes.get(bytes, 0), MAX_UDF_FILE_BYTES),
    attributes: bytes.subarray(attributesStart, attributesEnd),
    allocation: bytes.subarray(attributesEnd, attributesEnd + fields.allocationDescriptorsLengthBytes.get(bytes, 0)),
    allocationOffset: attributesEnd,
  }
}

function noteVerdict(space: VolumeSpace, verdict: TaggedBlock['verdict'], offsetBytes: number): void {
  if (verdict === 'misplaced') {
    const message = 'A file entry says that it belongs in another block.'
    space.findings.add('udf-entry-misplaced', 'note', message, { offsetBytes, clause: 'ECMA-167 4/7.2.8' })
  } else if (verdict === 'altered') {
    const message = 'A file entry was altered after it was written: its check sum does not fit.'
    space.findings.add('udf-entry-altered', 'damaged', message, { offsetBytes, clause: 'ECMA-167 4/7.2.6' })
  }
}

/** The content of a file entry as runs; `fromCopy` takes the second copy of the metadata partition where there is one. */
export function contentOf(space: VolumeSpace, entry: FileEntryBlock, fromCopy = false): EntryContent {
  const { sizeBytes, allocation } = entry
  if (sizeBytes === null) return { runs: [], sizeBytes: 0, fault: 'Its length is beyond anything a disc can hold.' }
  const kind = allocationKindOf(entry.flags)
  if (kind === allocationKinds.embedded) {
    const lengthBytes = Math.min(sizeBytes, allocation.length)
    const runs = lengthBytes === 0 ? [] : [{ offsetBytes: entry.offsetBytes + entry.allocationOffset, lengthBytes }]
    return { runs, sizeBytes: lengthBytes, fault: lengthBytes < sizeBytes ? 'Its content is longer than its entry has room for.' : null }
  }
  if (kind > allocationKinds.embedded) return { runs: [], sizeBytes: 0, fault: 'Its allocation descriptors are of no known kind.' }
  return readRuns(space, { kind, descriptors: allocation, owner: entry.address, sizeBytes }, fromCopy)
}
