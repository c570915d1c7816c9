/** Damage to what starts computers: boot catalog, boot images, partition tables. The files of the disc never depend on it. */
import { crc32 } from 'node:zlib'
import { MAX_BOOT_ENTRIES } from '../../../../shared/limits.ts'
import { BootInfoTable, patchBootInfoTable } from '../../../boot/boot-info-table.ts'
import { composeBootRecord } from '../../../boot/boot-record.ts'
import { GptEntry, GptHeader, gptHeaderCrc } from '../../../boot/guid-partition-table.ts'
import { composeHybrid } from '../../../boot/hybrid-composer.ts'
import { MasterBootRecord, MbrPartitionEntry, mbrTypes } from '../../../boot/master-boot-record.ts'
import { defaultEntry, extension, sectionEntry, sectionHeader, validation } from '../../../boot/testing/damaged-catalog.ts'
import { fatImage, hardDiskImage, patterned } from '../../../boot/testing/fake-boot-files.ts'
import { grubMbrTemplate } from '../../../boot/testing/mbr-templates.ts'
import { SECTOR_BYTES } from '../../../iso9660/volume-descriptor.ts'
import { lba, TINY_SECTORS } from '../tiny-image.ts'
import { type Damage, honest, readable } from './damage.ts'
import { lengthened, WHOLE, withBytes } from './tiny-surgery.ts'

const CATALOG_LBA = TINY_SECTORS
const BOOT_LBA = TINY_SECTORS + 2
const BOOT_BLOCKS = 16
const SPARE_BLOCKS = 62
const SIZE_BLOCKS = TINY_SECTORS + 2 + BOOT_BLOCKS + SPARE_BLOCKS
const CATALOG_AT = CATALOG_LBA * SECTOR_BYTES
const shape = { listed: WHOLE }

const boots = (changes: Parameters<typeof defaultEntry>[0] = {}) => defaultEntry({ extentLba: BOOT_LBA, ...changes })
const bootsToo = (changes: Parameters<typeof sectionEntry>[0] = {}) => sectionEntry({ extentLba: BOOT_LBA, ...changes })

/** The tiny image with a boot record, a catalog of these entries, and a boot image. */
function bootable(entries: readonly Uint8Array[], bootImage: Uint8Array = patterned(BOOT_BLOCKS * SECTOR_BYTES, 1)): Buffer {
  const image = lengthened({ joliet: false }, SIZE_BLOCKS - TINY_SECTORS)
  image.copy(image, lba.terminator * SECTOR_BYTES, lba.joliet * SECTOR_BYTES, (lba.joliet + 1) * SECTOR_BYTES)
  image.set(composeBootRecord(CATALOG_LBA), lba.joliet * SECTOR_BYTES)
  image.set(Buffer.concat(entries), CATALOG_AT)
  image.set(bootImage, BOOT_LBA * SECTOR_BYTES)
  return image
}

const usual = (bootImage?: Uint8Array) => bootable([validation(), boots()], bootImage)

function catalogAt(catalogLba: number): Buffer {
  return withBytes(usual(), lba.joliet * SECTOR_BYTES, [...composeBootRecord(catalogLba)])
}

/** A boot record behind another descriptor. */
function recordElsewhere(): Buffer {
  const image = usual()
  image.copy(image, lba.terminator * SECTOR_BYTES, lba.joliet * SECTOR_BYTES, (lba.joliet + 1) * SECTOR_BYTES)
  image.copy(image, lba.joliet * SECTOR_BYTES, lba.primary * SECTOR_BYTES, (lba.primary + 1) * SECTOR_BYTES)
  image.copy(image, lba.pathTable * SECTOR_BYTES + SECTOR_BYTES, lba.pathTable * SECTOR_BYTES, (lba.pathTable + 1) * SECTOR_BYTES)
  image.writeUInt32LE(lba.pathTable + 1, lba.primary * SECTOR_BYTES + 140)
  image.fill(0, lba.pathTable * SECTOR_BYTES, (lba.pathTable + 1) * SECTOR_BYTES)
  image[lba.pathTable * SECTOR_BYTES] = 255
  image.write('CD001\u0001', lba.pathTable * SECTOR_BYTES + 1, 'latin1')
  return image
}

function infoTableOfAnotherFile(): Buffer {
  const file = patterned(BOOT_BLOCKS * SECTOR_BYTES, 1)
  patchBootInfoTable(file, { primaryDescriptorLba: lba.primary, fileLba: BOOT_LBA })
  BootInfoTable.fields.checksum.set(file, 8, 1)
  return usual(file)
}

/** The same, started from a stick as well. */
export function hybridImage(): Buffer {
  const image = usual(fatImage(BOOT_BLOCKS * SECTOR_BYTES))
  const template = { kind: 'grub2', code: grubMbrTemplate() } as const
  const uefi = { extentLba: BOOT_LBA, sizeBytes: BOOT_BLOCKS * SECTOR_BYTES }
  const { systemArea, tail } = composeHybrid({ sizeBlocks: SIZE_BLOCKS, bios: { template, bootImageLba: BOOT_LBA }, uefi, seed: 'x' })
  image.set(systemArea)
  image.set(tail, image.length - tail.length)
  return image
}

