/** Sentences that name files of the image. */
import { formatCount, formatNumber } from '../../shared/format.ts'
import type { ContentsReport, NamedFiles } from '../../shared/verify.ts'

const SHOWN_NAMES = 3

/** The first names, and how many more there are. */
function namesOf({ paths, more }: NamedFiles): { readonly names: string; readonly hidden: number } {
  const shown = paths.slice(0, SHOWN_NAMES).map((path) => `‘${path}’`)
  return { names: shown.join(', '), hidden: paths.length - shown.length + more }
}

/** Which files lie where the damage is; null when none do. */
export function hitSentence(files: NamedFiles | null): string | null {
  if (files === null || files.paths.length === 0) return null
  const { names, hidden } = namesOf(files)
  if (hidden > 0) return `There are ${names} and ${formatNumber(hidden)} more.`
  return files.paths.length === 1 ? `There is ${names}.` : `There are ${names}.`
}

/** Which files are not as a checksum file inside the image says; there are `wrong` of them. */
export function wrongFilesSentence({ listPath, damaged, missing }: ContentsReport, wrong: number): string {
  const parts = [damagedWords(damaged), missingWords(missing)].filter((part) => part !== null)
  if (wrong === 1) return `1 file inside the image is not as ${listPath} says: ${parts[0]}.`
  return `${formatCount(wrong, 'file', 'files')} inside the image are not as ${listPath} says: ${parts.join('; ')}.`
}

function damagedWords(files: NamedFiles): string | null {
  const { names, hidden } = namesOf(files)
  if (names === '') return null
  return hidden === 0 ? `damaged: ${names}` : `damaged: ${names} and ${formatNumber(hidden)} more`
}

function missingWords(files: NamedFiles): string | null {
  const { names, hidden } = namesOf(files)
  if (names === '') return null
  return hidden === 0 ? `missing: ${names}` : `missing: ${names} and ${formatNumber(hidden)} more`
}

/** Which files lie where a copy differs; null when none do. */
export function filesThereSentence(files: NamedFiles | null): string | null {
  if (files === null || files.paths.length === 0) return null
  const { names, hidden } = namesOf(files)
  return hidden === 0 ? `Files there: ${names}.` : `Files there: ${names} and ${formatNumber(hidden)} more.`
}
