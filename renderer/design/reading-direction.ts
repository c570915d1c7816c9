/** Keys that mean forward and back along the line of reading, which in right-to-left languages runs the other way. */

const OPPOSITE: Readonly<Record<string, string>> = { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' }

/** The key as it would be pressed where words run from left to right. */
export function inReadingDirection(key: string, direction = document.documentElement.dir): string {
  return direction === 'rtl' ? (OPPOSITE[key] ?? key) : key
}
