/**
 * Reads El Torito: boot record, catalog, and what the boot images are. Nothing here throws for what the image says; what
 * is odd becomes a finding, and the files of the disc don't depend on any of it.
 */
import { MAX_BOOT_CATALOG_BYTES, MAX_BOOT_CHECKSUM_BYTES, MAX_VOLUME_DESCRIPTORS, TRANSFER_BYTES } from '../../shared/limits.ts'
import type { ByteSource } from '../bytes/byte-source.ts'
import { readUpTo } from '../bytes/byte-source.ts'
import type { FindingLog } from '../bytes/finding-log.ts'
import { type BootCatalog, type BootCatalogEntry, mediaOf, platformOf } from './boot-catalog.ts'
import { CATALOG_ENTRY_BYTES, entryIndicators, MEDIA_TYPE_MASK, ValidationEntry, wordSum } from './boot-catalog-entries.ts'
import { CatalogWalk, type RawCatalogEntry } from './boot-catalog-walk.ts'
import { bootImageSize } from './boot-image-size.ts'
import { BOOT_FILE_HEAD_BYTES, BOOT_INFO_END, BootInfoChecksum, bootFileMarks } from './boot-info-table.ts'
import { BOOT_RECORD_LBA, BootRecordDescriptor, isElToritoRecord } from './boot-record.ts'
import { BLOCK_BYTES } from './disk-sector.ts'
import { fixedText } from './fixed-text.ts'

/** What the file systems and partition tables know that helps to tell how long boot images are. */
export interface BootVolumeFacts {
  /** First block of the session's volume descriptors; 16 when left out. */
  readonly descriptorsLba?: number
  /** Size of the file that begins at a block. */
  readonly fileSizeBytesAt?: (lba: number) => number | null
  /** Where the first file, directory or table behind a block begins; asked only when nothing else tells a size. */
  readonly nextUsedLba?: (lba: number) => number | null
  readonly partitions?: readonly { readonly startBytes: number; readonly sizeBytes: number }[]
}

const CATALOG_CLAUSE = 'El Torito 1.0, 2.1'

/** The boot catalog; null when the image has none, or none that could be found. */
export function readBootCatalog(source: ByteSource, facts: BootVolumeFacts, findings: FindingLog): BootCatalog | null {
  const bootRecordLba = findBootRecord(source, facts.descriptorsLba ?? BOOT_RECORD_LBA - 1, findings)
  if (bootRecordLba === null) return null
  const record = BootRecordDescriptor.parse(readUpTo(source, bootRecordLba * BLOCK_BYTES, BLOCK_BYTES))
  const { catalogLba } = record
  const offsetBytes = catalogLba * BLOCK_BYTES
  // Its own file, where it is one, ends it; whatever follows on the disc is no part of it.
  const extentBytes = Math.min(facts.fileSizeBytesAt?.(catalogLba) ?? MAX_BOOT_CATALOG_BYTES, MAX_BOOT_CATALOG_BYTES)
  const bytes = readUpTo(source, offsetBytes, Math.max(extentBytes, 2 * CATALOG_ENTRY_BYTES))
  if (catalogLba === 0 || bytes.length < 2 * CATALOG_ENTRY_BYTES) {
    const message = 'The boot catalog lies outside the image, so the disc will not start a computer; its files are not touched by that.'
    findings.add('boot-catalog-outside', 'damaged', message, { offsetBytes: bootRecordLba * BLOCK_BYTES, clause: CATALOG_CLAUSE })
    return null
  }
  const validation = ValidationEntry.parse(bytes)
  const isValid = checkValidation(bytes, offsetBytes, findings)
  const known = { bootRecordLba, catalogLba, id: fixedText(validation.idString), isValid }
  if (validation.headerId !== entryIndicators.validation) return { ...known, usedBytes: 0, entries: [] }
  const walk = new CatalogWalk(bytes, offsetBytes, validation.platformId, findings)
  const entries = walk.entries()
  const starts = [catalogLba, ...entries.map((entry) => entry.extentLba)]
  const described = entries.map((entry, i) => describeEntry(source, entry, i + 1, facts, starts, findings))
  return { ...known, usedBytes: walk.usedBytes, entries: described }
}

function findBootRecord(source: ByteSource, descriptorsLba: number, findings: FindingLog): number | null {
  const expectedLba = descriptorsLba + 1
  if (isElToritoRecord(readUpTo(source, expectedLba * BLOCK_BYTES, BLOCK_BYTES))) return expectedLba
  for (let lba = descriptorsLba; lba < descriptorsLba + MAX_VOLUME_DESCRIPTORS; lba++) {
    const bytes = readUpTo(source, lba * BLOCK_BYTES, BLOCK_BYTES)
    if (bytes.length < BLOCK_BYTES || BootRecordDescriptor.fields.standardIdentifier.get(bytes, 0) !== 'CD001') return null
    if (!isElToritoRecord(bytes)) continue
    const message = `The boot record is in sector ${lba} instead of ${expectedLba}; many computers will not find it.`
    findings.add('boot-record-place', 'note', message, { offsetBytes: lba * BLOCK_BYTES, clause: 'El Torito 1.0, 2.0' })
    return lba
  }
  return null
}

