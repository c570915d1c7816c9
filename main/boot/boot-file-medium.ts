/** What a BIOS should take a boot file for, told from its size and its first sector. */
import { readU16Le } from '../bytes/field-types.ts'
import type { BootMedia } from './boot-catalog-entries.ts'
import { floppyOfSize } from './boot-entry.ts'
import { DISK_SECTOR_BYTES } from './disk-sector.ts'
import { ACTIVE_STATUS, MBR_SIGNATURE } from './master-boot-record.ts'
import { onlyPartition } from './own-partitions.ts'

const SIGNATURE_OFFSET = 510

/** A disk's image to be emulated when it is plainly one; else `none`, a loader that knows about discs. */
export function bootMediaOf(sizeBytes: number, head: Uint8Array): BootMedia {
  if (head.length < DISK_SECTOR_BYTES || readU16Le(head, SIGNATURE_OFFSET) !== MBR_SIGNATURE) return 'none'
  return floppyOfSize(sizeBytes) ?? (isPartitionedDisk(sizeBytes, head) ? 'hard-disk' : 'none')
}

/** Code in the place of a partition table seldom looks like one partition that lies within the file. */
function isPartitionedDisk(sizeBytes: number, head: Uint8Array): boolean {
  const partition = onlyPartition(head)
  if (partition === null || partition.firstSector === 0) return false
  const endBytes = (partition.firstSector + partition.sectorCount) * DISK_SECTOR_BYTES
  return (partition.status === 0 || partition.status === ACTIVE_STATUS) && endBytes <= sizeBytes
}
