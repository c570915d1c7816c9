/** Reads the volume descriptor set (ECMA-119 7.2.2, 9): which volumes an image describes, and what they say of themselves. */

import { MAX_VOLUME_DESCRIPTORS } from '../../shared/limits.ts'
import type { ByteSource } from '../bytes/byte-source.ts'
import { readUpTo } from '../bytes/byte-source.ts'
import { readU32Be } from '../bytes/field-types.ts'
import type { FindingLog } from '../bytes/finding-log.ts'
import { DirectoryRecord, fileFlags } from './directory-record.ts'
import { within } from './record-walk.ts'
import { noteUnusableRoot } from './root-check.ts'
import {
  DescriptorHeader,
  descriptorTypes,
  FIRST_DESCRIPTOR_LBA,
  JolietVolumeDescriptor,
  jolietEscapes,
  PrimaryVolumeDescriptor,
  SECTOR_BYTES,
  STANDARD_IDENTIFIER,
} from './volume-descriptor.ts'
import { announcesXa } from './xa-attributes.ts'

/** One volume descriptor's facts. Dates are milliseconds since 1970, null when not set. */
export interface Volume {
  readonly descriptorLba: number
  readonly blockBytes: number
  readonly volumeSpaceBlocks: number
  readonly rootLba: number
  readonly rootLengthBytes: number
  readonly rootRecordedMs: number | null
  readonly pathTableSizeBytes: number
  readonly pathTableLba: number
  /** Its copy with big-endian numbers; 0 when there is none. */
  readonly bigEndianPathTableLba: number
  readonly label: string
  readonly systemId: string
  readonly volumeSetId: string
  readonly publisherId: string
  readonly preparerId: string
  readonly applicationId: string
  readonly createdMs: number | null
  readonly modifiedMs: number | null
  readonly expiresMs: number | null
  readonly effectiveMs: number | null
  /** Of Joliet: UCS-2 level 1 to 3. */
  readonly jolietLevel: number | null
  /** Announces CD-ROM XA. */
  readonly hasXa: boolean
}

export interface VolumeDescriptorSet {
  readonly primary: Volume | null
  readonly joliet: Volume | null
  /** Enhanced descriptor of ISO 9660:1999, "level 4" (ECMA-119 9.5.3). */
  readonly enhanced: Volume | null
  readonly hasBootRecord: boolean
}

/** Bytes an image must have to hold one descriptor. */
export const LEAST_IMAGE_BYTES = (FIRST_DESCRIPTOR_LBA + 1) * SECTOR_BYTES

/** Reads descriptors from `firstLba` up to the terminator. Nothing here throws for what the image says: see the findings. */
export function readVolumeDescriptorSet(source: ByteSource, findings: FindingLog, firstLba = FIRST_DESCRIPTOR_LBA): VolumeDescriptorSet {
  const set = { primary: null as Volume | null, joliet: null as Volume | null, enhanced: null as Volume | null, hasBootRecord: false }
  let terminated = false
  let lba = firstLba
  for (; lba < firstLba + MAX_VOLUME_DESCRIPTORS && !terminated; lba++) {
    const bytes = readUpTo(source, lba * SECTOR_BYTES, SECTOR_BYTES)
    if (bytes.length < SECTOR_BYTES || DescriptorHeader.fields.standardIdentifier.get(bytes, 0) !== STANDARD_IDENTIFIER) break
    const offsetBytes = lba * SECTOR_BYTES
    const type = DescriptorHeader.fields.type.get(bytes, 0)
    const version = DescriptorHeader.fields.version.get(bytes, 0)
    if (version !== 1 && !(type === descriptorTypes.supplementary && version === 2)) {
      const message = `A volume descriptor has version ${version} instead of 1; it was read all the same.`
      findings.add('descriptor-version', 'note', message, { offsetBytes, clause: 'ECMA-119 9.1.3' })
    }
    if (type === descriptorTypes.terminator) terminated = true
    else if (type === descriptorTypes.bootRecord) set.hasBootRecord = true
    else if (type === descriptorTypes.primary) takePrimary(set, bytes, lba, source, findings)
    else if (type === descriptorTypes.supplementary) takeSupplementary(set, bytes, lba, version, source, findings)
  }
  noteEnd(set.primary !== null, terminated, lba, source, findings)
  return set
}

