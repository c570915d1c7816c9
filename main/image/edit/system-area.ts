/**
 * The first blocks of a hybrid image taken over: boot code, MBR, GUID and Apple partition tables as they were, with every
 * place in them brought up to date. What is not known to be a place stays byte for byte.
 */
import { ApplePartitionEntry, DRIVER_DESCRIPTOR_SIGNATURE, DriverDescriptor } from '../../boot/apple-partition-map.ts'
import type { ApplePartition, ApplePartitionTable } from '../../boot/apple-partition-reader.ts'
import { chsOf, geometryFor } from '../../boot/disk-geometry.ts'
import { BLOCK_BYTES, DISK_SECTOR_BYTES, SYSTEM_AREA_BLOCKS } from '../../boot/disk-sector.ts'
import type { GuidPartition, GuidTable } from '../../boot/gpt-reader.ts'
import { GPT_HEADER_SECTOR, GptEntry, GptHeader, gptEntriesCrc, gptHeaderCrc, gptTypes } from '../../boot/guid-partition-table.ts'
import { MasterBootRecord, MbrPartitionEntry } from '../../boot/master-boot-record.ts'
import type { MbrPartition, MbrTable } from '../../boot/mbr-reader.ts'
import { bootImageSectorFor } from '../../boot/mbr-template.ts'
import type { PartitionTables } from '../../boot/partition-tables.ts'
import { type ImageMove, movePartitions } from './partition-moves.ts'

export const SYSTEM_AREA_BYTES = SYSTEM_AREA_BLOCKS * BLOCK_BYTES

export interface ReplayedSystemArea {
  /** The first 16 blocks. */
  readonly head: Uint8Array
  /** The image's last bytes: the second copy of the GUID partition table; empty without one. */
  readonly tail: Uint8Array
  /** What could not be kept, such as `Partition 3 of the GUID partition table`. */
  readonly lost: readonly string[]
}

export interface SystemAreaReplay {
  /** The old image's first 16 blocks. */
  readonly oldHead: Uint8Array
  readonly tables: PartitionTables
  readonly move: ImageMove
  /** Whether file systems of Macs are still what they were. */
  readonly keepsMacTrees: boolean
}

/** Type that partitions of HFS and HFS+ have in an MBR. */
const MBR_HFS = 0xaf
const APPLE_HFS = 'Apple_HFS'
const MAX_SECTOR_COUNT = 0xffff_ffff

export function replaySystemArea(replay: SystemAreaReplay): ReplayedSystemArea {
  const head = new Uint8Array(SYSTEM_AREA_BYTES)
  head.set(replay.oldHead.subarray(0, SYSTEM_AREA_BYTES))
  const lost: string[] = []
  const { mbr, gpt, apple } = replay.tables
  if (mbr !== null) replayMbr(head, mbr, replay, lost)
  if (apple !== null) replayAppleMap(head, apple, replay, lost)
  const tail = gpt === null ? new Uint8Array(0) : replayGpt(head, gpt, replay, lost)
  return { head, tail, lost }
}

/** What partitioning programs align to, so that no honest table leaves more unused at the end. */
const MAX_SPARE_SECTORS = 2048

/** Bytes that the second copy of the table takes at the image's end, in whole blocks: as many as before, where that makes sense. */
export function gptTailBytes({ gpt }: PartitionTables): number {
  if (gpt === null || gpt.copy !== 'primary') return 0
  const leastSectors = Math.ceil((gpt.entryCount * gpt.entrySizeBytes) / DISK_SECTOR_BYTES) + 1
  const oldSectors = gpt.backupSector - gpt.lastUsableSector
  const sectors = oldSectors >= leastSectors && oldSectors <= leastSectors + MAX_SPARE_SECTORS ? oldSectors : leastSectors
  return Math.ceil(sectors / (BLOCK_BYTES / DISK_SECTOR_BYTES)) * BLOCK_BYTES
}

function replayMbr(head: Uint8Array, mbr: MbrTable, { move, keepsMacTrees }: SystemAreaReplay, lost: string[]): void {
  const geometry = geometryFor(move.newImageBytes / DISK_SECTOR_BYTES)
  const isLost = ({ type }: MbrPartition) => type === MBR_HFS && !keepsMacTrees
  for (const [partition, place] of movePartitions(mbr.partitions, move, isLost)) {
    const at = MasterBootRecord.fields.partitions.offset + (partition.number - 1) * MbrPartitionEntry.sizeBytes
    if (place === null) {
      head.fill(0, at, at + MbrPartitionEntry.sizeBytes)
      lost.push(`Partition ${partition.number} of the master boot record`)
      continue
    }
    const firstSector = place.startBytes / DISK_SECTOR_BYTES
    const sectorCount = place.sizeBytes / DISK_SECTOR_BYTES
    if (firstSector === partition.firstSector && sectorCount === partition.sectorCount) continue
    const { fields } = MbrPartitionEntry
    fields.firstSector.set(head, at, firstSector)
    fields.sectorCount.set(head, at, Math.min(sectorCount, MAX_SECTOR_COUNT))
    fields.firstChs.set(head, at, chsOf(firstSector, geometry))
    fields.lastChs.set(head, at, chsOf(firstSector + sectorCount - 1, geometry))
  }
  replayBootCode(head, mbr, move, lost)
}

