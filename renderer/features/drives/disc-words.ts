/** Discs and drives in words. */
import type { DriveRow } from '../../../shared/drive-rows.ts'
import type { MediumFacts } from '../../../shared/drives.ts'
import { formatNumber, formatSize } from '../../../shared/format.ts'

const SECTOR_BYTES = 2048

/** `CD-RW`, `Virtual disc`. */
export function kindTitle({ kind }: Pick<MediumFacts, 'kind'>): string {
  if (kind === null) return 'Disc of an unknown kind'
  return kind === 'virtual disc' ? 'Virtual disc' : kind
}

/** Bytes in its sessions, or all that can be read where they are not known. */
export function usedBytes({ sessions, readableBytes }: Pick<MediumFacts, 'sessions' | 'readableBytes'>): number {
  const inSessions = sessions.reduce((sum, { sectorCount }) => sum + sectorCount * SECTOR_BYTES, 0)
  return inSessions > 0 ? inSessions : readableBytes
}

/** What a disc is good for as it is. */
export function stateTitle({ state, isRewritable }: Pick<MediumFacts, 'state' | 'isRewritable'>): string {
  if (state === 'blank') return 'Blank'
  if (state === 'appendable') return isRewritable ? 'Written, can be erased' : 'Written, not closed'
  return isRewritable ? 'Closed, can be erased' : 'Closed'
}

export interface DiscFact {
  readonly title: string
  readonly value: string
}

/** The facts that matter, each with its name. */
export function discFacts(medium: MediumFacts): DiscFact[] {
  const { capacityBytes, freeBytes, sessions, writeSpeeds, state, kind } = medium
  const used = usedBytes(medium)
  // A virtual disc grows in its file: what it could hold is the room around it.
  const hasCapacity = capacityBytes !== null && kind !== 'virtual disc'
  return [
    ...(used > 0 && state !== 'blank' ? [{ title: 'On it', value: formatSize(used) }] : []),
    ...(hasCapacity ? [{ title: 'Holds', value: formatSize(capacityBytes) }] : []),
    ...(freeBytes > 0 ? [{ title: 'Free', value: formatSize(freeBytes) }] : []),
    ...(sessions.length > 1 ? [{ title: 'Sessions', value: sessionWords(medium) }] : []),
    ...(writeSpeeds.length > 0 ? [{ title: 'Writes at', value: writeSpeeds.map(({ times }) => times).join(', ') }] : []),
  ]
}

function sessionWords({ sessions }: MediumFacts): string {
  return `${formatNumber(sessions.length)}: ${sessions.map(({ label }) => label ?? 'without a label').join(', ')}`
}

/** `the CD-R in MATSHITA UJ8E2`, `the virtual disc Trial.disc`. */
export function discInDrive({ name, isVirtual, medium }: Pick<DriveRow, 'name' | 'isVirtual' | 'medium'>): string {
  if (isVirtual) return `the virtual disc ${name}`
  return medium === null ? name : `the ${kindTitle(medium)} in ${name}`
}
