/**
 * Makes an image start from a stick as well as from a disc: system area with MBR and GUID partition table, and the
 * table's second copy at the end. Everything follows from places and a seed, so the same image gets the same bytes.
 */
import { InternalProblem } from '../bytes/internal-problem.ts'
import { BLOCK_BYTES, DISK_SECTOR_BYTES, SECTORS_PER_BLOCK, SYSTEM_AREA_BLOCKS } from './disk-sector.ts'
import { composeGpt, FIRST_USABLE_SECTOR, GPT_COPY_SECTORS, type GptPartition, lastUsableSector } from './gpt-composer.ts'
import { seededDiskId, seededGuid } from './guid.ts'
import { GPT_HEADER_SECTOR, gptTypes } from './guid-partition-table.ts'
import { mbrTypes } from './master-boot-record.ts'
import { composeMbr, type MbrPartitionRequest, type MbrTemplate } from './mbr-composer.ts'

export interface HybridRequest {
  /** The whole image: what `hybridSizeBlocks` gave. */
  readonly sizeBlocks: number
  /** What a BIOS starts; null when only UEFI is to start the stick. */
  readonly bios: { readonly template: MbrTemplate; readonly bootImageLba: number } | null
  /** The EFI image, which becomes a partition; null when only a BIOS is to start the stick. */
  readonly uefi: { readonly extentLba: number; readonly sizeBytes: number } | null
  /** Makes the identifiers: what tells this image from others, and nothing that changes from run to run. */
  readonly seed: Uint8Array | string
}

export interface ComposedHybrid {
  /** The first 16 blocks. */
  readonly systemArea: Uint8Array
  /** The last bytes of the image; empty without a GUID partition table. */
  readonly tail: Uint8Array
}

/** One cylinder of small disks, and the unit that partition programs align to: 1 MiB. */
export const HYBRID_UNIT_BLOCKS = 512
/** Blocks at the image's end that the second GUID partition table takes. */
export const GPT_COPY_BLOCKS = Math.ceil(GPT_COPY_SECTORS / SECTORS_PER_BLOCK)
/** Read-only, and not to be mounted by itself (Discoverable Partitions Specification; bits 60 and 63). */
const READ_ONLY = 0x1000_0000
const NO_AUTO_MOUNT = 0x8000_0000

/** Size of the hybrid image whose contents take so many blocks. */
export function hybridSizeBlocks(contentBlocks: number, hasUefi: boolean): number {
  return Math.ceil((contentBlocks + (hasUefi ? GPT_COPY_BLOCKS : 0)) / HYBRID_UNIT_BLOCKS) * HYBRID_UNIT_BLOCKS
}

/** System area and tail. The same request gives the same bytes. */
export function composeHybrid(request: HybridRequest): ComposedHybrid {
  const { bios, uefi, seed } = request
  const totalSectors = request.sizeBlocks * SECTORS_PER_BLOCK
  const systemArea = new Uint8Array(SYSTEM_AREA_BLOCKS * BLOCK_BYTES)
  const mbr = composeMbr({
    template: bios?.template ?? null,
    bootImageLba: bios?.bootImageLba ?? null,
    diskId: seededDiskId(seed),
    totalSectors,
    partitions: uefi === null ? [wholeImage(totalSectors)] : protectivePartitions(totalSectors, bios !== null),
  })
  systemArea.set(mbr)
  if (uefi === null) return { systemArea, tail: new Uint8Array(0) }
  const partitions = gptPartitions(uefi, totalSectors, seed)
  const gpt = composeGpt({ totalSectors, diskGuid: seededGuid(seed, 'disk'), partitions })
  systemArea.set(gpt.primary, GPT_HEADER_SECTOR * DISK_SECTOR_BYTES)
  return { systemArea, tail: gpt.backup }
}

/** isohybrid's one partition, so that the file system is found on it and on the whole stick. */
function wholeImage(totalSectors: number): MbrPartitionRequest {
  return { isActive: true, type: mbrTypes.isohybrid, firstSector: 0, sectorCount: totalSectors }
}

/** UEFI 2.10, 5.2.3; old firmware wants something active, which must not be the protective entry. */
function protectivePartitions(totalSectors: number, hasBios: boolean): MbrPartitionRequest[] {
  const protective = { isActive: false, type: mbrTypes.protective, firstSector: GPT_HEADER_SECTOR, sectorCount: totalSectors - 1 }
  return hasBios ? [protective, { isActive: true, type: mbrTypes.empty, firstSector: 0, sectorCount: 1 }] : [protective]
}

/** The EFI image, and partitions over all else, or partition programs would offer the image's own blocks as free space. */
function gptPartitions(uefi: { extentLba: number; sizeBytes: number }, totalSectors: number, seed: Uint8Array | string): GptPartition[] {
  const firstSector = uefi.extentLba * SECTORS_PER_BLOCK
  const endSector = firstSector + Math.ceil(uefi.sizeBytes / BLOCK_BYTES) * SECTORS_PER_BLOCK
  // Partitions end with a block of the disc.
  const lastUsable = Math.floor((lastUsableSector(totalSectors) + 1) / SECTORS_PER_BLOCK) * SECTORS_PER_BLOCK - 1
  if (firstSector < FIRST_USABLE_SECTOR || uefi.sizeBytes === 0 || endSector - 1 > lastUsable) {
    throw new InternalProblem(`the EFI image at LBA ${uefi.extentLba} does not fit into ${totalSectors} sectors`)
  }
  const contents = (name: string, first: number, last: number): GptPartition => ({
    typeGuid: gptTypes.linuxFilesystem,
    partitionGuid: seededGuid(seed, name),
    firstSector: first,
    lastSector: last,
    typeAttributes: READ_ONLY + NO_AUTO_MOUNT,
    name,
  })
  const efi = { typeGuid: gptTypes.efiSystem, partitionGuid: seededGuid(seed, 'efi'), firstSector, lastSector: endSector - 1 }
  return [
    contents('Disc image, first part', FIRST_USABLE_SECTOR, firstSector - 1),
    { ...efi, typeAttributes: 0, name: 'EFI system partition' },
    contents('Disc image, last part', endSector, lastUsable),
  ].filter((partition) => partition.lastSector >= partition.firstSector)
}
