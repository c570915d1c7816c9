/** GDI files, told by their first two lines. */
import type { Candidate } from '../container-format.ts'
import { textHead } from '../sheet-text.ts'

const BEGINS = /^\s*\d{1,2}\s*[\r\n]+\s*\d{1,2}\s+\d+\s+[04]\s+(?:2048|2352)\s+\S/

export const recogniseGdi = (candidate: Candidate): boolean => BEGINS.test(textHead(candidate))