function replayBootCode(head: Uint8Array, mbr: MbrTable, { pieces }: ImageMove, lost: string[]): void {
  if (mbr.bootCode === 'none') return
  if (mbr.bootCode === 'unknown' || mbr.bootImageLba === null) {
    lost.push('What the boot code of an unknown loader in the first sector knows of places')
    return
  }
  const startBytes = mbr.bootImageLba * BLOCK_BYTES
  const piece = pieces.find(({ oldStartBytes }) => oldStartBytes === startBytes)
  if (piece === undefined) lost.push('The boot image that the boot code in the first sector starts')
  else MasterBootRecord.fields.bootImageSector.set(head, 0, bootImageSectorFor(mbr.bootCode, piece.newStartBytes / BLOCK_BYTES))
}

/** Gives the second copy. */
function replayGpt(head: Uint8Array, gpt: GuidTable, { move, keepsMacTrees }: SystemAreaReplay, lost: string[]): Uint8Array {
  const headerAt = GPT_HEADER_SECTOR * DISK_SECTOR_BYTES
  const entrySizeBytes = GptHeader.fields.entrySizeBytes.get(head, headerAt)
  const entriesAt = gpt.entriesSector * DISK_SECTOR_BYTES
  const entriesBytes = gpt.entryCount * entrySizeBytes
  if (gpt.copy !== 'primary' || entriesAt + entriesBytes > SYSTEM_AREA_BYTES) {
    lost.push('The GUID partition table, which was damaged or in no usual place,')
    return new Uint8Array(0)
  }
  const isLost = ({ typeGuid }: GuidPartition) => typeGuid === gptTypes.hfsPlus && !keepsMacTrees
  for (const [partition, place] of movePartitions(gpt.partitions, move, isLost)) {
    const at = entriesAt + (partition.number - 1) * entrySizeBytes
    if (place === null) {
      head.fill(0, at, at + entrySizeBytes)
      lost.push(`Partition ${partition.number} of the GUID partition table`)
      continue
    }
    const firstSector = Math.ceil(place.startBytes / DISK_SECTOR_BYTES)
    GptEntry.fields.firstSector.set(head, at, firstSector)
    GptEntry.fields.lastSector.set(head, at, firstSector + Math.floor(place.sizeBytes / DISK_SECTOR_BYTES) - 1)
  }
  const entriesSectors = Math.ceil(entriesBytes / DISK_SECTOR_BYTES)
  const lastSector = move.newImageBytes / DISK_SECTOR_BYTES - 1
  const { fields } = GptHeader
  fields.lastUsableSector.set(head, headerAt, lastSector - entriesSectors - 1)
  fields.alternateSector.set(head, headerAt, lastSector)
  const entries = head.subarray(entriesAt, entriesAt + entriesBytes)
  fields.entriesCrc32.set(head, headerAt, gptEntriesCrc(entries))
  const header = head.subarray(headerAt, headerAt + DISK_SECTOR_BYTES)
  sealHeader(header)
  const tail = new Uint8Array((entriesSectors + 1) * DISK_SECTOR_BYTES)
  tail.set(entries)
  const backup = tail.subarray(entriesSectors * DISK_SECTOR_BYTES)
  backup.set(header)
  fields.mySector.set(backup, 0, lastSector)
  fields.alternateSector.set(backup, 0, GPT_HEADER_SECTOR)
  fields.entriesSector.set(backup, 0, lastSector - entriesSectors)
  sealHeader(backup)
  return tail
}

function sealHeader(header: Uint8Array): void {
  const headerBytes = GptHeader.fields.headerSizeBytes.get(header, 0)
  GptHeader.fields.headerCrc32.set(header, 0, gptHeaderCrc(header.subarray(0, headerBytes)))
}

/** The map has no gaps: entries behind one that is lost move up. */
function replayAppleMap(head: Uint8Array, apple: ApplePartitionTable, { move, keepsMacTrees }: SystemAreaReplay, lost: string[]): void {
  const { blockBytes, partitions } = apple
  if ((partitions.length + 1) * blockBytes > SYSTEM_AREA_BYTES) {
    lost.push('The Apple partition map, which is in no usual place,')
    return
  }
  const isLost = ({ type }: ApplePartition) => type.startsWith(APPLE_HFS) && !keepsMacTrees
  const places = movePartitions(partitions, move, isLost)
  const kept = partitions.flatMap((partition) => {
    const place = places.get(partition) ?? null
    if (place === null) lost.push(`Partition ${partition.number} of the Apple partition map`)
    return place === null
      ? []
      : [
          {
            partition,
            place,
            entry: head.slice(partition.number * blockBytes, partition.number * blockBytes + ApplePartitionEntry.sizeBytes),
          },
        ]
  })
  for (const { number } of partitions) head.fill(0, number * blockBytes, number * blockBytes + ApplePartitionEntry.sizeBytes)
  const { fields } = ApplePartitionEntry
  for (const [i, { partition, place, entry }] of kept.entries()) {
    const blockCount = Math.floor(place.sizeBytes / blockBytes)
    if (fields.dataBlockCount.get(entry, 0) === partition.blockCount) fields.dataBlockCount.set(entry, 0, blockCount)
    fields.mapEntryCount.set(entry, 0, kept.length)
    fields.firstBlock.set(entry, 0, Math.ceil(place.startBytes / blockBytes))
    fields.blockCount.set(entry, 0, blockCount)
    head.set(entry, (i + 1) * blockBytes)
  }
  if (DriverDescriptor.fields.signature.get(head, 0) === DRIVER_DESCRIPTOR_SIGNATURE)
    DriverDescriptor.fields.blockCount.set(head, 0, Math.floor(move.newImageBytes / blockBytes))
}
