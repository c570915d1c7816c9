/** GUIDs of partition tables (UEFI 2.10, appendix A): the first three groups are little-endian. */
import { createHash } from 'node:crypto'
import type { FieldType } from '../bytes/structure.ts'

const SIZE_BYTES = 16
/** Where the bytes of the printed form lie. */
const printedOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]
const PRINTED = /^([0-9A-F]{8})-([0-9A-F]{4})-([0-9A-F]{4})-([0-9A-F]{4})-([0-9A-F]{12})$/

export const NO_GUID = '00000000-0000-0000-0000-000000000000'

/** A GUID in its printed form, upper case. */
export const guid: FieldType<string> = {
  sizeBytes: SIZE_BYTES,
  get: (b, at) => printed(printedOrder.map((place) => b[at + place] as number)),
  set(b, at, value) {
    const digits = PRINTED.test(value) ? value.replaceAll('-', '') : NO_GUID.replaceAll('-', '')
    for (const [i, place] of printedOrder.entries()) b[at + place] = Number.parseInt(digits.slice(i * 2, i * 2 + 2), 16)
  },
}

/** The same GUID for the same seed and purpose, unlike any other's: version 8 of RFC 9562, from a SHA-256. */
export function seededGuid(seed: Uint8Array | string, purpose: string): string {
  const bytes = createHash('sha256').update(purpose).update('\0').update(seed).digest().subarray(0, SIZE_BYTES)
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  return printed([...bytes])
}

/** A disk identifier for an MBR; never zero, which means none. */
export function seededDiskId(seed: Uint8Array | string): number {
  return createHash('sha256').update('disk identifier\0').update(seed).digest().readUInt32LE(0) || 1
}

function printed(bytes: readonly number[]): string {
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.toUpperCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
