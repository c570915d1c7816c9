/** Uint64 (ECMA-167 1/7.1.7): the only numbers of UDF that may not fit a plain number, so they stay bigint until checked. */
import { readU32Le, writeU32Le } from '../bytes/field-types.ts'
import type { FieldType } from '../bytes/structure.ts'

const HIGH = 0x1_0000_0000n

export const u64le: FieldType<bigint> = {
  sizeBytes: 8,
  get: (b, at) => BigInt(readU32Le(b, at + 4)) * HIGH + BigInt(readU32Le(b, at)),
  set(b, at, value) {
    writeU32Le(b, at, Number(value % HIGH))
    writeU32Le(b, at + 4, Number(value / HIGH))
  },
}

/** The value as a plain number; null when it is above `most`. */
export function upTo(value: bigint, most: number): number | null {
  return value <= BigInt(most) ? Number(value) : null
}
