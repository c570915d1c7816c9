/** Finds the directory records in a part of a directory (ECMA-119 10.1) and picks single fields, without a parse of the whole. */
import { readU32Be, readU32Le } from '../bytes/field-types.ts'
import type { FindingLog } from '../bytes/finding-log.ts'
import { recordDate } from './date-time.ts'
import { DirectoryRecord, fileFlags, recordBaseBytes } from './directory-record.ts'
import type { Interleave } from './interleave.ts'
import { SECTOR_BYTES } from './volume-descriptor.ts'

const { fields } = DirectoryRecord
const EXTENT_AT = fields.extentLba.offset
const LENGTH_AT = fields.dataLengthBytes.offset
const DATE_AT = fields.recordedAt.offset
const FLAGS_AT = fields.fileFlags.offset
const UNIT_AT = fields.fileUnitSizeBlocks.offset
const GAP_AT = fields.interleaveGapBlocks.offset
const XATTR_AT = fields.extendedAttributeBlocks.offset
const IDENTIFIER_LENGTH_AT = fields.identifierLengthBytes.offset
/** Where the identifier begins. */
export const IDENTIFIER_AT = DirectoryRecord.sizeBytes
/** A record with an identifier of one byte. */
const LEAST_RECORD_BYTES = IDENTIFIER_AT + 1

/**
 * Place of the first record at `from` or after it that can be read and is not that of the directory itself or its
 * parent; -1 when there is none. Records never cross a sector; a length of zero ends a sector. Go on at `recordEnd`.
 */
export function findRecord(bytes: Buffer, from: number, partOffsetBytes: number, findings: FindingLog): number {
  let at = from
  while (at < bytes.length) {
    const recordBytes = bytes[at] as number
    const sectorEnd = at - (at % SECTOR_BYTES) + SECTOR_BYTES
    if (recordBytes === 0) {
      at = sectorEnd
      continue
    }
    if (recordBytes < LEAST_RECORD_BYTES || at + recordBytes > Math.min(sectorEnd, bytes.length)) {
      noteBrokenRecord(recordBytes, at + recordBytes > sectorEnd, partOffsetBytes + at, findings)
      at = sectorEnd
      continue
    }
    const count = bytes[at + IDENTIFIER_LENGTH_AT] as number
    const isSelfOrParent = count === 1 && (bytes[at + IDENTIFIER_AT] as number) <= 1
    if (recordBytes % 2 === 1) {
      const message = 'A directory record has an odd length.'
      findings.add('record-length-odd', 'note', message, { offsetBytes: partOffsetBytes + at, clause: 'ECMA-119 10.1.12' })
    }
    if (!isSelfOrParent && IDENTIFIER_AT + count <= recordBytes) return at
    if (!isSelfOrParent) {
      const message = 'A name reaches beyond its directory record; the entry was left out.'
      findings.add('name-beyond-record', 'damaged', message, { offsetBytes: partOffsetBytes + at, clause: 'ECMA-119 10.1.10' })
    }
    at += recordBytes
  }
  return -1
}

export const recordEnd = (bytes: Buffer, at: number): number => at + (bytes[at] as number)

function noteBrokenRecord(recordBytes: number, crossesSector: boolean, offsetBytes: number, findings: FindingLog): void {
  const place = { offsetBytes, clause: 'ECMA-119 10.1.1' }
  if (recordBytes < LEAST_RECORD_BYTES) {
    findings.add('record-too-short', 'damaged', 'A directory record is too short to be one; the rest of its sector was left out.', place)
  } else if (crossesSector) {
    findings.add('record-crosses-sector', 'suspicious', 'A directory record crosses the end of its sector and was left out.', place)
  } else {
    findings.add('record-beyond-directory', 'damaged', 'The last record of a folder is cut off and was left out.', place)
  }
}

export const flagsOf = (bytes: Buffer, at: number): number => bytes[at + FLAGS_AT] as number
export const extendedAttributeBlocks = (bytes: Buffer, at: number): number => bytes[at + XATTR_AT] as number
export const identifierBytes = (bytes: Buffer, at: number): number => bytes[at + IDENTIFIER_LENGTH_AT] as number
export const recordedMs = (bytes: Buffer, at: number): number | null => recordDate.get(bytes, at + DATE_AT)

