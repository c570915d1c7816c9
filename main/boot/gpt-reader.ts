/** Reads the GUID partition table, either copy; nothing of a copy is used before its checksums agree. */
import { MAX_GPT_ENTRIES, MAX_GPT_ENTRY_BYTES } from '../../shared/limits.ts'
import type { ByteSource } from '../bytes/byte-source.ts'
import { readUpTo } from '../bytes/byte-source.ts'
import type { FindingLog } from '../bytes/finding-log.ts'
import { DISK_SECTOR_BYTES } from './disk-sector.ts'
import { NO_GUID } from './guid.ts'
import { GPT_HEADER_SECTOR, GPT_SIGNATURE, GptEntry, GptHeader, gptEntriesCrc, gptHeaderCrc } from './guid-partition-table.ts'
import { noteOverlaps, notePastEnd, type PartitionExtent } from './partition-checks.ts'

export interface GuidPartition extends PartitionExtent {
  readonly typeGuid: string
  readonly partitionGuid: string
  readonly firstSector: number
  readonly lastSector: number
  /** Bits 0 to 31. */
  readonly attributes: number
  /** Bits 32 to 63. */
  readonly typeAttributes: number
  readonly name: string
}

export interface GuidTable {
  /** Which copy was used. `none`: both are damaged, and no partition is known. */
  readonly copy: 'primary' | 'backup' | 'none'
  readonly diskGuid: string
  readonly firstUsableSector: number
  readonly lastUsableSector: number
  readonly entriesSector: number
  readonly entryCount: number
  readonly entrySizeBytes: number
  readonly backupSector: number
  readonly partitions: readonly GuidPartition[]
}

type Header = ReturnType<typeof GptHeader.parse>
const HEADER_CLAUSE = 'UEFI 2.10, 5.3.2'

/** What is wrong with a copy. */
const copyFaults = {
  primary: {
    header: 'The header of the first copy of the GUID partition table is damaged.',
    entries: 'The entries of the first copy of the GUID partition table are damaged.',
    absurd: (entryCount: number, entrySizeBytes: number) =>
      `The first copy of the GUID partition table claims ${entryCount} entries of ${entrySizeBytes} bytes; it was not used.`,
  },
  backup: {
    header: 'The header of the second copy of the GUID partition table is damaged.',
    entries: 'The entries of the second copy of the GUID partition table are damaged.',
    absurd: (entryCount: number, entrySizeBytes: number) =>
      `The second copy of the GUID partition table claims ${entryCount} entries of ${entrySizeBytes} bytes; it was not used.`,
  },
} as const

interface Copy {
  readonly header: Header
  /** Null where the array's checksum or size is wrong. */
  readonly entries: Uint8Array | null
}

/** The table; null when the image has no sign of one. */
export function readGuidTable(source: ByteSource, findings: FindingLog): GuidTable | null {
  const primaryBytes = readSector(source, GPT_HEADER_SECTOR)
  const lastSector = Math.floor(source.sizeBytes / DISK_SECTOR_BYTES) - 1
  const primary = isHeader(primaryBytes) ? readCopy(source, GPT_HEADER_SECTOR, 'primary', findings) : null
  const backupSector = primary?.header.alternateSector ?? lastSector
  const backup = backupSector > lastSector ? null : readCopy(source, backupSector, 'backup', findings)
  if (!isHeader(primaryBytes) && backup === null) return null
  if (!isHeader(primaryBytes)) {
    const message = 'The first copy of the GUID partition table is missing; the second one was used.'
    findings.add('gpt-primary-missing', 'damaged', message, { offsetBytes: DISK_SECTOR_BYTES, clause: HEADER_CLAUSE })
  }
  if (primary !== null) noteBackup(source, primary.header, backup, findings)
  const used = primary?.entries ? primary : backup?.entries ? backup : null
  const header = used?.header ?? primary?.header ?? backup?.header ?? null
  const partitions = used?.entries ? partitionsOf(used.entries, used.header.entrySizeBytes) : []
  notePastEnd(partitions, source.sizeBytes, 'GUID partition table', 'gpt', findings)
  noteOverlaps(partitions, 'GUID partition table', 'gpt', findings)
  return {
    copy: used === null ? 'none' : used === primary ? 'primary' : 'backup',
    diskGuid: header?.diskGuid ?? NO_GUID,
    firstUsableSector: header?.firstUsableSector ?? 0,
    lastUsableSector: header?.lastUsableSector ?? 0,
    entriesSector: header?.entriesSector ?? 0,
    entryCount: header?.entryCount ?? 0,
    entrySizeBytes: header?.entrySizeBytes ?? 0,
    backupSector,
    partitions,
  }
}

