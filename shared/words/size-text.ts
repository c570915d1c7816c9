/** Sizes as a locale writes them; decimal units, as printed on disc boxes. */

const UNITS = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const

const formats = new Map<string, Intl.NumberFormat>()

/** Making a format costs more than using it a thousand times. */
function formatOf(locale: string, unit: (typeof UNITS)[number], digits: number): Intl.NumberFormat {
  const key = `${locale} ${unit} ${digits}`
  let format = formats.get(key)
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: digits })
    formats.set(key, format)
  }
  return format
}

/** `4.3 GB`, `812 kB`, or as the locale writes it (`4,3 Go`); null for what is counted in bytes. */
export function sizeText(sizeBytes: number, locale: string): string | null {
  let value = sizeBytes
  let unit = -1
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000
    unit++
  }
  const name = UNITS[unit]
  const digits = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2
  return name === undefined ? null : formatOf(locale, name, digits).format(value)
}