/** Null unless both numbers say that the file is interleaved (ECMA-119 10.1.7, 10.1.8). */
export function interleaveOf(bytes: Buffer, at: number): Interleave | null {
  const unitBlocks = bytes[at + UNIT_AT] as number
  const gapBlocks = bytes[at + GAP_AT] as number
  return unitBlocks === 0 || gapBlocks === 0 ? null : { unitBlocks, gapBlocks }
}

/** Where the system use area of a record begins; its end is the record's. */
export const systemUseStart = (bytes: Buffer, at: number): number => at + recordBaseBytes(identifierBytes(bytes, at))

/** First logical block of the extent, extended attribute record included. */
export function extentLba(bytes: Buffer, at: number, limitBlocks: number, findings: FindingLog, offsetBytes: number): number {
  return bothEndian(bytes, at + EXTENT_AT, limitBlocks, findings, offsetBytes)
}

/** Bytes of the extent's data. */
export function lengthBytes(bytes: Buffer, at: number, limitBytes: number, findings: FindingLog, offsetBytes: number): number {
  return bothEndian(bytes, at + LENGTH_AT, limitBytes, findings, offsetBytes)
}

function bothEndian(bytes: Buffer, at: number, limit: number, findings: FindingLog, offsetBytes: number): number {
  const little = readU32Le(bytes, at)
  const big = readU32Be(bytes, at + 4)
  if (little === big) return little
  const message = 'The two copies of a number in a directory record differ.'
  findings.add('both-endian-mismatch', 'suspicious', message, { offsetBytes, clause: 'ECMA-119 7.3.3' })
  return within(little, big, limit)
}

/** Of two copies of a number the little-endian one, unless only the other lies within the image. */
export function within(littleEndian: number, bigEndian: number, limit: number): number {
  return littleEndian > limit && bigEndian <= limit && bigEndian > 0 ? bigEndian : littleEndian
}

/** Whether two records have the same identifier: parts of one file do (ECMA-119 6.5.1). */
export function sameIdentifier(a: Buffer, aAt: number, b: Buffer, bAt: number): boolean {
  const count = identifierBytes(a, aAt)
  if (count !== identifierBytes(b, bAt)) return false
  return a.compare(b, bAt + IDENTIFIER_AT, bAt + IDENTIFIER_AT + count, aAt + IDENTIFIER_AT, aAt + IDENTIFIER_AT + count) === 0
}

/** Whether bytes begin with a directory's record of itself. */
export function isSelfRecord(bytes: Buffer): boolean {
  return (
    bytes.length >= IDENTIFIER_AT + 1 &&
    (bytes[0] as number) > IDENTIFIER_AT &&
    identifierBytes(bytes, 0) === 1 &&
    bytes[IDENTIFIER_AT] === 0 &&
    (flagsOf(bytes, 0) & fileFlags.directory) !== 0
  )
}

/** The same, of a directory that begins at this block. */
export function isOwnRecord(bytes: Buffer, lba: number): boolean {
  return isSelfRecord(bytes) && readU32Le(bytes, EXTENT_AT) + extendedAttributeBlocks(bytes, 0) === lba
}

/** Length that a directory's record of itself gives. */
export const ownLengthBytes = (bytes: Buffer): number => readU32Le(bytes, LENGTH_AT)

/** Whether a directory's record of its parent is there; `parentLba` null if it may lead anywhere. */
export function isParentRecord(bytes: Buffer, at: number, parentLba: number | null): boolean {
  return (
    bytes.length > at + IDENTIFIER_AT &&
    bytes[at + IDENTIFIER_AT] === 1 &&
    identifierBytes(bytes, at) === 1 &&
    (parentLba === null || readU32Le(bytes, at + EXTENT_AT) + extendedAttributeBlocks(bytes, at) === parentLba)
  )
}
