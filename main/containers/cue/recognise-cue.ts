/** CUE sheets, told by their words. */
import type { Candidate } from '../container-format.ts'
import { textHead } from '../sheet-text.ts'

const SHEET_BEGINS = /^\s*(?:REM|CATALOG|CDTEXTFILE|TITLE|PERFORMER|SONGWRITER|FILE|ISRC)\s/i
const HAS_TRACK = /^\s*TRACK\s+\d{1,3}\s+(?:AUDIO|CDG|MODE|CDI)/im

export function recogniseCue(candidate: Candidate): boolean {
  const text = textHead(candidate)
  return SHEET_BEGINS.test(text) && HAS_TRACK.test(text)
}
