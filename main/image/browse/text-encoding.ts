/** Which encoding a text is in: texts don't say, so it is guessed from their first bytes. */
import type { TextEncoding } from '../../../shared/browse.ts'

/** Control characters that texts have: tab, line feed, vertical tab, form feed, carriage return, DOS' end of file, escape. */
const TEXT_CONTROLS = new Set([0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1a, 0x1b])
/** Longest character of any of the encodings. */
const LONGEST_CHARACTER_BYTES = 4
/** Texts of European languages have every second byte of UTF-16 zero, but for dashes and quotes. */
const LEAST_ZEROS = 0.4
const MOST_ODD_ZEROS = 0.05

export interface GuessedEncoding {
  readonly encoding: TextEncoding
  /** False when a mark at the beginning says it. */
  readonly isGuessed: boolean
  /** Bytes of that mark. */
  readonly markBytes: number
}

/** Null when the bytes are no text. `isCut`: the text goes on behind them, so they may end within a character. */
export function guessEncoding(bytes: Buffer, isCut: boolean): GuessedEncoding | null {
  const marked = byMark(bytes)
  if (marked !== null) return marked
  const guess = (encoding: TextEncoding): GuessedEncoding => ({ encoding, isGuessed: true, markBytes: 0 })
  const wide = byZeros(bytes)
  if (wide !== null) return guess(wide)
  if (hasControls(bytes)) return null
  if (isValid(bytes, 'utf-8', isCut)) return guess('utf-8')
  for (const encoding of ['shift_jis', 'euc-jp'] as const)
    if (isValid(bytes, encoding, isCut) && isJapanese(bytes, encoding)) return guess(encoding)
  return guess('windows-1252')
}

/** The text of bytes; what is no character in the encoding becomes `\ufffd`. */
export function decodeText(bytes: Buffer, encoding: TextEncoding): string {
  return new TextDecoder(encoding).decode(bytes)
}

function byMark(bytes: Buffer): GuessedEncoding | null {
  const marked = (encoding: TextEncoding, markBytes: number) => ({ encoding, isGuessed: false, markBytes })
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return marked('utf-8', 3)
  if (bytes.length % 2 === 0 && bytes[0] === 0xff && bytes[1] === 0xfe) return marked('utf-16le', 2)
  if (bytes.length % 2 === 0 && bytes[0] === 0xfe && bytes[1] === 0xff) return marked('utf-16be', 2)
  return null
}

/** UTF-16 without a mark: zeros at every second place and hardly any between. */
function byZeros(bytes: Buffer): TextEncoding | null {
  const pairs = Math.floor(bytes.length / 2)
  if (pairs < 2) return null
  let even = 0
  let odd = 0
  for (let at = 0; at < pairs * 2; at += 2) {
    if (bytes[at] === 0) even++
    if (bytes[at + 1] === 0) odd++
  }
  const units = (first: 0 | 1) => {
    for (let at = 0; at < pairs * 2; at += 2) {
      const low = bytes[at + first] as number
      if (bytes[at + 1 - first] === 0 && low < 0x20 && !TEXT_CONTROLS.has(low)) return false
    }
    return true
  }
  if (odd > pairs * LEAST_ZEROS && even < pairs * MOST_ODD_ZEROS && units(0)) return 'utf-16le'
  if (even > pairs * LEAST_ZEROS && odd < pairs * MOST_ODD_ZEROS && units(1)) return 'utf-16be'
  return null
}

function hasControls(bytes: Buffer): boolean {
  return bytes.some((byte) => byte < 0x20 && !TEXT_CONTROLS.has(byte))
}

function isValid(bytes: Buffer, encoding: TextEncoding, isCut: boolean): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: isCut && bytes.length > LONGEST_CHARACTER_BYTES })
    return true
  } catch {
    return false // which is the answer
  }
}

/** Japanese text always has kana; accented Latin letters that happen to be valid Japanese make none. */
function isJapanese(bytes: Buffer, encoding: TextEncoding): boolean {
  const text = decodeText(bytes, encoding)
  const kana = text.match(/[\u3041-\u30ff]/g)?.length ?? 0
  const wide = text.match(/[\u0100-\uffff]/g)?.length ?? 0
  return kana > 0 && kana >= wide * 0.1 && !/[\uff61-\uff9f]{8}/.test(text)
}
