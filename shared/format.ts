/** Sizes, counts and times as people read them; decimal units, as printed on disc boxes. */

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'] as const

/** Thousands grouped by commas. By hand: the first call of Intl costs a command line 25 ms. */
export function formatNumber(value: number, digits = 0): string {
  const [whole = '', fraction = ''] = value.toFixed(digits).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  const kept = fraction.replace(/0+$/, '')
  return kept === '' ? grouped : `${grouped}.${kept}`
}

/** `4.3 GB`, `812 kB`, `1 byte`; decimal units. */
export function formatSize(sizeBytes: number): string {
  if (sizeBytes === 1) return '1 byte'
  let value = sizeBytes
  let unit = 0
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000
    unit++
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2
  return `${formatNumber(value, digits)} ${UNITS[unit]}`
}

/** `4,300,123,136 bytes`. */
export function formatExactBytes(sizeBytes: number): string {
  return sizeBytes === 1 ? '1 byte' : `${formatNumber(sizeBytes)} bytes`
}

/** `1 file`, `48,211 files`. */
export function formatCount(count: number, one: string, many: string): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`
}

/** `under a second`, `12 s`, `3 min 5 s`, `2 h 10 min`. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000)
  if (seconds < 1) return 'under a second'
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** `3 March 2026`, in UTC. */
export function formatDay(epochMs: number): string {
  const day = new Date(epochMs)
  return `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`
}
