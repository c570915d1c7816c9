/** Reads the Apple partition map, which hybrid images for Macs have in the first blocks. */
import { MAX_APPLE_PARTITIONS } from '../../shared/limits.ts'
import type { ByteSource } from '../bytes/byte-source.ts'
import { readUpTo } from '../bytes/byte-source.ts'
import type { FindingLog } from '../bytes/finding-log.ts'
import { ApplePartitionEntry, DRIVER_DESCRIPTOR_SIGNATURE, DriverDescriptor, PARTITION_MAP_SIGNATURE } from './apple-partition-map.ts'
import { BLOCK_BYTES, DISK_SECTOR_BYTES } from './disk-sector.ts'
import { fixedText } from './fixed-text.ts'
import { notePastEnd, type PartitionExtent } from './partition-checks.ts'

export interface ApplePartition extends PartitionExtent {
  readonly name: string
  readonly type: string
  readonly firstBlock: number
  readonly blockCount: number
}

export interface ApplePartitionTable {
  readonly blockBytes: number
  readonly partitions: readonly ApplePartition[]
}

const CLAUSE = 'Inside Macintosh: Devices 3-26'

/** The map; null when the image has none. */
export function readApplePartitions(source: ByteSource, findings: FindingLog): ApplePartitionTable | null {
  const head = readUpTo(source, 0, DriverDescriptor.sizeBytes)
  if (head.length < DriverDescriptor.sizeBytes) return null
  const driver = DriverDescriptor.parse(head)
  const hasDriver = driver.signature === DRIVER_DESCRIPTOR_SIGNATURE
  // Boot code in the same bytes can spoil the block size, and isolinux' code stands for the whole descriptor.
  const sizes = [...(hasDriver ? [driver.blockBytes] : []), BLOCK_BYTES, DISK_SECTOR_BYTES]
  const blockBytes = sizes.find((size) => size >= DISK_SECTOR_BYTES && size <= BLOCK_BYTES && readEntry(source, 1, size) !== null)
  if (blockBytes === undefined) return null
  const partitions = readEntries(source, blockBytes, findings)
  notePastEnd(partitions, source.sizeBytes, 'Apple partition map', 'apple', findings)
  return { blockBytes, partitions }
}

function readEntry(source: ByteSource, block: number, blockBytes: number) {
  const bytes = readUpTo(source, block * blockBytes, ApplePartitionEntry.sizeBytes)
  if (bytes.length < ApplePartitionEntry.sizeBytes) return null
  const entry = ApplePartitionEntry.parse(bytes)
  return entry.signature === PARTITION_MAP_SIGNATURE ? entry : null
}

function readEntries(source: ByteSource, blockBytes: number, findings: FindingLog): ApplePartition[] {
  const partitions: ApplePartition[] = []
  const claimed = readEntry(source, 1, blockBytes)?.mapEntryCount ?? 0
  for (let number = 1; number <= Math.min(claimed, MAX_APPLE_PARTITIONS); number++) {
    const entry = readEntry(source, number, blockBytes)
    if (entry === null) break
    partitions.push({
      number,
      name: fixedText(entry.name),
      type: fixedText(entry.type),
      firstBlock: entry.firstBlock,
      blockCount: entry.blockCount,
      startBytes: entry.firstBlock * blockBytes,
      sizeBytes: entry.blockCount * blockBytes,
    })
  }
  if (partitions.length !== claimed) {
    const message = `The Apple partition map claims ${claimed} entries, but ${partitions.length} were read.`
    findings.add('apple-entry-count', 'note', message, { offsetBytes: blockBytes, clause: CLAUSE })
  }
  return partitions
}
