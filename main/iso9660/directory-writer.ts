/** Puts directory records into a directory's sectors (ECMA-119 6.8.1.1): a record never crosses a sector. */
import { InternalProblem } from '../bytes/internal-problem.ts'
import { DirectoryRecord, MAX_RECORD_BYTES, recordBaseBytes } from './directory-record.ts'
import { SECTOR_BYTES } from './volume-descriptor.ts'

/** Bytes of a whole record. Its system use area is filled up to an even length (ECMA-119 10.1.13). */
export function recordBytes(identifierBytes: number, systemUseBytes: number): number {
  return recordBaseBytes(identifierBytes) + systemUseBytes + (systemUseBytes % 2)
}

/** Adds up how much a directory takes, before anything is written. */
export class DirectoryMeasure {
  private at = 0

  add(lengthBytes: number): void {
    this.at = placeRecord(this.at, lengthBytes) + lengthBytes
  }

  /** Whole sectors; never none. */
  get sizeBytes(): number {
    return Math.max(1, Math.ceil(this.at / SECTOR_BYTES)) * SECTOR_BYTES
  }
}

/** Where a record goes that would start at `at`. */
function placeRecord(at: number, lengthBytes: number): number {
  const left = SECTOR_BYTES - (at % SECTOR_BYTES)
  return lengthBytes <= left ? at : at + left
}

/** What all records of an image have in common to say. */
export interface RecordFacts {
  readonly extentLba: number
  readonly dataLengthBytes: number
  readonly recordedAtMs: number
  readonly flags: number
}

/** Writes records one after the other into a zeroed area of whole sectors. */
export class DirectoryWriter {
  private at = 0
  private readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** Reserves the record and fills its fixed part and identifier. Gives where its system use area starts. */
  record(identifier: Uint8Array, facts: RecordFacts, systemUseBytes: number): number {
    const lengthBytes = recordBytes(identifier.length, systemUseBytes)
    const at = placeRecord(this.at, lengthBytes)
    if (lengthBytes > MAX_RECORD_BYTES || at + lengthBytes > this.bytes.length)
      throw new InternalProblem(`a directory record of ${lengthBytes} bytes does not fit at ${at} of ${this.bytes.length}`)
    writeRecord(this.bytes, at, lengthBytes, identifier, facts)
    this.at = at + lengthBytes
    return at + recordBaseBytes(identifier.length)
  }
}

/** Writes one record's fixed part and identifier at `at`. */
export function writeRecord(bytes: Uint8Array, at: number, lengthBytes: number, identifier: Uint8Array, facts: RecordFacts): void {
  const { fields } = DirectoryRecord
  fields.recordLengthBytes.set(bytes, at, lengthBytes)
  fields.extentLba.set(bytes, at, facts.extentLba)
  fields.dataLengthBytes.set(bytes, at, facts.dataLengthBytes)
  fields.recordedAt.set(bytes, at, facts.recordedAtMs)
  fields.fileFlags.set(bytes, at, facts.flags)
  fields.volumeSequenceNumber.set(bytes, at, 1)
  fields.identifierLengthBytes.set(bytes, at, identifier.length)
  bytes.set(identifier, at + DirectoryRecord.sizeBytes)
}

/** Identifiers of a directory's first two records: itself and its parent (ECMA-119 7.6.2). */
export const SELF_IDENTIFIER = Uint8Array.of(0)
export const PARENT_IDENTIFIER = Uint8Array.of(1)
