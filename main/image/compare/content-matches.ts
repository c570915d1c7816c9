/** Finds for files that only one side has at their place the same content at another place of the other side. */
import type { JobControl } from '../../../shared/job.ts'
import { entryPath } from '../entry-path.ts'
import type { ComparedEntry } from './compared-tree.ts'
import type { EqualContents } from './equal-contents.ts'
import { reasonOf } from './pair-walk.ts'

/** Files that could each be any of the other side's. */
interface Candidates {
  readonly a: ComparedEntry[]
  readonly b: ComparedEntry[]
}

/** Of many files with one content, so many of one name are looked at for the one whose folders are called alike. */
const MAX_NAMESAKES = 32

/** For entries of A the entry of B that each became. Reads only files that have one of the same size on the other side. */
export async function matchContents(
  onlyInA: readonly ComparedEntry[],
  onlyInB: readonly ComparedEntry[],
  equalContents: EqualContents,
  control: JobControl,
): Promise<Map<ComparedEntry, ComparedEntry>> {
  const matches = new Map<ComparedEntry, ComparedEntry>()
  for (const [key, candidates] of candidatesByKey(onlyInA, onlyInB)) {
    const isToBeRead = typeof key === 'number'
    const classes = isToBeRead ? await byContent(candidates, equalContents, control) : [candidates]
    for (const { a, b } of classes) matchNames(a, b, matches, isToBeRead)
  }
  return matches
}

/** By size; what has no content to tell it by is known by its name, and a link by its target too. */
function candidatesByKey(onlyInA: readonly ComparedEntry[], onlyInB: readonly ComparedEntry[]): Map<number | string, Candidates> {
  const byKey = new Map<number | string, Candidates>()
  for (const side of ['a', 'b'] as const) {
    for (const entry of side === 'a' ? onlyInA : onlyInB) {
      const key = keyOf(entry)
      if (key === null) continue
      const candidates = byKey.get(key) ?? { a: [], b: [] }
      candidates[side].push(entry)
      byKey.set(key, candidates)
    }
  }
  for (const [key, { a, b }] of byKey) if (a.length === 0 || b.length === 0) byKey.delete(key)
  return byKey
}

function keyOf({ type, name, target, sizeBytes, unreadable }: ComparedEntry): number | string | null {
  if (type === 'symlink') return target === null ? null : `${name}/${target}`
  if (type !== 'file' || unreadable !== null) return null
  return sizeBytes > 0 ? sizeBytes : name
}

/** Classes of equal content that both sides have; files that can't be read are in none. */
async function byContent({ a, b }: Candidates, equalContents: EqualContents, control: JobControl): Promise<Candidates[]> {
  const [onlyOfA] = a
  const [onlyOfB] = b
  if (a.length === 1 && b.length === 1 && onlyOfA !== undefined && onlyOfB !== undefined)
    return (await isEqual(onlyOfA, onlyOfB, equalContents, control)) ? [{ a, b }] : []
  const classes = new Map<string, Candidates>()
  for (const side of ['a', 'b'] as const) {
    for (const file of side === 'a' ? a : b) {
      const digest = await digestOf(side, file, equalContents, control)
      if (digest === null) continue
      const known = classes.get(digest) ?? { a: [], b: [] }
      known[side].push(file)
      classes.set(digest, known)
    }
  }
  return [...classes.values()]
}

async function isEqual(a: ComparedEntry, b: ComparedEntry, equalContents: EqualContents, control: JobControl): Promise<boolean> {
  try {
    return await equalContents.compare(a, b, control)
  } catch (error) {
    reasonOf(error)
    return false
  }
}

async function digestOf(side: 'a' | 'b', file: ComparedEntry, equalContents: EqualContents, control: JobControl): Promise<string | null> {
  try {
    return await equalContents.digest(side, file, control)
  } catch (error) {
    reasonOf(error)
    return null
  }
}

/** Of files with one content those of one name belong together, the rest in order where names may differ. */
function matchNames(
  a: readonly ComparedEntry[],
  b: readonly ComparedEntry[],
  matches: Map<ComparedEntry, ComparedEntry>,
  namesMayDiffer: boolean,
): void {
  const byName = new Map<string, ComparedEntry[]>()
  for (const entry of b) {
    const namesakes = byName.get(entry.name)
    if (namesakes === undefined) byName.set(entry.name, [entry])
    else namesakes.push(entry)
  }
  const taken = new Set<ComparedEntry>()
  const left: ComparedEntry[] = []
  for (const entry of a) {
    const match = takeNearest(entry, byName.get(entry.name) ?? [])
    if (match === null) left.push(entry)
    else {
      matches.set(entry, match)
      taken.add(match)
    }
  }
  if (!namesMayDiffer || left.length === 0) return
  const free = b.filter((entry) => !taken.has(entry))
  for (const [i, entry] of left.entries()) {
    const match = free[i]
    if (match === undefined) break
    matches.set(entry, match)
  }
}

/** Takes out the one whose path ends most alike. */
function takeNearest(entry: ComparedEntry, namesakes: ComparedEntry[]): ComparedEntry | null {
  let best = 0
  let bestLength = -1
  for (const [i, candidate] of namesakes.slice(0, MAX_NAMESAKES).entries()) {
    const length = namesakes.length === 1 ? 0 : commonEnd(entry, candidate)
    if (length > bestLength) {
      best = i
      bestLength = length
    }
  }
  return namesakes.splice(best, 1)[0] ?? null
}

/** How many parts of two paths are the same, from the end. */
function commonEnd(a: ComparedEntry, b: ComparedEntry): number {
  const partsOfA = entryPath(a).split('/')
  const partsOfB = entryPath(b).split('/')
  let count = 0
  while (count < partsOfA.length && count < partsOfB.length && partsOfA.at(-1 - count) === partsOfB.at(-1 - count)) count++
  return count
}
