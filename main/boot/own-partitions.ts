/** The partitions of an emulated hard disk: El Torito wants exactly one, which is no extended one. */
import { DISK_SECTOR_BYTES } from './disk-sector.ts'
import { extendedTypes, MasterBootRecord, MBR_PARTITIONS, MBR_SIGNATURE, MbrPartitionEntry, mbrTypes } from './master-boot-record.ts'

type Partition = ReturnType<typeof MbrPartitionEntry.parse>

/** Partitions in the MBR that a boot image begins with; none when it begins with something else. */
export function ownPartitions(head: Uint8Array): Partition[] {
  if (head.length < DISK_SECTOR_BYTES || MasterBootRecord.fields.signature.get(head, 0) !== MBR_SIGNATURE) return []
  const table = MasterBootRecord.fields.partitions.get(head, 0)
  const entries = Array.from({ length: MBR_PARTITIONS }, (_, i) => MbrPartitionEntry.parse(table, i * MbrPartitionEntry.sizeBytes))
  return entries.filter((entry) => entry.type !== mbrTypes.empty && entry.sectorCount > 0)
}

/** The one partition; null when there is none, or more. */
export function onlyPartition(head: Uint8Array): Partition | null {
  const [first, second] = ownPartitions(head)
  return first === undefined || second !== undefined || extendedTypes.includes(first.type) ? null : first
}