const GPT_AT = 512
const ENTRIES_AT = 1024

/** Changes the first copy of the table and makes its checksums fit again. */
function withGpt(change: (image: Buffer) => void): Buffer {
  const image = hybridImage()
  change(image)
  const { entryCount, entrySizeBytes } = GptHeader.parse(image, GPT_AT)
  const entriesBytes = entryCount * entrySizeBytes
  if (entriesBytes < image.length)
    GptHeader.fields.entriesCrc32.set(image, GPT_AT, crc32(image.subarray(ENTRIES_AT, ENTRIES_AT + entriesBytes)))
  GptHeader.fields.headerCrc32.set(image, GPT_AT, gptHeaderCrc(image.subarray(GPT_AT, GPT_AT + GptHeader.sizeBytes)))
  return image
}

function withMbr(...partitions: readonly (readonly [type: number, firstSector: number, sectorCount: number])[]): Buffer {
  const image = usual()
  for (const [i, [type, firstSector, sectorCount]] of partitions.entries()) {
    const chs = { cylinder: 0, head: 0, sector: 0 }
    const at = MasterBootRecord.fields.partitions.offset + i * MbrPartitionEntry.sizeBytes
    MbrPartitionEntry.serialise({ status: 0, firstChs: chs, type, lastChs: chs, firstSector, sectorCount }, image, at)
  }
  image.writeUInt16LE(0xaa55, 510)
  return image
}

function appleMap(entries: number): Buffer {
  const image = usual()
  image.write('ER\u0002\0', 0, 'latin1')
  image.write('PM', 512, 'latin1')
  image.writeUInt32BE(entries, 516)
  image.writeUInt32BE(80, 520)
  image.writeUInt32BE(10, 524)
  return image
}

const floppy = (sectorsPerTrack: number, heads: number) =>
  bootable([validation(), boots({ mediaType: 2 })], fatImage(BOOT_BLOCKS * SECTOR_BYTES, sectorsPerTrack, heads))

function hardDiskWithoutSectors(): Buffer {
  const disk = hardDiskImage(BOOT_BLOCKS * SECTOR_BYTES, 0x0c)
  const lastChs = MasterBootRecord.fields.partitions.offset + MbrPartitionEntry.fields.lastChs.offset
  disk.fill(0, lastChs, lastChs + 3)
  return bootable([validation(), boots({ mediaType: 4, systemType: 0x0c })], disk)
}

