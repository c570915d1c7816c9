/** Partition tables in an image's first blocks: what hybrid images have so that they start from a stick as well. */
import type { ByteSource } from '../bytes/byte-source.ts'
import type { FindingLog } from '../bytes/finding-log.ts'
import { type ApplePartitionTable, readApplePartitions } from './apple-partition-reader.ts'
import { type GuidTable, readGuidTable } from './gpt-reader.ts'
import { type MbrTable, readMbr } from './mbr-reader.ts'
import type { PartitionExtent } from './partition-checks.ts'

export interface PartitionTables {
  readonly mbr: MbrTable | null
  readonly gpt: GuidTable | null
  readonly apple: ApplePartitionTable | null
}

/**
 * All partition tables there are; each is null where the image has none. They are shown as they are recorded: nothing
 * is ever written at a place that only they name. Never throws for what the image says.
 */
export function readPartitionTables(source: ByteSource, findings: FindingLog): PartitionTables {
  const gpt = readGuidTable(source, findings)
  return { mbr: readMbr(source, gpt !== null, findings), gpt, apple: readApplePartitions(source, findings) }
}

/** Where the partitions of all tables are in the image, as far as their tables are whole. */
export function partitionExtents({ gpt, mbr, apple }: PartitionTables): PartitionExtent[] {
  const partitions: PartitionExtent[] = [...(gpt?.partitions ?? []), ...(mbr?.partitions ?? []), ...(apple?.partitions ?? [])]
  return partitions.filter(({ sizeBytes }) => sizeBytes > 0)
}
