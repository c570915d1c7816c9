/** Text that describes tracks, in whatever encoding it was written. */
import type { Candidate } from './container-format.ts'

const UTF_8_MARK = Buffer.from('efbbbf', 'hex')
/** In the order of trying: what is no UTF-8 was mostly written by old programs of Western, Japanese, Chinese or Korean systems. */
const OLD_ENCODINGS = ['windows-1252', 'shift_jis', 'gb18030', 'euc-kr'] as const

/** What bytes may say, the likeliest first: one reading where the encoding is sure. */
export function readings(bytes: Buffer): string[] {
  if (bytes.subarray(0, 3).equals(UTF_8_MARK)) return [bytes.subarray(3).toString('utf8')]
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0
  if (mark === 0xfffe) return [new TextDecoder('utf-16le').decode(bytes)]
  if (mark === 0xfeff) return [new TextDecoder('utf-16be').decode(bytes)]
  try {
    return [new TextDecoder('utf-8', { fatal: true }).decode(bytes)]
  } catch {
    return OLD_ENCODINGS.map((encoding) => new TextDecoder(encoding).decode(bytes))
  }
}

/** The likeliest reading of the beginning of a short file; nothing of a long one, or of one with zeros as no text has. */
export function textHead(candidate: Candidate): string {
  if (!candidate.isShort) return ''
  const text = readings(candidate.head)[0] ?? ''
  return text.includes('\0') ? '' : text
}

export interface Words {
  readonly words: readonly string[]
  readonly line: number
}

/** Words of each line; what stands in quotation marks is one, without them. */
export function* wordsOf(text: string): Generator<Words> {
  let line = 0
  for (const row of text.split(/\r\n|\r|\n/)) {
    line++
    const words = [...row.matchAll(/"([^"]*)"?|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
    if (words.length > 0) yield { words, line }
  }
}

/** Frames of `mm:ss:ff`; null for anything else. */
export function framesOf(text: string | undefined): number | null {
  const parts = /^(\d{1,4}):(\d{1,2}):(\d{1,2})$/.exec(text ?? '')
  if (parts === null) return null
  const [minutes, seconds, frames] = parts.slice(1).map(Number) as [number, number, number]
  return seconds > 59 || frames > 74 ? null : (minutes * 60 + seconds) * 75 + frames
}