export const bootDamage: readonly Damage[] = [
  honest('what starts a computer, for comparison', () => usual(), shape),
  readable('a boot record in the wrong sector', 'boot-record-place', recordElsewhere, shape),
  readable('a boot catalog outside the image', 'boot-catalog-outside', () => catalogAt(0xffff_ffff), shape),
  readable('a boot catalog at block 0', 'boot-catalog-outside', () => catalogAt(0), shape),
  readable('a boot catalog that is a folder', 'boot-catalog-header', () => catalogAt(lba.root), shape),
  readable(
    'a boot catalog whose checksum is wrong',
    'boot-catalog-checksum',
    () => withBytes(usual(), CATALOG_AT + 28, [0x12, 0x34]),
    shape,
  ),
  readable('a boot catalog without its key', 'boot-catalog-key', () => withBytes(usual(), CATALOG_AT + 30, [0, 0]), shape),
  readable('a boot catalog without a first entry', 'boot-default-entry', () => bootable([validation(), sectionHeader(0)]), shape),
  readable(
    'a section that claims 65,535 entries',
    'boot-section-count',
    () => bootable([validation(), boots(), sectionHeader(0xffff), bootsToo()]),
    shape,
  ),
  readable(
    'sections of which none is the last',
    'boot-no-last-section',
    () => bootable([validation(), boots(), ...Array.from({ length: 20 }, () => [sectionHeader(1, 0x90), bootsToo()]).flat()]),
    shape,
  ),
  readable(
    'sections behind the last',
    'boot-headers-after-last',
    () => bootable([validation(), boots(), sectionHeader(1), bootsToo(), sectionHeader(1), bootsToo()]),
    shape,
  ),
  readable(
    'boot entries without end',
    'boot-entries-limit',
    () => bootable([validation(), boots(), sectionHeader(100), ...Array.from({ length: MAX_BOOT_ENTRIES + 4 }, () => bootsToo())]),
    shape,
  ),
  readable('an entry outside any section', 'boot-section-missing', () => bootable([validation(), boots(), bootsToo()]), shape),
  honest(
    'selection criteria without end',
    () => bootable([validation(), boots(), sectionHeader(1), bootsToo(), ...Array.from({ length: 80 }, () => extension(1))]),
    shape,
  ),
  readable('a medium that nobody knows', 'boot-media-unknown', () => bootable([validation(), boots({ mediaType: 9 })]), shape),

  readable(
    'a boot image outside the image',
    'boot-image-outside',
    () => bootable([validation(), boots({ extentLba: 0x7fff_ffff })]),
    shape,
  ),
  readable(
    'a boot image that nothing tells the length of',
    'boot-image-size-guessed',
    () => bootable([validation(), boots({ sectorCount: 0 })]),
    shape,
  ),
  readable(
    'a boot image of one sector that nothing tells the length of',
    'boot-image-size-guessed',
    () => bootable([validation(), boots({ sectorCount: 1 })]),
    shape,
  ),
  readable(
    'a boot image longer than the image',
    'boot-image-cut-short',
    () => bootable([validation(), boots({ sectorCount: 0xffff })]),
    shape,
  ),
  readable('a floppy disk with the geometry of another', 'boot-floppy-geometry', () => floppy(9, 1), shape),
  readable('a floppy disk without heads', 'boot-image-cut-short', () => floppy(18, 0), shape),
  readable('a hard disk without a partition', 'boot-disk-partitions', () => bootable([validation(), boots({ mediaType: 4 })]), shape),
  readable(
    'a hard disk that names another type',
    'boot-disk-type',
    () => bootable([validation(), boots({ mediaType: 4, systemType: 6 })], hardDiskImage(BOOT_BLOCKS * SECTOR_BYTES, 0x0c)),
    shape,
  ),
  readable('a hard disk of tracks without sectors', 'boot-disk-geometry', hardDiskWithoutSectors, shape),
  readable('a boot file whose information table is that of another', 'boot-info-checksum', infoTableOfAnotherFile, shape),

  readable('partitions over one another', 'mbr-partitions-overlap', () => withMbr([0x0c, 10, 100], [0x83, 50, 100]), shape),
  readable('a partition beyond the image', 'mbr-partition-past-end', () => withMbr([0x0c, 10, 0xffff_ffff]), shape),
  readable(
    'a GUID partition table that is announced and not there',
    'mbr-protective-without-gpt',
    () => withMbr([mbrTypes.protective, 1, 100]),
    shape,
  ),
  readable('a partition with a status that means nothing', 'mbr-status', () => withBytes(withMbr([0x0c, 10, 100]), 446, [0x7f]), shape),
  honest('an image for disc and stick, for comparison', hybridImage, shape),
  readable(
    'a GUID partition table of four billion entries',
    'gpt-entries-absurd',
    () => withGpt((image) => GptHeader.fields.entryCount.set(image, GPT_AT, 0xffff_ffff)),
    shape,
  ),
  readable(
    'a GUID partition table with entries of no size',
    'gpt-entries-absurd',
    () => withGpt((image) => GptHeader.fields.entrySizeBytes.set(image, GPT_AT, 0)),
    shape,
  ),
  readable(
    'a GUID partition table whose header is altered',
    'gpt-primary-header',
    () => withBytes(hybridImage(), GPT_AT + 56, [1, 2, 3]),
    shape,
  ),
  readable(
    'a GUID partition table whose entries are altered',
    'gpt-primary-entries',
    () => withBytes(hybridImage(), ENTRIES_AT + 60, [1, 2, 3]),
    shape,
  ),
  readable(
    'a GUID partition table without its first copy',
    'gpt-primary-missing',
    () => withBytes(hybridImage(), GPT_AT, Buffer.alloc(512)),
    shape,
  ),
  readable(
    'a GUID partition table without its second copy',
    'gpt-backup-missing',
    () => {
      const image = hybridImage()
      return image.fill(0, image.length - 512)
    },
    shape,
  ),
  readable(
    'a GUID partition table in the middle of what was made longer',
    'gpt-backup-misplaced',
    () => Buffer.concat([hybridImage(), Buffer.alloc(8 * SECTOR_BYTES)]),
    shape,
  ),
  readable(
    'an image for stick and disc that was cut short',
    ['gpt-image-cut-short', 'image-cut-off'],
    () => hybridImage().subarray(0, (SIZE_BLOCKS - 30) * SECTOR_BYTES),
    shape,
  ),
  readable(
    'a partition that ends before it begins, and one past the end',
    'gpt-partition-past-end',
    () =>
      withGpt((image) => {
        GptEntry.fields.lastSector.set(image, ENTRIES_AT, 1)
        GptEntry.fields.lastSector.set(image, ENTRIES_AT + GptEntry.sizeBytes, SIZE_BLOCKS * 8)
      }),
    shape,
  ),
  readable(
    'a partition of 2⁶³ sectors',
    'gpt-partition-past-end',
    () => withGpt((image) => image.writeBigUInt64LE(2n ** 63n, ENTRIES_AT + GptEntry.fields.lastSector.offset)),
    shape,
  ),
  readable('an Apple partition map of four billion entries', 'apple-entry-count', () => appleMap(0xffff_ffff), shape),
]
