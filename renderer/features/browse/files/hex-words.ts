/** Bytes as experts read them: sixteen a line, in hexadecimal and as characters. */

export const BYTES_PER_LINE = 16

export interface HexLine {
  /** `0000a3f0`. */
  readonly offset: string
  /** In two groups of eight. */
  readonly hex: string
  readonly characters: string
}

const PRINTABLE_FROM = 0x20
const PRINTABLE_TO = 0x7e

export function hexLine(offsetBytes: number, bytes: Uint8Array): HexLine {
  const pairs = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
  const half = BYTES_PER_LINE / 2
  const groups = [pairs.slice(0, half).join(' '), pairs.slice(half).join(' ')].filter((group) => group !== '')
  return {
    offset: offsetBytes.toString(16).padStart(8, '0'),
    hex: groups.join('  '),
    characters: Array.from(bytes, (byte) => (byte >= PRINTABLE_FROM && byte <= PRINTABLE_TO ? String.fromCharCode(byte) : '·')).join(''),
  }
}
