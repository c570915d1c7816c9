/**
 * What boot files are told about their own place on the disc: the boot-info table that isolinux, GRUB and others read,
 * and GRUB 2's own field. Both must be written anew whenever the file moves.
 */

import { Problem } from '../../shared/problem.ts'
import { readU32Le, reserved, u32le } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'
import { SECTORS_PER_BLOCK } from './disk-sector.ts'
import { u64le } from './uint64.ts'

/** Bytes 8 to 63 of the boot file (mkisofs: "EL TORITO BOOT INFORMATION TABLE"). */
export const BootInfoTable = structure('Boot Information Table', 'mkisofs(8), EL TORITO BOOT INFORMATION TABLE', {
  primaryDescriptorLba: u32le,
  fileLba: u32le,
  fileSizeBytes: u32le,
  checksum: u32le,
  reserved24: reserved(40),
})
export const BOOT_INFO_OFFSET = 8
/** The checksum covers the file from here on. */
export const BOOT_INFO_END = 64

/** GRUB 2's loader finds here the sector where its core goes on, behind its own first five (libisofs, doc/boot_sectors.txt). */
const GRUB2_OFFSET = 2548
const GRUB2_SECTORS_AHEAD = 5

/** What isolinux puts behind the table when its MBR code may start it from a disk (0x7078C0FB). */
const ISOLINUX_HYBRID_MARK = 0x7078c0fb

export interface BootFilePlace {
  readonly primaryDescriptorLba: number
  readonly fileLba: number
}

/** Sums 32-bit little-endian words of a file given in pieces; the last word is filled up with zeros. */
export class BootInfoChecksum {
  #sum = 0
  #word = 0
  #filled = 0

  add(bytes: Uint8Array): void {
    let at = 0
    while (at < bytes.length && this.#filled > 0) this.#addByte(bytes[at++] as number)
    for (; at + 4 <= bytes.length; at += 4) this.#sum = (this.#sum + readU32Le(bytes, at)) % 0x1_0000_0000
    while (at < bytes.length) this.#addByte(bytes[at++] as number)
  }

  value(): number {
    return (this.#sum + this.#word) % 0x1_0000_0000
  }

  #addByte(byte: number): void {
    this.#word += byte * 2 ** (8 * this.#filled)
    this.#filled = (this.#filled + 1) % 4
    if (this.#filled > 0) return
    this.#sum = (this.#sum + this.#word) % 0x1_0000_0000
    this.#word = 0
  }
}

/** Writes the table into a whole boot file. Throws a `usage` Problem for a file too short to hold one. */
export function patchBootInfoTable(file: Uint8Array, place: BootFilePlace): void {
  if (file.length < BOOT_INFO_END) throw tooShort('boot information table', BOOT_INFO_END, file.length)
  const sum = new BootInfoChecksum()
  sum.add(file.subarray(BOOT_INFO_END))
  BootInfoTable.serialise({ ...place, fileSizeBytes: file.length, checksum: sum.value() }, file, BOOT_INFO_OFFSET)
}

/** Writes GRUB 2's field into a boot file. Throws a `usage` Problem for a file too short to hold it. */
export function patchGrub2BootInfo(file: Uint8Array, fileLba: number): void {
  if (file.length < GRUB2_OFFSET + u64le.sizeBytes) throw tooShort('GRUB 2 boot information', GRUB2_OFFSET + u64le.sizeBytes, file.length)
  u64le.set(file, GRUB2_OFFSET, fileLba * SECTORS_PER_BLOCK + GRUB2_SECTORS_AHEAD)
}

export interface BootFileMarks {
  /** The table, when it names the place where the file is. */
  readonly bootInfo: { readonly fileSizeBytes: number; readonly checksum: number; readonly primaryDescriptorLba: number } | null
  readonly grub2BootInfo: boolean
  readonly isolinuxHybrid: boolean
}

/** How many bytes of a boot file `bootFileMarks` looks at. */
export const BOOT_FILE_HEAD_BYTES = GRUB2_OFFSET + 8

/** What the beginning of a boot file at `fileLba` says of itself; a table naming another place is no table. */
export function bootFileMarks(head: Uint8Array, fileLba: number): BootFileMarks {
  const long = head.length >= BOOT_INFO_END + 4
  const table = long ? BootInfoTable.parse(head, BOOT_INFO_OFFSET) : null
  const isTable = table !== null && table.fileLba === fileLba && table.fileSizeBytes > 0
  return {
    bootInfo: isTable ? table : null,
    grub2BootInfo:
      head.length >= BOOT_FILE_HEAD_BYTES && u64le.get(head, GRUB2_OFFSET) === fileLba * SECTORS_PER_BLOCK + GRUB2_SECTORS_AHEAD,
    isolinuxHybrid: long && readU32Le(head, BOOT_INFO_END) === ISOLINUX_HYBRID_MARK,
  }
}

/** Whether isolinux' MBR code can start this boot file from a disk. */
export function isIsolinuxHybrid(file: Uint8Array): boolean {
  return file.length >= BOOT_INFO_END + 4 && readU32Le(file, BOOT_INFO_END) === ISOLINUX_HYBRID_MARK
}

function tooShort(what: string, neededBytes: number, sizeBytes: number): Problem {
  return new Problem({
    kind: 'usage',
    code: 'boot-file-too-short',
    message: `The boot file has ${sizeBytes} bytes, too few to hold a ${what}.`,
    kept: 'Nothing was written.',
    advice: 'Give the boot file that the boot loader made for discs, or leave the table out.',
    technical: `${neededBytes} bytes are needed`,
  })
}
