/**
 * Volume descriptors (ECMA-119 9): primary, supplementary (Joliet, enhanced), terminator.
 * The partition and boot record bodies are not covered here.
 */
import { both16, both32, constant, raw, reserved, text, u8, u32be, u32le, ucs2Text } from '../bytes/field-types.ts'
import { type FieldType, structure } from '../bytes/structure.ts'
import { descriptorDate } from './date-time.ts'

export const SECTOR_BYTES = 2048
/** ECMA-119 7.2.1: the data area begins after 16 sectors of system area. */
export const FIRST_DESCRIPTOR_LBA = 16
export const STANDARD_IDENTIFIER = 'CD001'

/** Volume descriptor types (ECMA-119 9.1.1). */
export const descriptorTypes = { bootRecord: 0, primary: 1, supplementary: 2, partition: 3, terminator: 255 } as const

/** What all descriptors begin with (ECMA-119 9.1). */
export const DescriptorHeader = structure('Volume Descriptor', 'ECMA-119 9.1', {
  type: u8, // 9.1.1
  standardIdentifier: text(5), // 9.1.2
  version: u8, // 9.1.3
})

/** Primary (9.4) and supplementary (9.5) descriptors share one layout; only the character set differs. */
function volumeDescriptor(name: string, clause: string, chars: (sizeBytes: number) => FieldType<string>) {
  return structure(name, clause, {
    type: u8, // 9.4.1
    standardIdentifier: text(5), // 9.4.2
    version: u8, // 9.4.3
    volumeFlags: u8, // 9.5.3, unused in a primary descriptor
    systemIdentifier: chars(32), // 9.4.5
    volumeIdentifier: chars(32), // 9.4.6
    unused72: reserved(8), // 9.4.7
    volumeSpaceSizeBlocks: both32, // 9.4.8
    escapeSequences: raw(32), // 9.5.6, unused in a primary descriptor
    volumeSetSize: both16, // 9.4.10
    volumeSequenceNumber: both16, // 9.4.11
    logicalBlockSizeBytes: both16, // 9.4.12
    pathTableSizeBytes: both32, // 9.4.13
    typeLPathTableLba: u32le, // 9.4.14
    optionalTypeLPathTableLba: u32le, // 9.4.15
    typeMPathTableLba: u32be, // 9.4.16
    optionalTypeMPathTableLba: u32be, // 9.4.17
    rootDirectoryRecord: raw(34), // 9.4.18
    volumeSetIdentifier: chars(128), // 9.4.19
    publisherIdentifier: chars(128), // 9.4.20
    dataPreparerIdentifier: chars(128), // 9.4.21
    applicationIdentifier: chars(128), // 9.4.22
    copyrightFileIdentifier: chars(37), // 9.4.23
    abstractFileIdentifier: chars(37), // 9.4.24
    bibliographicFileIdentifier: chars(37), // 9.4.25
    creationDate: descriptorDate, // 9.4.26
    modificationDate: descriptorDate, // 9.4.27
    expirationDate: descriptorDate, // 9.4.28
    effectiveDate: descriptorDate, // 9.4.29
    fileStructureVersion: u8, // 9.4.30
    reserved882: reserved(1), // 9.4.31
    applicationUse: raw(512), // 9.4.32
    reserved1395: reserved(653), // 9.4.33
  })
}

export const PrimaryVolumeDescriptor = volumeDescriptor('Primary Volume Descriptor', 'ECMA-119 9.4', text)
/** The enhanced descriptor of ISO 9660:1999: the fields of the primary one, version 2. */
export const EnhancedVolumeDescriptor = volumeDescriptor('Enhanced Volume Descriptor', 'ECMA-119 9.5', text)
/** Joliet's supplementary descriptor: the same fields in big-endian UCS-2. */
export const JolietVolumeDescriptor = volumeDescriptor('Supplementary Volume Descriptor', 'ECMA-119 9.5; Joliet', ucs2Text)

/** Volume descriptor set terminator (ECMA-119 9.3). */
export const SetTerminator = structure('Volume Descriptor Set Terminator', 'ECMA-119 9.3', {
  type: u8, // 9.3.1
  standardIdentifier: text(5), // 9.3.2
  version: constant(1), // 9.3.3
  reserved8: reserved(2041), // 9.3.4
})

/** Escape sequences that make a supplementary descriptor Joliet (Joliet specification, SVD escape sequences), by UCS-2 level. */
export const jolietEscapes: readonly string[] = ['%/@', '%/C', '%/E']