interface SetBeingRead {
  primary: Volume | null
  joliet: Volume | null
  enhanced: Volume | null
}

function takePrimary(set: SetBeingRead, bytes: Buffer, lba: number, source: ByteSource, findings: FindingLog): void {
  const offsetBytes = lba * SECTOR_BYTES
  const jolietLevel = jolietLevelOf(bytes)
  if (jolietLevel > 0) {
    const message =
      'A volume descriptor says that it is the primary one, but its names are in the characters of Joliet; it was read as Joliet.'
    findings.add('primary-is-joliet', 'suspicious', message, { offsetBytes, clause: 'ECMA-119 9.4' })
    set.joliet ??= readVolume(bytes, lba, jolietLevel, source, findings)
    return
  }
  const volume = readVolume(bytes, lba, null, source, findings)
  if (set.primary === null) set.primary = volume
  else if (volume !== null && (volume.rootLba !== set.primary.rootLba || volume.label !== set.primary.label)) {
    const message = 'A second primary volume descriptor says something else than the first; the first is believed.'
    findings.add('several-primary-descriptors', 'note', message, { offsetBytes, clause: 'ECMA-119 6.7.1' })
  }
}

function takeSupplementary(set: SetBeingRead, bytes: Buffer, lba: number, version: number, source: ByteSource, findings: FindingLog) {
  const level = jolietLevelOf(bytes)
  if (level > 0) set.joliet ??= readVolume(bytes, lba, level, source, findings)
  else if (version === 2) set.enhanced ??= readVolume(bytes, lba, null, source, findings)
  else {
    const message = 'A supplementary volume descriptor uses a character set that Isomer does not know; its tree was left out.'
    findings.add('supplementary-unknown', 'note', message, { offsetBytes: lba * SECTOR_BYTES, clause: 'ECMA-119 9.5.6' })
  }
}

/** UCS-2 level that the escape sequence names; 0 when it is none of Joliet's. */
function jolietLevelOf(bytes: Buffer): number {
  const escapes = PrimaryVolumeDescriptor.fields.escapeSequences.get(bytes, 0)
  return jolietEscapes.indexOf(String.fromCharCode(...escapes.subarray(0, 3))) + 1
}

function noteEnd(hasPrimary: boolean, terminated: boolean, nextLba: number, source: ByteSource, findings: FindingLog): void {
  if (hasPrimary && !terminated) {
    const message = 'The list of volume descriptors has no end mark; what was found before it broke off was used.'
    findings.add('no-set-terminator', 'note', message, { offsetBytes: nextLba * SECTOR_BYTES, clause: 'ECMA-119 9.3' })
  }
  if (!terminated) return
  const next = readUpTo(source, nextLba * SECTOR_BYTES, SECTOR_BYTES)
  if (next.length < SECTOR_BYTES || DescriptorHeader.fields.standardIdentifier.get(next, 0) !== STANDARD_IDENTIFIER) return
  // A second terminator is common; anything else behind the first is hidden from strict readers.
  if (DescriptorHeader.fields.type.get(next, 0) === descriptorTypes.terminator) return
  const message = 'Volume descriptors stand after the end mark of their list; they were not used.'
  findings.add('descriptors-after-terminator', 'note', message, { offsetBytes: nextLba * SECTOR_BYTES, clause: 'ECMA-119 9.3' })
}

