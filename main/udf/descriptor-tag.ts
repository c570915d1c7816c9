/** Descriptor tag (ECMA-167 3/7.2, 4/7.2; UDF 2.2.1, 2.3.1): says what a descriptor is, where it belongs, and guards it. */
import { reserved, u8, u16le, u32le } from '../bytes/field-types.ts'
import { type FieldType, structure } from '../bytes/structure.ts'
import { crcCcitt } from './crc-ccitt.ts'

/** Tag identifiers (ECMA-167 3/7.2.1, 4/7.2.1; 0 is UDF's sparing table). */
export const tagIds = {
  sparingTable: 0,
  primaryVolume: 1,
  anchor: 2,
  volumePointer: 3,
  implementationUse: 4,
  partition: 5,
  logicalVolume: 6,
  unallocatedSpace: 7,
  terminating: 8,
  logicalVolumeIntegrity: 9,
  fileSet: 256,
  fileIdentifier: 257,
  allocationExtent: 258,
  indirectEntry: 259,
  terminalEntry: 260,
  fileEntry: 261,
  extendedAttributeHeader: 262,
  unallocatedSpaceEntry: 263,
  spaceBitmap: 264,
  extendedFileEntry: 266,
} as const

export const DescriptorTag = structure('Descriptor Tag', 'ECMA-167 3/7.2', {
  identifier: u16le, // 3/7.2.1
  version: u16le, // 3/7.2.2
  checksum: u8, // 3/7.2.3
  reserved5: reserved(1), // 3/7.2.4
  serialNumber: u16le, // 3/7.2.5
  crc: u16le, // 3/7.2.6
  crcLengthBytes: u16le, // 3/7.2.7
  locationBlock: u32le, // 3/7.2.8
})

/** The room of a tag in a declaration: it guards what follows, so `sealTag` writes it last. */
export const tag: FieldType<undefined> = {
  sizeBytes: DescriptorTag.sizeBytes,
  get: () => undefined,
  set: (bytes, at) => void bytes.fill(0, at, at + DescriptorTag.sizeBytes),
}

/** Tag versions: 2 with NSR02, 3 with NSR03 (ECMA-167 3/7.2.2). */
export type TagVersion = 2 | 3

export interface TagFacts {
  readonly identifier: number
  readonly version: TagVersion
  /** Block in which the descriptor begins: of the volume for volume structures, else of its partition. */
  readonly locationBlock: number
}

/** Writes the tag of a finished descriptor of `lengthBytes`, tag included, with checksum and CRC over all of it. */
export function sealTag(bytes: Uint8Array, base: number, lengthBytes: number, facts: TagFacts): void {
  const crcLengthBytes = lengthBytes - DescriptorTag.sizeBytes
  const start = base + DescriptorTag.sizeBytes
  const { fields } = DescriptorTag
  fields.identifier.set(bytes, base, facts.identifier)
  fields.version.set(bytes, base, facts.version)
  fields.serialNumber.set(bytes, base, 0)
  fields.crc.set(bytes, base, crcCcitt(bytes, start, start + crcLengthBytes))
  fields.crcLengthBytes.set(bytes, base, crcLengthBytes)
  fields.locationBlock.set(bytes, base, facts.locationBlock)
  fields.checksum.set(bytes, base, tagChecksum(bytes, base))
}

/** Sum of the tag's other 15 bytes (ECMA-167 3/7.2.3). */
function tagChecksum(bytes: Uint8Array, base: number): number {
  let sum = 0
  for (let i = 0; i < DescriptorTag.sizeBytes; i++) if (i !== 4) sum += bytes[base + i] as number
  return sum & 0xff
}

/**
 * How far a tag can be believed: `sound` · `misplaced` (says another block than it is in) · `altered` (its CRC does not
 * fit) · `none` (no tag at all, or its checksum does not fit).
 */
export type TagVerdict = 'sound' | 'misplaced' | 'altered' | 'none'

/** Judges the tag at `base`; `locationBlock` null skips the place. */
export function judgeTag(bytes: Uint8Array, base: number, locationBlock: number | null): TagVerdict {
  if (base < 0 || base + DescriptorTag.sizeBytes > bytes.length) return 'none'
  const { fields } = DescriptorTag
  if (fields.checksum.get(bytes, base) !== tagChecksum(bytes, base)) return 'none'
  // Unrecorded blocks are all zeros, whose checksum fits; of real descriptors only a sparing table has identifier 0.
  if (fields.identifier.get(bytes, base) === tagIds.sparingTable && fields.version.get(bytes, base) === 0) return 'none'
  const start = base + DescriptorTag.sizeBytes
  const end = start + fields.crcLengthBytes.get(bytes, base)
  if (end > bytes.length || crcCcitt(bytes, start, end) !== fields.crc.get(bytes, base)) return 'altered'
  return locationBlock === null || fields.locationBlock.get(bytes, base) === locationBlock ? 'sound' : 'misplaced'
}

/** Identifier of the tag at `base`. */
export const tagIdentifier = (bytes: Uint8Array, base = 0): number => DescriptorTag.fields.identifier.get(bytes, base)
