/** Sizes, counts, times and dates as the spoken language writes them; decimal units, as printed on disc boxes. */
import { sizeText } from '../../shared/words/size-text.ts'
import { say, spoken } from './say.ts'

const formats = new Map<string, Intl.NumberFormat>()

/** Making a format costs more than using it a thousand times. */
function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const { locale } = spoken()
  const key = `${locale} ${JSON.stringify(options)}`
  let format = formats.get(key)
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, options)
    formats.set(key, format)
  }
  return format
}

export function formatNumber(value: number, digits = 0): string {
  return numberFormat({ maximumFractionDigits: digits }).format(value)
}

/** `4.3 GB`, `812 kB`, `1 byte`, or as the language writes it (`4,3 Go`). */
export function formatSize(sizeBytes: number): string {
  return sizeText(sizeBytes, spoken().locale) ?? formatExactBytes(sizeBytes)
}

/** `4,300,123,136 bytes`. */
export function formatExactBytes(sizeBytes: number): string {
  return say('common.bytes', { count: sizeBytes })
}

/** `under a second`, `12 s`, `3 min 5 s`, `2 h 10 min`. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000)
  if (seconds < 1) return say('common.under-a-second')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  const parts = [
    hours > 0 && say('common.duration.hours', { hours }),
    minutes > 0 && say('common.duration.minutes', { minutes }),
    hours === 0 && seconds % 60 > 0 && say('common.duration.seconds', { seconds: seconds % 60 }),
  ]
  return parts.filter((part) => part !== false).join(' ')
}

/** `3 March 2026`, in UTC. */
export function formatDay(epochMs: number): string {
  return dateFormat({ dateStyle: 'long', timeZone: 'UTC' }).format(epochMs)
}

const dateFormats = new Map<string, Intl.DateTimeFormat>()

/** A format for dates in the spoken language; kept, for long lists ask for it again and again. */
export function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const { locale } = spoken()
  const key = `${locale} ${JSON.stringify(options)}`
  let format = dateFormats.get(key)
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, options)
    dateFormats.set(key, format)
  }
  return format
}

/** `a, b and c`. */
export function formatList(words: readonly string[]): string {
  return new Intl.ListFormat(spoken().locale, { type: 'conjunction' }).format(words)
}

/** `a, b, c`. */
export function commaList(words: readonly string[]): string {
  return words.join(say('common.list-comma'))
}
