/** Composes the GUID partition table: the first copy behind the MBR, the second in the last sectors. */
import { DISK_SECTOR_BYTES, SECTORS_PER_BLOCK, SYSTEM_AREA_BLOCKS } from './disk-sector.ts'
import { GPT_HEADER_SECTOR, GPT_REVISION, GPT_SIGNATURE, GptEntry, GptHeader, gptEntriesCrc, gptHeaderCrc } from './guid-partition-table.ts'

export interface GptPartition {
  readonly typeGuid: string
  readonly partitionGuid: string
  readonly firstSector: number
  readonly lastSector: number
  /** Bits 32 to 63. */
  readonly typeAttributes: number
  /** At most 36 UTF-16 units. */
  readonly name: string
}

export interface GptRequest {
  readonly totalSectors: number
  readonly diskGuid: string
  readonly partitions: readonly GptPartition[]
}

export interface ComposedGpt {
  /** From sector 1 on. */
  readonly primary: Uint8Array
  /** The last sectors of the image. */
  readonly backup: Uint8Array
}

/** As many as fill the system area: UEFI 2.10, 5.3.1 asks for 128 at least, and partition programs warn of a gap behind them. */
const ENTRY_COUNT = 248
const ENTRIES_BYTES = ENTRY_COUNT * GptEntry.sizeBytes
const ENTRIES_SECTORS = ENTRIES_BYTES / DISK_SECTOR_BYTES
/** One copy: its header and its entries. */
export const GPT_COPY_SECTORS = 1 + ENTRIES_SECTORS
/** Volume descriptors begin here; partitions keep out of all before it. */
export const FIRST_USABLE_SECTOR = SYSTEM_AREA_BLOCKS * SECTORS_PER_BLOCK
/** Last sector that partitions may have in an image of so many. */
export const lastUsableSector = (totalSectors: number): number => totalSectors - GPT_COPY_SECTORS - 1

/** Both copies. The same request gives the same bytes. */
export function composeGpt(request: GptRequest): ComposedGpt {
  const entries = new Uint8Array(ENTRIES_BYTES)
  for (const [i, { name, ...partition }] of request.partitions.entries()) {
    GptEntry.serialise({ ...partition, attributes: 0, name: Buffer.from(name, 'utf16le') }, entries, i * GptEntry.sizeBytes)
  }
  const lastSector = request.totalSectors - 1
  const primaryHeader = composeHeader(request, entries, GPT_HEADER_SECTOR, lastSector, GPT_HEADER_SECTOR + 1)
  const backupHeader = composeHeader(request, entries, lastSector, GPT_HEADER_SECTOR, lastSector - ENTRIES_SECTORS)
  return { primary: Buffer.concat([primaryHeader, entries]), backup: Buffer.concat([entries, backupHeader]) }
}

function composeHeader(
  request: GptRequest,
  entries: Uint8Array,
  mySector: number,
  alternateSector: number,
  entriesSector: number,
): Uint8Array {
  const header = new Uint8Array(DISK_SECTOR_BYTES)
  GptHeader.serialise(
    {
      signature: GPT_SIGNATURE,
      revision: GPT_REVISION,
      headerSizeBytes: GptHeader.sizeBytes,
      headerCrc32: 0,
      mySector,
      alternateSector,
      firstUsableSector: FIRST_USABLE_SECTOR,
      lastUsableSector: lastUsableSector(request.totalSectors),
      diskGuid: request.diskGuid,
      entriesSector,
      entryCount: ENTRY_COUNT,
      entrySizeBytes: GptEntry.sizeBytes,
      entriesCrc32: gptEntriesCrc(entries),
    },
    header,
  )
  GptHeader.fields.headerCrc32.set(header, 0, gptHeaderCrc(header.subarray(0, GptHeader.sizeBytes)))
  return header
}
