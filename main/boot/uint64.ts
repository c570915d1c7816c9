/** 64-bit numbers of partition tables, as plain numbers. */
import { readU32Le, writeU32Le } from '../bytes/field-types.ts'
import { InternalProblem } from '../bytes/internal-problem.ts'
import type { FieldType } from '../bytes/structure.ts'

const HIGH = 0x1_0000_0000

/** Sectors of 512 bytes up to here have byte offsets that are safe to reckon with. */
const MOST = 2 ** 43

/** Numbers above 2^43 are read as that: far beyond any image, which is all that is asked of them. Written ones must be exact. */
export const u64le: FieldType<number> = {
  sizeBytes: 8,
  get: (b, at) => Math.min(MOST, readU32Le(b, at + 4) * HIGH + readU32Le(b, at)),
  set(b, at, value) {
    if (!Number.isSafeInteger(value) || value < 0) throw new InternalProblem(`${value} can't be written as a 64-bit number`)
    writeU32Le(b, at, value % HIGH)
    writeU32Le(b, at + 4, Math.floor(value / HIGH))
  },
}
