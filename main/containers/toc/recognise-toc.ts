/** TOC files of cdrdao, told by the words for tracks and what they are put together from. */
import type { Candidate } from '../container-format.ts'
import { textHead } from '../sheet-text.ts'

const PIECE = /^\s*(?:FILE|AUDIOFILE|DATAFILE|SILENCE|ZERO|FIFO)\b/m
const TRACK = /^\s*TRACK\s+(?:AUDIO|MODE)/m

export function recogniseToc(candidate: Candidate): boolean {
  const text = textHead(candidate)
  return TRACK.test(text) && PIECE.test(text)
}
