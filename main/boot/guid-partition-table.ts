/** The GUID partition table (UEFI 2.10, 5.3): a header and an array of entries at each end of the disk. */
import { crc32 } from 'node:zlib'
import { raw, reserved, text, u32le } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'
import { guid } from './guid.ts'
import { u64le } from './uint64.ts'

export const GPT_SIGNATURE = 'EFI PART'
export const GPT_REVISION = 0x0001_0000
export const GPT_HEADER_SECTOR = 1

export const GptHeader = structure('GPT Header', 'UEFI 2.10 table 5-5', {
  signature: text(8),
  revision: u32le,
  headerSizeBytes: u32le,
  headerCrc32: u32le,
  reserved20: reserved(4),
  mySector: u64le,
  alternateSector: u64le,
  firstUsableSector: u64le,
  lastUsableSector: u64le,
  diskGuid: guid,
  entriesSector: u64le,
  entryCount: u32le,
  entrySizeBytes: u32le,
  entriesCrc32: u32le,
})

export const GptEntry = structure('GPT Partition Entry', 'UEFI 2.10 table 5-6', {
  typeGuid: guid,
  partitionGuid: guid,
  firstSector: u64le,
  lastSector: u64le,
  attributes: u32le, // bits 0 to 31
  typeAttributes: u32le, // bits 32 to 63; 48 and up belong to the partition's type
  name: raw(72), // UTF-16, little-endian
})

export const gptTypes = {
  efiSystem: 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B',
  basicData: 'EBD0A0A2-B9E5-4433-87C0-68B6B72699C7',
  linuxFilesystem: '0FC63DAF-8483-4772-8E79-3D69D8477DE4',
  hfsPlus: '48465300-0000-11AA-AA11-00306543ECAC',
} as const

/** CRC-32 over a header's own length with its checksum counted as zero (UEFI 2.10, table 5-5). */
export function gptHeaderCrc(header: Uint8Array): number {
  const copy = Uint8Array.from(header)
  GptHeader.fields.headerCrc32.set(copy, 0, 0)
  return crc32(copy)
}

/** CRC-32 over the array of entries. */
export const gptEntriesCrc = (entries: Uint8Array): number => crc32(entries)
