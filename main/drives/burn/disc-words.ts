/** Drives and discs in words, the same wherever they are spoken of. */
import type { DriveFacts, MediumFacts } from '../../../shared/drives.ts'
import { formatCount, formatSize } from '../../../shared/format.ts'
import { parseDriveAddress } from '../drive-address.ts'

/** `MATSHITA DVD-RAM UJ8E2 (/dev/sr0)`, `the virtual disc /home/me/disc.img`. */
export function driveWords(facts: DriveFacts): string {
  const name = `${facts.vendor} ${facts.model}`.trim()
  const path = virtualPathOf(facts)
  return path !== null ? `the virtual disc ${path}` : name === '' ? facts.address : `${name} (${facts.address})`
}

/** Null for a drive of its own. */
function virtualPathOf({ address }: DriveFacts): string | null {
  const { kind, path } = parseDriveAddress(address)
  return kind === 'virtual' ? path : null
}

/** What is on a disc that is not blank, to follow “has”: `700 MB on it (PHOTOS)`. */
export function contentWords(medium: MediumFacts): string {
  const { label, state } = medium
  const used = usedBytes(medium)
  const size = used > 0 ? formatSize(used) : null
  if (label === null && state !== 'closed') return size === null ? 'data on it' : `${size} on it`
  if (label === null) return size === null ? 'data on it and takes no more' : `${size} on it and takes no more`
  if (state !== 'closed') return size === null ? `data on it (${label})` : `${size} on it (${label})`
  return size === null ? `data on it (${label}) and takes no more` : `${size} on it (${label}) and takes no more`
}

/** Bytes in its sessions, or all that can be read where they are not known. */
export function usedBytes({ sessions, readableBytes }: Pick<MediumFacts, 'sessions' | 'readableBytes'>): number {
  const inSessions = sessions.reduce((sum, { sectorCount }) => sum + sectorCount * 2048, 0)
  return inSessions > 0 ? inSessions : readableBytes
}

/** `a blank CD-R in …`, `a DVD+RW that has 4.1 GB on it (BACKUP) in …`, `the virtual disc …, which is blank`. */
export function discInDriveWords(facts: DriveFacts, medium: MediumFacts): string {
  const isBlank = medium.state === 'blank'
  const path = virtualPathOf(facts)
  if (path !== null)
    return isBlank ? `the virtual disc ${path}, which is blank` : `the virtual disc ${path}, which has ${contentWords(medium)}`
  const kind = medium.kind ?? 'disc of an unknown kind'
  return isBlank ? `a blank ${kind} in ${driveWords(facts)}` : `a ${kind} that has ${contentWords(medium)} in ${driveWords(facts)}`
}

/** That a disc is full and stays so. */
export function fullSentence(facts: DriveFacts, medium: MediumFacts): string {
  const path = virtualPathOf(facts)
  return path !== null
    ? `The virtual disc ${path} has ${contentWords(medium)}, and it can’t be erased.`
    : `The ${medium.kind ?? 'disc'} in ${driveWords(facts)} has ${contentWords(medium)}, and it can’t be erased.`
}

/** That nothing can be added to a disc. */
export function closedSentence(facts: DriveFacts, medium: MediumFacts): string {
  const path = virtualPathOf(facts)
  return path !== null
    ? `The virtual disc ${path} has ${contentWords(medium)}: it was closed for good.`
    : `The ${medium.kind ?? 'disc'} in ${driveWords(facts)} has ${contentWords(medium)}: it was closed for good.`
}

/** How many discs of several are finished. */
export const doneWords = (count: number): string => `${formatCount(count, 'disc is', 'discs are')} done.`
