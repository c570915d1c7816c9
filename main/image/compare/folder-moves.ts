/** Tells folders that were moved or renamed from the files that were found elsewhere. Pure. */
import type { ComparedEntry } from './compared-tree.ts'

export type NamesTest = (a: ComparedEntry, b: ComparedEntry) => boolean

export interface FolderMove {
  readonly a: ComparedEntry
  readonly b: ComparedEntry
}

/**
 * Folders of which at least half of the files, on both sides, are the same in the same places. `onlyInA` and `onlyInB`
 * are all entries that one side alone has at their place, parents first; `matches` tells which file became which.
 * A folder within one that is given is not given. `areOne` tells whether two names can be one.
 */
export function findFolderMoves(
  onlyInA: readonly ComparedEntry[],
  onlyInB: readonly ComparedEntry[],
  matches: ReadonlyMap<ComparedEntry, ComparedEntry>,
  areOne: NamesTest,
): FolderMove[] {
  const foldersOfA = new Set(onlyInA.filter(isFolder))
  const foldersOfB = new Set(onlyInB.filter(isFolder))
  const countsOfA = countFiles(onlyInA, foldersOfA)
  const countsOfB = countFiles(onlyInB, foldersOfB)
  const votes = countVotes(matches, foldersOfA, foldersOfB, areOne)
  const moves: FolderMove[] = []
  const taken = new Set<ComparedEntry>()
  const aboveTaken = new Set<ComparedEntry>()
  for (const a of onlyInA) {
    const candidates = votes.get(a)
    if (candidates === undefined || isInside(a, taken)) continue
    const [b, count] = most(candidates)
    if (count * 2 < (countsOfA.get(a) ?? 0) || count * 2 < (countsOfB.get(b) ?? 0)) continue
    if (isInside(b, taken) || aboveTaken.has(b)) continue
    taken.add(a).add(b)
    for (let above = b.parent; above !== null; above = above.parent) aboveTaken.add(above)
    moves.push({ a, b })
  }
  return moves
}

/** Whether an entry is one of these or lies in one. */
function isInside(entry: ComparedEntry, folders: ReadonlySet<ComparedEntry>): boolean {
  if (folders.size === 0) return false
  for (let at: ComparedEntry | null = entry; at !== null; at = at.parent) if (folders.has(at)) return true
  return false
}

const isFolder = (entry: ComparedEntry): boolean => entry.type === 'directory'

/** Everything that is no folder, for each folder at any depth. */
function countFiles(entries: readonly ComparedEntry[], folders: ReadonlySet<ComparedEntry>): Map<ComparedEntry, number> {
  const counts = new Map<ComparedEntry, number>()
  for (const entry of entries) {
    if (isFolder(entry)) continue
    for (let at = entry.parent; at !== null && folders.has(at); at = at.parent) counts.set(at, (counts.get(at) ?? 0) + 1)
  }
  return counts
}

/** For folders of A how many files each folder of B has in the same place below it. */
function countVotes(
  matches: ReadonlyMap<ComparedEntry, ComparedEntry>,
  foldersOfA: ReadonlySet<ComparedEntry>,
  foldersOfB: ReadonlySet<ComparedEntry>,
  areOne: NamesTest,
): Map<ComparedEntry, Map<ComparedEntry, number>> {
  const votes = new Map<ComparedEntry, Map<ComparedEntry, number>>()
  for (const match of matches) {
    let [a, b] = match
    while (areOne(a, b) && a.parent !== null && b.parent !== null && foldersOfA.has(a.parent) && foldersOfB.has(b.parent)) {
      a = a.parent
      b = b.parent
      const candidates = votes.get(a) ?? new Map<ComparedEntry, number>()
      candidates.set(b, (candidates.get(b) ?? 0) + 1)
      votes.set(a, candidates)
    }
  }
  return votes
}

function most(candidates: ReadonlyMap<ComparedEntry, number>): readonly [folder: ComparedEntry, count: number] {
  let best: readonly [ComparedEntry, number] | null = null
  for (const candidate of candidates) if (best === null || candidate[1] > best[1]) best = candidate
  return best as readonly [ComparedEntry, number]
}