function readVolume(bytes: Buffer, lba: number, jolietLevel: number | null, source: ByteSource, findings: FindingLog): Volume | null {
  const offsetBytes = lba * SECTOR_BYTES
  const declared = jolietLevel === null ? PrimaryVolumeDescriptor : JolietVolumeDescriptor
  const d = declared.parse(bytes)
  const root = DirectoryRecord.parse(d.rootDirectoryRecord)
  const blockBytes = d.logicalBlockSizeBytes
  if (blockBytes !== 512 && blockBytes !== 1024 && blockBytes !== 2048) {
    const message = `A volume descriptor gives a block size of ${blockBytes} bytes, which no disc has; its tree can't be found.`
    findings.add('block-size-invalid', 'damaged', message, { offsetBytes, clause: 'ECMA-119 9.4.12' })
    return null
  }
  for (const field of declared.disagreements(bytes)) noteDisagreement(field, offsetBytes, findings)
  for (const field of DirectoryRecord.disagreements(d.rootDirectoryRecord)) noteDisagreement(`root ${field}`, offsetBytes + 156, findings)
  noteDates(bytes, offsetBytes, findings)
  noteRoot(d.rootDirectoryRecord, offsetBytes, findings)
  const limitBlocks = source.sizeBytes / blockBytes
  const rootLba = within(root.extentLba, readU32Be(d.rootDirectoryRecord, DirectoryRecord.fields.extentLba.offset + 4), limitBlocks)
  const rootLengthAt = DirectoryRecord.fields.dataLengthBytes.offset
  const rootLengthBytes = within(root.dataLengthBytes, readU32Be(d.rootDirectoryRecord, rootLengthAt + 4), source.sizeBytes)
  if (noteUnusableRoot(source, rootLba * blockBytes, rootLengthBytes, findings)) return null
  return {
    descriptorLba: lba,
    blockBytes,
    volumeSpaceBlocks: d.volumeSpaceSizeBlocks,
    rootLba,
    rootLengthBytes,
    rootRecordedMs: root.recordedAt,
    pathTableSizeBytes: d.pathTableSizeBytes,
    pathTableLba: d.typeLPathTableLba,
    bigEndianPathTableLba: d.typeMPathTableLba,
    label: tidy(d.volumeIdentifier),
    systemId: tidy(d.systemIdentifier),
    volumeSetId: tidy(d.volumeSetIdentifier),
    publisherId: tidy(d.publisherIdentifier),
    preparerId: tidy(d.dataPreparerIdentifier),
    applicationId: tidy(d.applicationIdentifier),
    createdMs: d.creationDate,
    modifiedMs: d.modificationDate,
    expiresMs: d.expirationDate,
    effectiveMs: d.effectiveDate,
    jolietLevel,
    hasXa: announcesXa(d.applicationUse),
  }
}

function noteDisagreement(field: string, offsetBytes: number, findings: FindingLog): void {
  const message = `The two copies of a number in a volume descriptor differ (${field}).`
  findings.add('both-endian-mismatch', 'suspicious', message, { offsetBytes, clause: 'ECMA-119 7.2.3' })
}

const dateFields = ['creationDate', 'modificationDate', 'expirationDate', 'effectiveDate'] as const

function noteDates(bytes: Buffer, offsetBytes: number, findings: FindingLog): void {
  for (const name of dateFields) {
    const field = PrimaryVolumeDescriptor.fields[name]
    const digits = bytes.toString('latin1', field.offset, field.offset + 16)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: zeros as digits, blanks and NULs are all in use for "not set"
    if (field.get(bytes, 0) !== null || /^(?:0*|[ \u0000]*)$/.test(digits)) continue
    const message = 'A date of the volume names no moment that exists; it counts as not set.'
    findings.add('volume-date-invalid', 'note', message, { offsetBytes: offsetBytes + field.offset, clause: 'ECMA-119 9.4.27.2' })
  }
}

function noteRoot(record: Uint8Array, offsetBytes: number, findings: FindingLog): void {
  const place = { offsetBytes: offsetBytes + PrimaryVolumeDescriptor.fields.rootDirectoryRecord.offset, clause: 'ECMA-119 9.4.18' }
  const lengthBytes = DirectoryRecord.fields.recordLengthBytes.get(record, 0)
  if (lengthBytes !== 34) findings.add('root-record-length', 'note', `The root's record claims ${lengthBytes} bytes instead of 34.`, place)
  if ((DirectoryRecord.fields.fileFlags.get(record, 0) & fileFlags.directory) === 0) {
    findings.add('root-not-directory', 'note', 'The root is not marked as a directory; it was read as one.', place)
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: descriptors are padded with either
const PADDING = /[ \u0000]+$/
const tidy = (text: string): string => text.replace(PADDING, '')
