/** Reads the master boot record. */
import type { ByteSource } from '../bytes/byte-source.ts'
import { readUpTo } from '../bytes/byte-source.ts'
import type { FindingLog } from '../bytes/finding-log.ts'
import type { ChsAddress } from './disk-geometry.ts'
import { DISK_SECTOR_BYTES } from './disk-sector.ts'
import { ACTIVE_STATUS, MasterBootRecord, MBR_PARTITIONS, MBR_SIGNATURE, MbrPartitionEntry, mbrTypes } from './master-boot-record.ts'
import { bootImageLbaOf, type MbrCodeKind, mbrCodeKind } from './mbr-template.ts'
import { noteOverlaps, notePastEnd, type PartitionExtent } from './partition-checks.ts'

export interface MbrPartition extends PartitionExtent {
  readonly isActive: boolean
  readonly type: number
  readonly firstSector: number
  readonly sectorCount: number
  readonly firstChs: ChsAddress
  readonly lastChs: ChsAddress
}

export interface MbrTable {
  readonly diskId: number
  /** `unknown` is code of another loader, `none` nothing but zeros. */
  readonly bootCode: MbrCodeKind | 'unknown' | 'none'
  /** Block of the image that known boot code starts. */
  readonly bootImageLba: number | null
  /** Only says that a GUID partition table follows. */
  readonly isProtective: boolean
  /** Entries in use, as recorded. */
  readonly partitions: readonly MbrPartition[]
}

const CLAUSE = 'UEFI 2.10, 5.2'
const ENTRY_BYTES = MbrPartitionEntry.sizeBytes

/** The master boot record; null when the first sector is none. */
export function readMbr(source: ByteSource, hasGpt: boolean, findings: FindingLog): MbrTable | null {
  const sector = readUpTo(source, 0, DISK_SECTOR_BYTES)
  if (sector.length < DISK_SECTOR_BYTES) return null
  const record = MasterBootRecord.parse(sector)
  if (record.signature !== MBR_SIGNATURE) return null
  const partitions = readPartitions(record.partitions, findings)
  const protective = partitions.filter(({ type }) => type === mbrTypes.protective)
  if (protective.length > 0 && !hasGpt) {
    const message = 'The master boot record says that a GUID partition table follows, but there is none.'
    findings.add('mbr-protective-without-gpt', 'note', message, { offsetBytes: 0, clause: 'UEFI 2.10, 5.2.3' })
  }
  // A protective entry covers whatever a disk may have, and types of 0 are no partitions, but marks for old firmware.
  const real = partitions.filter(({ type }) => type !== mbrTypes.protective && type !== mbrTypes.empty)
  notePastEnd(real, source.sizeBytes, 'master boot record', 'mbr', findings)
  noteOverlaps(real, 'master boot record', 'mbr', findings)
  const kind = mbrCodeKind(sector)
  return {
    diskId: record.diskId,
    bootCode: kind ?? (record.bootCode.some((byte) => byte !== 0) ? 'unknown' : 'none'),
    bootImageLba: kind === null ? null : bootImageLbaOf(kind, sector),
    isProtective: protective.length > 0,
    partitions,
  }
}

function readPartitions(table: Uint8Array, findings: FindingLog): MbrPartition[] {
  const partitions: MbrPartition[] = []
  for (let i = 0; i < MBR_PARTITIONS; i++) {
    const entry = MbrPartitionEntry.parse(table, i * ENTRY_BYTES)
    const place = { offsetBytes: MasterBootRecord.fields.partitions.offset + i * ENTRY_BYTES, clause: CLAUSE }
    if (entry.status !== 0 && entry.status !== ACTIVE_STATUS) {
      findings.add('mbr-status', 'note', `Partition ${i + 1} of the master boot record has a status that means nothing.`, place)
    }
    if (entry.type === mbrTypes.empty && entry.sectorCount === 0) continue
    partitions.push({
      number: i + 1,
      isActive: entry.status === ACTIVE_STATUS,
      type: entry.type,
      firstSector: entry.firstSector,
      sectorCount: entry.sectorCount,
      firstChs: entry.firstChs,
      lastChs: entry.lastChs,
      startBytes: entry.firstSector * DISK_SECTOR_BYTES,
      sizeBytes: entry.sectorCount * DISK_SECTOR_BYTES,
    })
  }
  return partitions
}
