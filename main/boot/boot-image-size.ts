/**
 * How long a boot image is. El Torito only says how much firmware loads, and for UEFI often not even that, so other
 * evidence is weighed, the surest first; what is found is stated to be a guess where it is one.
 */
import type { ByteSource } from '../bytes/byte-source.ts'
import { readUpTo } from '../bytes/byte-source.ts'
import type { FindingLog } from '../bytes/finding-log.ts'
import type { BootImageExtent, BootSizeBasis } from './boot-catalog.ts'
import type { BootMedia } from './boot-catalog-entries.ts'
import { BLOCK_BYTES, DISK_SECTOR_BYTES } from './disk-sector.ts'
import { efiProgramBytes } from './efi-program.ts'
import { fatGeometry } from './fat-boot-sector.ts'
import { FLOPPY_HEADS, floppies } from './floppy-disks.ts'
import { onlyPartition, ownPartitions } from './own-partitions.ts'

/** The whole of an entry's place and what others know about it. */
export interface BootImageEvidence {
  readonly number: number
  readonly media: BootMedia | null
  readonly systemType: number
  readonly sectorCount: number
  readonly extentLba: number
  /** Size of the file that begins at the same place. */
  readonly fileSizeBytes: number | null
  /** Size of a partition that begins at the same place. */
  readonly partitionSizeBytes: number | null
  readonly bootInfoSizeBytes: number | null
  /** Where the next thing on the disc begins; asked only when nothing else tells. */
  readonly nextLba: () => number | null
}

/** Enough for an MBR, a FAT boot sector, or the headers of an EFI program. */
const HEAD_BYTES = 4096
const CLAUSE = 'El Torito 1.0 figure 3'

const exact: readonly BootSizeBasis[] = ['media-type', 'file']

/** Size of the image at `extentLba`, never more than the source holds. `extentLba` lies inside the source. */
export function bootImageSize(source: ByteSource, evidence: BootImageEvidence, findings: FindingLog): BootImageExtent {
  const startBytes = evidence.extentLba * BLOCK_BYTES
  const head = readUpTo(source, startBytes, HEAD_BYTES)
  const place = { offsetBytes: startBytes, clause: CLAUSE }
  const { sizeBytes, basis } = weigh(evidence, head, source.sizeBytes - startBytes, place, findings)
  const roomBytes = source.sizeBytes - startBytes
  if (sizeBytes > roomBytes) {
    const message = `Boot image ${evidence.number} has ${sizeBytes} bytes, but the image file ends after ${roomBytes} of them.`
    findings.add('boot-image-cut-short', 'damaged', message, place)
  } else if (basis === 'neighbour' || basis === 'end-of-image') {
    const message = `Nothing says how long boot image ${evidence.number} is; it was taken to go on until ${basis === 'neighbour' ? 'something else begins' : 'the image file ends'}.`
    findings.add('boot-image-size-guessed', 'note', message, place)
  }
  return { sizeBytes: Math.min(sizeBytes, roomBytes), basis, isGuess: !exact.includes(basis) }
}

interface Sized {
  readonly sizeBytes: number
  readonly basis: BootSizeBasis
}
interface Place {
  readonly offsetBytes: number
  readonly clause: string
}

function weigh(evidence: BootImageEvidence, head: Uint8Array, roomBytes: number, place: Place, findings: FindingLog): Sized {
  const floppy = evidence.media === null ? undefined : floppies.get(evidence.media)
  if (floppy !== undefined) {
    noteFloppyGeometry(evidence.number, floppy.sectorsPerTrack, head, place, findings)
    return { sizeBytes: floppy.sizeBytes, basis: 'media-type' }
  }
  if (evidence.media === 'hard-disk') noteHardDisk(evidence, head, place, findings)
  if (evidence.fileSizeBytes !== null) return { sizeBytes: evidence.fileSizeBytes, basis: 'file' }
  if (evidence.media === 'hard-disk') {
    const diskBytes = partitionedBytes(head)
    if (diskBytes > 0) return { sizeBytes: diskBytes, basis: 'partition-table' }
  }
  const loadedBytes = evidence.sectorCount * DISK_SECTOR_BYTES
  const inside = insideEvidence(evidence, head)
  // Firmware loads at least the count, so an image is never shorter; one or none means "to the end" under UEFI.
  if (inside !== null && inside.sizeBytes >= loadedBytes) return inside
  if (evidence.sectorCount > 1) return { sizeBytes: loadedBytes, basis: 'sector-count' }
  const nextLba = evidence.nextLba()
  const nextBytes = nextLba === null ? Number.POSITIVE_INFINITY : (nextLba - evidence.extentLba) * BLOCK_BYTES
  return nextBytes < roomBytes ? { sizeBytes: nextBytes, basis: 'neighbour' } : { sizeBytes: roomBytes, basis: 'end-of-image' }
}

function insideEvidence(evidence: BootImageEvidence, head: Uint8Array): Sized | null {
  if (evidence.partitionSizeBytes !== null) return { sizeBytes: evidence.partitionSizeBytes, basis: 'partition' }
  if (evidence.bootInfoSizeBytes !== null) return { sizeBytes: evidence.bootInfoSizeBytes, basis: 'boot-info-table' }
  const fat = fatGeometry(head)
  if (fat !== null) return { sizeBytes: fat.sizeBytes, basis: 'fat' }
  const programBytes = efiProgramBytes(head)
  return programBytes === null ? null : { sizeBytes: programBytes, basis: 'efi-program' }
}

/** End of the last partition of a disk's own table; 0 when it has none. */
function partitionedBytes(head: Uint8Array): number {
  return Math.max(0, ...ownPartitions(head).map((entry) => (entry.firstSector + entry.sectorCount) * DISK_SECTOR_BYTES))
}

/** El Torito wants one partition on an emulated disk, its type repeated in the entry. */
function noteHardDisk(evidence: BootImageEvidence, head: Uint8Array, place: Place, findings: FindingLog): void {
  const first = onlyPartition(head)
  if (first === null) {
    const message = `Boot image ${evidence.number} is to be a hard disk, but its partition table doesn't have the one partition that such a disk has.`
    findings.add('boot-disk-partitions', 'note', message, place)
  } else if (first.type !== evidence.systemType) {
    const message = `Boot image ${evidence.number} names another partition type in the catalog than in its own table.`
    findings.add('boot-disk-type', 'note', message, place)
  } else if (first.lastChs.sector === 0) {
    const message = `Boot image ${evidence.number} gives its hard disk tracks without sectors.`
    findings.add('boot-disk-geometry', 'note', message, place)
  }
}

function noteFloppyGeometry(number: number, sectorsPerTrack: number, head: Uint8Array, place: Place, findings: FindingLog): void {
  const fat = fatGeometry(head)
  if (fat === null || (fat.sectorsPerTrack === sectorsPerTrack && fat.heads === FLOPPY_HEADS)) return
  const message = `Boot image ${number} is emulated as a floppy disk with ${sectorsPerTrack} sectors in a track and ${FLOPPY_HEADS} heads, but it says ${fat.sectorsPerTrack} and ${fat.heads} itself.`
  findings.add('boot-floppy-geometry', 'note', message, place)
}
