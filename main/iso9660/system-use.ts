/**
 * System use entries (SUSP 1.12) and those of Rock Ridge (RRIP 1.12), declared once for reader and writer.
 *
 * Covered: SP CE ER ST · PX PN SL NM CL PL RE TF · ZF. Known, kept opaque: PD, ES, RR (1.09), SF, AL.
 */
import { both32, constant, raw, text, u8 } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'

/** What every entry begins with (SUSP 4). */
export const SystemUseHeader = structure('System Use Entry', 'SUSP 4', {
  signature: text(2),
  lengthBytes: u8,
  version: u8,
})

/** Sharing protocol indicator (SUSP 5.3), first entry of the root's own record. */
export const SpEntry = structure('SP', 'SUSP 5.3', {
  signature: text(2),
  lengthBytes: u8,
  version: constant(1),
  checkByte1: constant(0xbe),
  checkByte2: constant(0xef),
  skippedBytes: u8,
})

/** Continuation area (SUSP 5.1). */
export const CeEntry = structure('CE', 'SUSP 5.1', {
  signature: text(2),
  lengthBytes: u8,
  version: constant(1),
  areaLba: both32,
  areaOffsetBytes: both32,
  areaLengthBytes: both32,
})

/** Extensions reference, fixed part (SUSP 5.5); identifier, descriptor and source follow. */
export const ErEntry = structure('ER', 'SUSP 5.5', {
  signature: text(2),
  lengthBytes: u8,
  version: constant(1),
  identifierLengthBytes: u8,
  descriptorLengthBytes: u8,
  sourceLengthBytes: u8,
  extensionVersion: u8,
})

/** POSIX file attributes (RRIP 4.1.1). RRIP 1.10 ends before the serial number. */
export const PxEntry = structure('PX', 'RRIP 4.1.1', {
  signature: text(2),
  lengthBytes: u8,
  version: constant(1),
  mode: both32,
  linkCount: both32,
  uid: both32,
  gid: both32,
  serialNumber: both32,
})
/** Length of a PX entry of RRIP 1.10, without the serial number. */
export const PX_WITHOUT_SERIAL_BYTES = 36

/** Device number (RRIP 4.1.2). */
export const PnEntry = structure('PN', 'RRIP 4.1.2', {
  signature: text(2),
  lengthBytes: u8,
  version: constant(1),
  deviceHigh: both32,
  deviceLow: both32,
})

/** Alternate name and symbolic link, fixed part (RRIP 4.1.4, 4.1.3); content follows. */
export const FlaggedEntry = structure('NM or SL', 'RRIP 4.1.3, 4.1.4', {
  signature: text(2),
  lengthBytes: u8,
  version: constant(1),
  flags: u8,
})
export const nameFlags = { continues: 1, current: 2, parent: 4 } as const
/** Flags of a symbolic link component (RRIP 4.1.3.1), which is flags, length, content. */
export const componentFlags = { continues: 1, current: 2, parent: 4, root: 8 } as const

/** Child and parent link of a relocated directory (RRIP 4.1.5.1, 4.1.5.2). */
export const LinkEntry = structure('CL or PL', 'RRIP 4.1.5', {
  signature: text(2),
  lengthBytes: u8,
  version: constant(1),
  directoryLba: both32,
})

/** Time stamps, fixed part (RRIP 4.1.6); one stamp for each flag bit follows, in the order of the bits. */
export const TfEntry = structure('TF', 'RRIP 4.1.6', {
  signature: text(2),
  lengthBytes: u8,
  version: constant(1),
  flags: u8,
})
export const timeFlags = {
  creation: 1,
  modify: 2,
  access: 4,
  attributes: 8,
  backup: 16,
  expiration: 32,
  effective: 64,
  longForm: 128,
} as const

/** The identifier field that tells Rock Ridge 1.12, and that of 1.09 and 1.10. */
export const rockRidgeIdentifiers = { ieee1282: 'IEEE_1282', rrip1991a: 'RRIP_1991A' } as const

/** Transparent compression (zisofs description, "ZF"); the algorithm of version 1 is `pz`, that of version 2 mostly `PZ`. */
export const ZfEntry = structure('ZF', 'zisofs ZF', {
  signature: text(2),
  lengthBytes: u8,
  version: constant(1),
  algorithm: text(2),
  headerWords: u8,
  blockLog2: u8,
  contentBytes: raw(8), // both-endian in version 1, 64 bits in version 2
})
