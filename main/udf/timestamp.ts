/** Timestamp (ECMA-167 1/7.3; UDF 2.1.4) as a field type. Values are milliseconds since 1970; null means "not set". */
import { readU16Le, writeU16Le } from '../bytes/field-types.ts'
import type { FieldType } from '../bytes/structure.ts'

const SIZE_BYTES = 12
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** Local time with a known offset from UTC, which is how UDF wants every timestamp (2.1.4.1). */
const TYPE_LOCAL = 1 << 12
const NO_ZONE = -2047
const MAX_ZONE_MINUTES = 1440
/** Years 1 to 9999 (ECMA-167 1/7.3.2); `Date.UTC` takes years below 100 for those of the 20th century. */
const FIRST_MS = new Date(0).setUTCFullYear(1, 0, 1)
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

export const timestamp: FieldType<number | null> = {
  sizeBytes: SIZE_BYTES,
  get(b, at) {
    const month = b[at + 4] as number
    const day = b[at + 5] as number
    const hour = b[at + 6] as number
    const minute = b[at + 7] as number
    const second = b[at + 8] as number
    if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) return null
    const year = (readU16Le(b, at + 2) << 16) >> 16
    const days = new Date(0).setUTCFullYear(year, month - 1, day)
    // 31 February would roll over into March.
    if (Number.isNaN(days) || new Date(days).getUTCDate() !== day) return null
    const fractionMs = Math.min(99, b[at + 9] as number) * 10 + Math.min(99, b[at + 10] as number) / 10
    return days + ((hour * 60 + minute) * 60 + second) * 1000 + Math.floor(fractionMs) - zoneMinutes(readU16Le(b, at)) * MINUTE_MS
  },
  set(b, at, epochMs) {
    b.fill(0, at, at + SIZE_BYTES)
    if (epochMs === null) return
    const wholeMs = Math.floor(Math.min(LAST_MS, Math.max(FIRST_MS, epochMs)))
    const days = Math.floor(wholeMs / DAY_MS)
    const inDayMs = wholeMs - days * DAY_MS
    const civil = civilDate(days)
    writeU16Le(b, at, TYPE_LOCAL)
    writeU16Le(b, at + 2, civil.year)
    b[at + 4] = civil.month
    b[at + 5] = civil.day
    b[at + 6] = Math.floor(inDayMs / HOUR_MS)
    b[at + 7] = Math.floor(inDayMs / MINUTE_MS) % 60
    b[at + 8] = Math.floor(inDayMs / 1000) % 60
    b[at + 9] = Math.floor((inDayMs % 1000) / 10)
    b[at + 10] = (inDayMs % 10) * 10
  },
}

let lastDays = Number.NaN
let lastCivil = { year: 1970, month: 1, day: 1 }

/** File entries come in their hundred thousands and mostly of few days, so the last day is remembered. */
function civilDate(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  if (days !== lastDays) {
    const date = new Date(days * DAY_MS)
    lastDays = days
    lastCivil = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
  }
  return lastCivil
}

/** Minutes east of UTC: 12 bits, two's complement; UTC when unspecified, out of range, or of the type that is UTC. */
function zoneMinutes(typeAndZone: number): number {
  if (typeAndZone >>> 12 !== 1) return 0
  const minutes = ((typeAndZone & 0xfff) << 20) >> 20
  return minutes === NO_ZONE || Math.abs(minutes) > MAX_ZONE_MINUTES ? 0 : minutes
}
