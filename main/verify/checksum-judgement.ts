/** Whether a content is what a checksum file says of it. */
import type { DigestKind } from '../../shared/digest.ts'
import type { ListedVerdict } from '../../shared/verify.ts'
import type { ChecksumEntry, ChecksumFile } from './checksum-file.ts'
import { findListed, type Listed, type ListedFile, type ListedWay } from './listed-names.ts'

export type Digests = Readonly<Partial<Record<DigestKind, string>>>

export interface Judgement {
  readonly verdict: ListedVerdict
  readonly way: ListedWay | null
  /** What the list says of the image, or of the file that it turned out to be; null when it says nothing. */
  readonly file: ListedFile | null
  /** Of a content that is not what its own lines say: another file of the list that it is. */
  readonly isInstead: string | null
}

/** Kinds to compute so that a list can be judged. */
export function kindsNeeded(list: ChecksumFile, imageName: string): DigestKind[] {
  const listed = findListed(list, imageName)
  return [...new Set(listed?.files.flatMap(({ entries }) => entries.flatMap(({ kinds }) => kinds)))]
}

const holds = ({ kinds, hex }: ChecksumEntry, digests: Digests): boolean => kinds.some((kind) => digests[kind] === hex)
const holdsAll = ({ entries }: ListedFile, digests: Digests): boolean => entries.every((entry) => holds(entry, digests))

/** Two lines that no content can both fit. */
const contradicts = ({ entries }: ListedFile): boolean =>
  entries.some((one) => entries.some((other) => one !== other && one.kinds.join() === other.kinds.join() && one.hex !== other.hex))

/**
 * Judges a content by its digests. A list that names the image decides; one that does not is asked whether it knows the
 * content under another name. `isMeant` says that somebody chose the list for this image, so that its only line counts
 * whatever name stands there.
 */
export function judgeByList(list: ChecksumFile, imageName: string, digests: Digests, isMeant: boolean): Judgement {
  const listed = findListed(list, imageName)
  if (listed === null) return { verdict: 'absent', way: null, file: null, isInstead: null }
  const { way, files } = listed
  const contradictory = files.find((file) => contradicts(file) && file.entries.some((entry) => holds(entry, digests)))
  if (contradictory !== undefined && way !== 'unnamed') return { verdict: 'contradiction', way, file: contradictory, isInstead: null }
  const fitting = files.find((file) => holdsAll(file, digests))
  if (fitting !== undefined) return { verdict: 'same', way, file: fitting, isInstead: null }
  if (!decides(listed, isMeant)) return { verdict: 'absent', way, file: null, isInstead: null }
  const own = new Set(files.flatMap(({ entries }) => entries))
  const other = list.entries.find((entry) => entry.name !== null && !own.has(entry) && holds(entry, digests))
  return { verdict: 'differs', way, file: files[0] as ListedFile, isInstead: other?.name ?? null }
}

/** Whether lines that don't fit mean that the image is another one, rather than that they are about something else. */
function decides({ way, files }: Listed, isMeant: boolean): boolean {
  return way !== 'unnamed' && (way !== 'only-line' || isMeant || files[0]?.name === null)
}
