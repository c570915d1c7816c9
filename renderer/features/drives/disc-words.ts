/** Discs and drives in words. */
import type { DriveRow } from '../../../shared/drive-rows.ts'
import type { MediumFacts } from '../../../shared/drives.ts'
import { visibleName } from '../../design/visible-name.ts'
import { formatSize } from '../../words/amounts.ts'
import { say } from '../../words/say.ts'

const SECTOR_BYTES = 2048

/** `CD-RW`, `Virtual disc`. */
export function kindTitle({ kind }: Pick<MediumFacts, 'kind'>): string {
  if (kind === null) return say('drives.kind.unknown')
  return kind === 'virtual disc' ? say('drives.kind.virtual') : kind
}

/** Bytes in its sessions, or all that can be read where they are not known. */
export function usedBytes({ sessions, readableBytes }: Pick<MediumFacts, 'sessions' | 'readableBytes'>): number {
  const inSessions = sessions.reduce((sum, { sectorCount }) => sum + sectorCount * SECTOR_BYTES, 0)
  return inSessions > 0 ? inSessions : readableBytes
}

/** What a disc is good for as it is. */
export function stateTitle({ state, isRewritable }: Pick<MediumFacts, 'state' | 'isRewritable'>): string {
  if (state === 'blank') return say('drives.state.blank')
  return say(isRewritable ? `drives.state.${state}.erasable` : `drives.state.${state}`)
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
    ...(used > 0 && state !== 'blank' ? [{ title: say('drives.fact.used'), value: formatSize(used) }] : []),
    ...(hasCapacity ? [{ title: say('drives.fact.holds'), value: formatSize(capacityBytes) }] : []),
    ...(freeBytes > 0 ? [{ title: say('drives.fact.free'), value: formatSize(freeBytes) }] : []),
    ...(sessions.length > 1 ? [{ title: say('drives.fact.sessions'), value: sessionWords(medium) }] : []),
    ...(writeSpeeds.length > 0
      ? [{ title: say('drives.fact.speeds'), value: writeSpeeds.map(({ times }) => times).join(say('common.list-comma')) }]
      : []),
  ]
}

function sessionWords({ sessions }: MediumFacts): string {
  const labels = sessions
    .map(({ label }) => (label === null ? say('drives.fact.sessions.unlabelled') : visibleName(label)))
    .join(say('common.list-comma'))
  return say('drives.fact.sessions.each', { count: sessions.length, labels })
}

/** `the CD-R in MATSHITA UJ8E2`, `the virtual disc Trial.disc`. */
export function discInDrive({ name, isVirtual, medium }: Pick<DriveRow, 'name' | 'isVirtual' | 'medium'>): string {
  if (isVirtual) return say('drives.disc.virtual', { name: visibleName(name) })
  return medium === null ? visibleName(name) : say('drives.disc.in-drive', { kind: kindTitle(medium), drive: visibleName(name) })
}

/** `700 MB (PHOTOS)`. */
export function contentWords(medium: MediumFacts): string {
  const size = formatSize(usedBytes(medium))
  return medium.label === null ? size : say('drives.disc.content', { size, label: visibleName(medium.label) })
}
