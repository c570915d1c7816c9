/** The two date forms of ECMA-119 as field types. Values are milliseconds since 1970; null means "not set". */
import type { FieldType } from '../bytes/structure.ts'

const QUARTER_HOUR_MS = 15 * 60_000

const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Null unless the parts name a real moment; `Date.UTC` alone would roll 31 February over. */
function toEpochMs(year: number, month: number, day: number, hour: number, minute: number, second: number, quarterHours: number) {
  if (year < 1 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59 || Math.abs(quarterHours) > 56) return null
  if (day > (DAYS_IN_MONTH[month - 1] as number)) return null
  if (month === 2 && day === 29 && !(year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0))) return null
  return startOfDayMs(year, month, day) + (hour * 3600 + minute * 60 + second) * 1000 - quarterHours * QUARTER_HOUR_MS
}

/** Entries of one image mostly share a few days. */
let knownDay = Number.NaN
let knownDayMs = 0

function startOfDayMs(year: number, month: number, day: number): number {
  const key = (year * 12 + month) * 32 + day
  if (key === knownDay) return knownDayMs
  knownDay = key
  // Date.UTC takes years below 100 for those of the 20th century.
  knownDayMs = year >= 100 ? Date.UTC(year, month - 1, day) : new Date(0).setUTCFullYear(year, month - 1, day)
  return knownDayMs
}

/**
 * Recording date and time of a directory record (ECMA-119 10.1.6), 7 bytes, whole seconds.
 * Written in UTC; moments outside 1900 to 2155 are held to the nearest that fits.
 */
export const recordDate: FieldType<number | null> = {
  sizeBytes: 7,
  get(b, at) {
    return toEpochMs(
      1900 + (b[at] as number),
      b[at + 1] as number,
      b[at + 2] as number,
      b[at + 3] as number,
      b[at + 4] as number,
      b[at + 5] as number,
      ((b[at + 6] as number) << 24) >> 24,
    )
  },
  set(b, at, epochMs) {
    if (epochMs === null) {
      b.fill(0, at, at + 7)
      return
    }
    const seconds = Math.floor(Math.min(LAST_RECORD_MS, Math.max(FIRST_RECORD_MS, epochMs)) / 1000)
    const days = Math.floor(seconds / DAY_S)
    const inDay = seconds - days * DAY_S
    writeCivilDate(b, at, days)
    b[at + 3] = Math.floor(inDay / 3600)
    b[at + 4] = Math.floor(inDay / 60) % 60
    b[at + 5] = inDay % 60
    b[at + 6] = 0
  },
}

const DAY_S = 86_400
const FIRST_RECORD_MS = Date.UTC(1900, 0, 1)
const LAST_RECORD_MS = Date.UTC(2155, 11, 31, 23, 59, 59)

/**
 * Year since 1900, month and day of a day counted from 1970-01-01, by the usual reckoning in eras of 400 years that
 * begin on 1 March. A `Date` for each of a million stamps would cost more than all else in a record.
 */
function writeCivilDate(b: Uint8Array, at: number, days: number): void {
  const sinceEra0 = days + 719_468
  const era = Math.floor(sinceEra0 / 146_097)
  const dayOfEra = sinceEra0 - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  b[at] = yearOfEra + era * 400 + (month <= 2 ? 1 : 0) - 1900
  b[at + 1] = month
  b[at + 2] = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1
}

/** Date and time of a volume descriptor (ECMA-119 9.4.27.2): 16 digits and an offset, 17 bytes. */
export const descriptorDate: FieldType<number | null> = {
  sizeBytes: 17,
  get(b, at) {
    const digits = String.fromCharCode(...b.subarray(at, at + 16))
    if (!/^\d{16}$/.test(digits)) return null
    const part = (from: number, to: number) => Number(digits.slice(from, to))
    const quarterHours = ((b[at + 16] as number) << 24) >> 24
    const base = toEpochMs(part(0, 4), part(4, 6), part(6, 8), part(8, 10), part(10, 12), part(12, 14), quarterHours)
    return base === null ? null : base + part(14, 16) * 10
  },
  set(b, at, epochMs) {
    const date = epochMs === null ? null : new Date(epochMs)
    const year = date?.getUTCFullYear() ?? 0
    const digits =
      date === null || year < 1 || year > 9999
        ? '0'.repeat(16)
        : [
            String(year).padStart(4, '0'),
            ...[date.getUTCMonth() + 1, date.getUTCDate(), date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two),
            two(Math.floor(date.getUTCMilliseconds() / 10)),
          ].join('')
    for (let i = 0; i < 16; i++) b[at + i] = digits.charCodeAt(i)
    b[at + 16] = 0
  },
}

const two = (n: number): string => String(n).padStart(2, '0')
