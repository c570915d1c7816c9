/** Moments as ISO 8601 in UTC with whole seconds: `2026-01-02T03:04:05Z`. */

const DAY_MS = 86_400_000
const two = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'))
/** Entries of one image mostly share a few days. */
let knownDay = Number.NaN
let knownDate = ''

export function timestamp(epochMs: number): string {
  const day = Math.floor(epochMs / DAY_MS)
  if (day !== knownDay) {
    const text = new Date(day * DAY_MS).toISOString()
    knownDate = text.slice(0, text.indexOf('T'))
    knownDay = day
  }
  const seconds = Math.floor((epochMs - day * DAY_MS) / 1000)
  const minutes = Math.floor(seconds / 60)
  return `${knownDate}T${two[Math.floor(minutes / 60)]}:${two[minutes % 60]}:${two[seconds % 60]}Z`
}