const readSector = (source: ByteSource, sector: number) => readUpTo(source, sector * DISK_SECTOR_BYTES, DISK_SECTOR_BYTES)
const isHeader = (bytes: Uint8Array) => bytes.length === DISK_SECTOR_BYTES && GptHeader.fields.signature.get(bytes, 0) === GPT_SIGNATURE

/** Null where there is no header, or one whose own checksum is wrong. */
function readCopy(source: ByteSource, sector: number, which: 'primary' | 'backup', findings: FindingLog): Copy | null {
  const bytes = readSector(source, sector)
  if (!isHeader(bytes)) return null
  const place = { offsetBytes: sector * DISK_SECTOR_BYTES, clause: HEADER_CLAUSE }
  const faults = copyFaults[which]
  const header = GptHeader.parse(bytes)
  const sizeSane = header.headerSizeBytes >= GptHeader.sizeBytes && header.headerSizeBytes <= DISK_SECTOR_BYTES
  if (!sizeSane || gptHeaderCrc(bytes.subarray(0, header.headerSizeBytes)) !== header.headerCrc32 || header.mySector !== sector) {
    findings.add(`gpt-${which}-header`, 'damaged', faults.header, place)
    return null
  }
  const { entryCount, entrySizeBytes } = header
  if (entryCount > MAX_GPT_ENTRIES || entrySizeBytes < GptEntry.sizeBytes || entrySizeBytes > MAX_GPT_ENTRY_BYTES) {
    findings.add('gpt-entries-absurd', 'damaged', faults.absurd(entryCount, entrySizeBytes), place)
    return { header, entries: null }
  }
  const entries = readUpTo(source, header.entriesSector * DISK_SECTOR_BYTES, entryCount * entrySizeBytes)
  if (entries.length === entryCount * entrySizeBytes && gptEntriesCrc(entries) === header.entriesCrc32) return { header, entries }
  findings.add(`gpt-${which}-entries`, 'damaged', faults.entries, place)
  return { header, entries: null }
}

/** The second copy belongs in the very last sector, so a changed length of the image shows here. */
function noteBackup(source: ByteSource, header: Header, backup: Copy | null, findings: FindingLog): void {
  const place = { offsetBytes: GPT_HEADER_SECTOR * DISK_SECTOR_BYTES, clause: HEADER_CLAUSE }
  const neededBytes = (header.alternateSector + 1) * DISK_SECTOR_BYTES
  if (neededBytes > source.sizeBytes) {
    const message = `The image file is ${neededBytes - source.sizeBytes} bytes shorter than its GUID partition table says: its end was cut off, and it may not start a computer from a stick.`
    findings.add('gpt-image-cut-short', 'damaged', message, place)
  } else if (backup === null) {
    const message = 'The second copy of the GUID partition table is missing or damaged; the first one was used.'
    findings.add('gpt-backup-missing', 'note', message, place)
  } else if (source.sizeBytes - neededBytes >= DISK_SECTOR_BYTES) {
    const message = `The second copy of the GUID partition table is not at the end: ${source.sizeBytes - neededBytes} bytes follow it.`
    findings.add('gpt-backup-misplaced', 'note', message, place)
  }
}

function partitionsOf(entries: Uint8Array, entrySizeBytes: number): GuidPartition[] {
  const partitions: GuidPartition[] = []
  for (let at = 0, number = 1; at + entrySizeBytes <= entries.length; at += entrySizeBytes, number++) {
    const { name, ...entry } = GptEntry.parse(entries, at)
    if (entry.typeGuid === NO_GUID) continue
    const sectors = Math.max(0, entry.lastSector - entry.firstSector + 1)
    partitions.push({
      number,
      ...entry,
      name: Buffer.from(name).toString('utf16le').replace(/\0.*$/s, ''),
      startBytes: entry.firstSector * DISK_SECTOR_BYTES,
      sizeBytes: sectors * DISK_SECTOR_BYTES,
    })
  }
  return partitions
}
