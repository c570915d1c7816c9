/** Recorded names as text that can stand in a path; what can't is shown escaped, so that different names stay different. */
import { decodeCompressed } from './compressed-unicode.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is one of the two characters no path part can hold
const NOT_IN_A_PART = /[\u0000/]/g
const LONE_SURROGATE = /[\ud800-\udfff]/gu

export interface RecordedName {
  /** Empty when nothing is recorded. */
  readonly text: string
  /** `unsafe` when it could lead elsewhere as a path, `unknown` when it is no compressed Unicode. */
  readonly fault: 'unsafe' | 'unknown' | null
}

/** The name in an identifier. */
export function recordedName(bytes: Uint8Array, start: number, end: number): RecordedName {
  const decoded = decodeCompressed(bytes, start, end)
  if (decoded === null) return { text: Buffer.from(bytes.subarray(start, end)).toString('hex'), fault: 'unknown' }
  const text = decoded.replace(LONE_SURROGATE, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  if (text === '.' || text === '..') return { text: text.replaceAll('.', '\\x2e'), fault: 'unsafe' }
  const safe = text.replace(NOT_IN_A_PART, (unit) => `\\x${unit.charCodeAt(0).toString(16).padStart(2, '0')}`)
  return { text: safe, fault: safe === text ? null : 'unsafe' }
}