/** Whether firmware will accept the catalog. */
function checkValidation(bytes: Uint8Array, offsetBytes: number, findings: FindingLog): boolean {
  const { headerId, key55, keyAa } = ValidationEntry.parse(bytes)
  const wrong: [code: string, message: string][] = []
  if (headerId !== entryIndicators.validation) wrong.push(['boot-catalog-header', 'The boot catalog does not begin as one'])
  if (key55 !== 0x55 || keyAa !== 0xaa) wrong.push(['boot-catalog-key', 'The boot catalog lacks its key bytes'])
  if (wordSum(bytes, 0) !== 0) wrong.push(['boot-catalog-checksum', 'The checksum of the boot catalog is wrong'])
  for (const [code, message] of wrong) {
    findings.add(code, 'damaged', `${message}; computers may refuse to start from this disc.`, {
      offsetBytes,
      clause: 'El Torito 1.0 figure 2',
    })
  }
  return wrong.length === 0
}

function describeEntry(
  source: ByteSource,
  raw: RawCatalogEntry,
  number: number,
  facts: BootVolumeFacts,
  starts: readonly number[],
  findings: FindingLog,
): BootCatalogEntry {
  const startBytes = raw.extentLba * BLOCK_BYTES
  const entry = { ...raw, number, platform: platformOf(raw.platformId), media: mediaOf(raw.mediaType & MEDIA_TYPE_MASK) }
  const nothing = { ...entry, image: null, hasBootInfoTable: false, hasGrub2BootInfo: false, isIsolinuxHybrid: false }
  if (raw.extentLba === 0 && !raw.bootable) return nothing
  if (raw.extentLba === 0 || startBytes >= source.sizeBytes) {
    const message = `Boot image ${number} lies outside the image file; it was left out.`
    findings.add('boot-image-outside', 'damaged', message, { offsetBytes: raw.offsetBytes, clause: 'El Torito 1.0 figure 3' })
    return nothing
  }
  if (entry.media === null) {
    const message = `Boot image ${number} has media type ${raw.mediaType & MEDIA_TYPE_MASK}, which nobody knows.`
    findings.add('boot-media-unknown', 'note', message, { offsetBytes: raw.offsetBytes, clause: 'El Torito 1.0 figure 3' })
  }
  const marks = bootFileMarks(readUpTo(source, startBytes, BOOT_FILE_HEAD_BYTES), raw.extentLba)
  const partition = facts.partitions?.find((candidate) => candidate.startBytes === startBytes && candidate.sizeBytes > 0)
  const image = bootImageSize(
    source,
    {
      ...entry,
      fileSizeBytes: facts.fileSizeBytesAt?.(raw.extentLba) ?? null,
      partitionSizeBytes: partition?.sizeBytes ?? null,
      bootInfoSizeBytes: marks.bootInfo?.fileSizeBytes ?? null,
      nextLba: () => nextStart(raw.extentLba, starts, facts),
    },
    findings,
  )
  return {
    ...entry,
    image,
    hasBootInfoTable: marks.bootInfo !== null,
    hasGrub2BootInfo: marks.grub2BootInfo,
    isIsolinuxHybrid: marks.isolinuxHybrid,
  }
}

function nextStart(lba: number, starts: readonly number[], facts: BootVolumeFacts): number | null {
  const later = [facts.nextUsedLba?.(lba) ?? null, ...starts].filter((start): start is number => start !== null && start > lba)
  return later.length === 0 ? null : Math.min(...later)
}

/** Reads the boot files with an information table and notes each whose checksum is not that of its bytes. */
export function checkBootInfoTables(source: ByteSource, catalog: BootCatalog, findings: FindingLog): void {
  for (const { extentLba, hasBootInfoTable, number } of catalog.entries) {
    const startBytes = extentLba * BLOCK_BYTES
    const { bootInfo } = bootFileMarks(readUpTo(source, startBytes, BOOT_FILE_HEAD_BYTES), extentLba)
    if (!hasBootInfoTable || bootInfo === null || bootInfo.fileSizeBytes > MAX_BOOT_CHECKSUM_BYTES) continue
    const sum = new BootInfoChecksum()
    for (let at = BOOT_INFO_END; at < bootInfo.fileSizeBytes; at += TRANSFER_BYTES) {
      sum.add(readUpTo(source, startBytes + at, Math.min(TRANSFER_BYTES, bootInfo.fileSizeBytes - at)))
    }
    if (sum.value() === bootInfo.checksum) continue
    const message = `The boot file of entry ${number} is not the one that its information table was made for: the checksum differs.`
    findings.add('boot-info-checksum', 'note', message, { offsetBytes: startBytes, clause: 'mkisofs(8)' })
  }
}
