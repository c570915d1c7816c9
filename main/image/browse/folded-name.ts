/** Names as they are searched and sorted: without case and accents, numbers by their value. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII
const ASCII = /^[\u0000-\u007f]*$/

/** `Zürich` and `ZURICH` both become `zurich`. */
export function foldName(name: string): string {
  if (ASCII.test(name)) return name.toLowerCase()
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

/** Longest run of digits whose length still shows in a sort key. */
const MAX_DIGITS = 1000
const FIRST_LENGTH_MARK = 0x30

/** A key that puts `file 2` before `file 10` when compared character by character; of a folded name. */
export function sortKey(folded: string): string {
  return folded.replace(/\d+/g, (run) => {
    const digits = run.replace(/^0+(?=\d)/, '')
    return `0${String.fromCharCode(FIRST_LENGTH_MARK + Math.min(digits.length, MAX_DIGITS))}${digits}`
  })
}
