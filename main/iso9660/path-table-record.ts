/** Path table records (ECMA-119 10.4) in both byte orders. The identifier follows, padded to an even length. */
import { u8, u16be, u16le, u32be, u32le } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'

/** Type L, little-endian (ECMA-119 7.9.1). */
export const TypeLPathTableRecord = structure('Path Table Record, type L', 'ECMA-119 10.4', {
  identifierLengthBytes: u8, // 10.4.1
  extendedAttributeBlocks: u8, // 10.4.2
  extentLba: u32le, // 10.4.3
  parentNumber: u16le, // 10.4.4
})

/** Type M, big-endian (ECMA-119 7.9.2). */
export const TypeMPathTableRecord = structure('Path Table Record, type M', 'ECMA-119 10.4', {
  identifierLengthBytes: u8,
  extendedAttributeBlocks: u8,
  extentLba: u32be,
  parentNumber: u16be,
})

/** A parent number has 16 bits: more directories can't be numbered. */
export const MAX_NUMBERED_DIRECTORIES = 65_535

/** Bytes of one path table record with its identifier and padding. */
export function pathTableRecordBytes(identifierBytes: number): number {
  return TypeLPathTableRecord.sizeBytes + identifierBytes + (identifierBytes % 2)
}
