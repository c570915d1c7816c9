/** Directory records (ECMA-119 10.1): the fixed part declared; identifier and system use area follow it. */
import { both16, both32, u8 } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'
import { recordDate } from './date-time.ts'

/** The 33 bytes before the identifier. */
export const DirectoryRecord = structure('Directory Record', 'ECMA-119 10.1', {
  recordLengthBytes: u8, // 10.1.1
  extendedAttributeBlocks: u8, // 10.1.2
  extentLba: both32, // 10.1.3
  dataLengthBytes: both32, // 10.1.4
  recordedAt: recordDate, // 10.1.5
  fileFlags: u8, // 10.1.6
  fileUnitSizeBlocks: u8, // 10.1.7
  interleaveGapBlocks: u8, // 10.1.8
  volumeSequenceNumber: both16, // 10.1.9
  identifierLengthBytes: u8, // 10.1.10
})

/** File flags (ECMA-119 10.1.6). */
export const fileFlags = {
  hidden: 0x01,
  directory: 0x02,
  associated: 0x04,
  recordFormat: 0x08,
  protection: 0x10,
  multiExtent: 0x80,
} as const

/** Longest directory record: its length is one byte, and even (ECMA-119 10.1.1, 10.1.12). */
export const MAX_RECORD_BYTES = 254

/** Bytes of a record before its system use area: identifiers of even length take a padding byte (ECMA-119 10.1.12). */
export function recordBaseBytes(identifierBytes: number): number {
  return DirectoryRecord.sizeBytes + identifierBytes + (identifierBytes % 2 === 0 ? 1 : 0)
}
