/** A SHA-256 value that somebody pastes, with whatever came along with it. */

export interface ExpectedSha256 {
  /** 64 lower-case hexadecimal digits; null when nothing (usable) was pasted. */
  readonly hex: string | null
  /** What is wrong with it, in a sentence. */
  readonly problem: string | null
}

const DIGITS = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g

/** Finds the value in a bare digest, a `SHA256SUMS` line or a `SHA256 (name) = …` line; capitals and spaces don't matter. */
export function readExpectedSha256(pasted: string): ExpectedSha256 {
  const text = pasted.trim().toLowerCase()
  if (text === '') return { hex: null, problem: null }
  const found = [...new Set(text.match(DIGITS))]
  if (found.length === 1) return { hex: found[0] ?? null, problem: null }
  if (found.length > 1) return { hex: null, problem: 'There are several values in this. Paste only the line of this image.' }
  const bare = text.replaceAll(/[\s:]/g, '')
  if (/^[0-9a-f]{64}$/.test(bare)) return { hex: bare, problem: null }
  if (/^[0-9a-f]+$/.test(bare)) return { hex: null, problem: `SHA-256 has 64 digits; this has ${bare.length}.` }
  return { hex: null, problem: 'This has no SHA-256 value in it: 64 digits from 0 to 9 and a to f.' }
}
