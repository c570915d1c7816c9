/** What differs between two entries of one kind, besides content. */
import type { AttributeKind } from '../../../shared/comparison.ts'
import type { ComparedEntry } from './compared-tree.ts'

const PERMISSIONS = 0o7777

/** Whole seconds are all that ISO 9660 and Rock Ridge have. */
const secondsOf = (epochMs: number): number => Math.floor(epochMs / 1000)

/**
 * Attributes that both entries have and that differ, of those wanted; links are for LinkGroups. Folders' dates don't
 * count, as they change with whatever is put in or taken out; of links only the target does, as not every system lets
 * a link have more.
 */
export function differingAttributes(a: ComparedEntry, b: ComparedEntry, wanted: ReadonlySet<AttributeKind>): AttributeKind[] {
  const differing: AttributeKind[] = []
  if (a.type === 'symlink') return differing
  if (wanted.has('times') && a.type !== 'directory' && a.modifiedMs !== null && b.modifiedMs !== null) {
    if (secondsOf(a.modifiedMs) !== secondsOf(b.modifiedMs)) differing.push('times')
  }
  if (a.mode === null || b.mode === null || a.uid === null || b.uid === null) return differing
  if (wanted.has('modes') && (a.mode & PERMISSIONS) !== (b.mode & PERMISSIONS)) differing.push('modes')
  if (wanted.has('owners') && (a.uid !== b.uid || a.gid !== b.gid)) differing.push('owners')
  return differing
}

/** Whether names that are one file on one side are one file on the other. */
export class LinkGroups {
  /** For each file of several names the other side's file that had the first of them: its key, or null where it has one name. */
  readonly #firstOfA = new Map<string, string | null>()
  readonly #firstOfB = new Map<string, string | null>()

  /** To be asked once for each pair, in any order; false from the second name of a file on that the other side has apart. */
  agrees(a: ComparedEntry, b: ComparedEntry): boolean {
    if (!tells(a) || !tells(b)) return true
    const [keyOfA, keyOfB] = [a.hardLinkKey, b.hardLinkKey]
    return fits(this.#firstOfA, keyOfA, keyOfB) && fits(this.#firstOfB, keyOfB, keyOfA)
  }
}

/** Old Rock Ridge counts the names of a file without telling which they are. */
const tells = (entry: ComparedEntry): boolean => entry.hardLinkKey !== null || (entry.links ?? 1) <= 1 || entry.sizeBytes === 0

function fits(firsts: Map<string, string | null>, key: string | null, other: string | null): boolean {
  if (key === null) return true
  if (!firsts.has(key)) {
    firsts.set(key, other)
    return true
  }
  return other !== null && firsts.get(key) === other
}
