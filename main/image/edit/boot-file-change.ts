/** What becomes of a boot catalog's entry when its image is another file now. */
import { closeSync, openSync, readSync } from 'node:fs'
import { MAX_BOOT_CHECKSUM_BYTES } from '../../../shared/limits.ts'
import type { BootCatalogEntry } from '../../boot/boot-catalog.ts'
import { BOOT_FILE_NEEDS_BYTES, type BootFileNeeds, bootFileNeeds } from '../../boot/boot-file-needs.ts'
import { DISK_SECTOR_BYTES } from '../../boot/disk-sector.ts'
import { ioProblem } from '../../bytes/io-problem.ts'
import { displayHostPath, hostPathOf } from '../create/host-path.ts'
import type { SourceNode } from '../create/source-tree.ts'

const MAX_SECTOR_COUNT = 0xffff
/** UEFI 2.10, 13.3.2.1: an image that goes on to the end of the disc. */
const TO_THE_END = 1

/**
 * What is to be written into the boot file: what was written into the old one; a new one is asked itself. Null for
 * nothing. Throws an `io` Problem for a host file that can't be read.
 */
export function bootFileNeedsOf(entry: BootCatalogEntry, source: SourceNode, isReplaced: boolean): BootFileNeeds | null {
  const { hasBootInfoTable, hasGrub2BootInfo } = entry
  const needs = isReplaced ? needsOfHostFile(source) : { bootInfoTable: hasBootInfoTable, grub2BootInfo: hasGrub2BootInfo, startedBy: null }
  if (source.sizeBytes > MAX_BOOT_CHECKSUM_BYTES || entry.media !== 'none' || entry.platform === 'uefi') return null
  return needs.bootInfoTable || needs.grub2BootInfo ? needs : null
}

/** Sectors to be loaded: where all of the old image was, all of the new one. */
export function resizedSectorCount(entry: BootCatalogEntry, oldBytes: number, newBytes: number): number {
  const sectorsOf = (bytes: number) => Math.ceil(bytes / DISK_SECTOR_BYTES)
  if (entry.sectorCount !== sectorsOf(oldBytes)) return entry.sectorCount
  const sectors = sectorsOf(newBytes)
  return sectors > MAX_SECTOR_COUNT ? TO_THE_END : sectors
}

function needsOfHostFile(source: SourceNode): BootFileNeeds {
  const head = Buffer.alloc(BOOT_FILE_NEEDS_BYTES)
  try {
    const fd = openSync(hostPathOf(source) as string | Buffer, 'r')
    try {
      return bootFileNeeds(head.subarray(0, readSync(fd, head, 0, head.length, 0)))
    } finally {
      closeSync(fd)
    }
  } catch (error) {
    throw ioProblem(error, `Could not read ‘${displayHostPath(source)}’.`, 'Nothing was written.')
  }
}
