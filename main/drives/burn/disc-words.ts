/** Drives and discs in words, the same wherever they are spoken of. */
import type { DriveFacts, MediumFacts, MediumKind } from '../../../shared/drives.ts'
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

/** What is on a disc now: `blank`, `has 700 MB on it (PHOTOS)`. */
export function stateWords(medium: MediumFacts): string {
  if (medium.state === 'blank') return 'blank'
  const label = medium.label === null ? '' : ` (${medium.label})`
  const used = usedBytes(medium)
  return `has ${used > 0 ? formatSize(used) : 'data'} on it${label}${medium.state === 'closed' ? ' and takes no more' : ''}`
}

/** Bytes in its sessions, or all that can be read where they are not known. */
export function usedBytes({ sessions, readableBytes }: Pick<MediumFacts, 'sessions' | 'readableBytes'>): number {
  const inSessions = sessions.reduce((sum, { sectorCount }) => sum + sectorCount * 2048, 0)
  return inSessions > 0 ? inSessions : readableBytes
}

/** `a blank CD-R in …`, `a DVD+RW that has 4.1 GB on it (BACKUP) in …`, `the virtual disc …, which is blank`. */
export function discInDriveWords(facts: DriveFacts, medium: MediumFacts): string {
  const isBlank = medium.state === 'blank'
  if (virtualPathOf(facts) !== null) return `${driveWords(facts)}, which ${isBlank ? 'is blank' : stateWords(medium)}`
  const kind = medium.kind ?? 'disc of an unknown kind'
  return `${isBlank ? `a blank ${kind}` : `a ${kind} that ${stateWords(medium)}`} in ${driveWords(facts)}`
}

/** `the CD-R in …`, `the virtual disc …`. */
export function theDiscWords(facts: DriveFacts, kind: MediumKind | null): string {
  return virtualPathOf(facts) !== null ? driveWords(facts) : `the ${kind ?? 'disc'} in ${driveWords(facts)}`
}

/** How many discs of several are finished. */
export const doneWords = (count: number): string => `${formatCount(count, 'disc is', 'discs are')} done.`
