/** Finds entries of two folders that are one, though a file system could not hold the name of one of them as it is. */
import { assignSiblingNames } from '../../iso9660/sibling-names.ts'
import { byName, type ComparedEntry, type NameForm } from './compared-tree.ts'

/** Entries of two folders that are the two sides of a pair of folders. */
export interface FolderPair {
  readonly a: readonly ComparedEntry[]
  readonly b: readonly ComparedEntry[]
}

export interface PairedEntries {
  readonly pairs: readonly (readonly [a: ComparedEntry, b: ComparedEntry])[]
  readonly onlyInA: readonly ComparedEntry[]
  readonly onlyInB: readonly ComparedEntry[]
}

/**
 * Pairs entries of the same name; then those whose names differ in Unicode's forms only; then those where one name is
 * what the other becomes in the poorer of the two trees.
 */
export function pairByName(folders: FolderPair, formsOfA: readonly NameForm[], formsOfB: readonly NameForm[]): PairedEntries {
  const rest = { pairs: [] as [ComparedEntry, ComparedEntry][], onlyInA: folders.a, onlyInB: folders.b }
  take(rest, (entry) => entry.name)
  if (!hasRest(rest)) return rest
  take(rest, (entry) => entry.name.normalize())
  for (const form of formsOfA) if (hasRest(rest)) takeHeld(rest, folders.b, 'b', form)
  for (const form of formsOfB) if (hasRest(rest)) takeHeld(rest, folders.a, 'a', form)
  return rest
}

/** Tells whether entries of two trees can have one name, as far as the poorer tree can hold it. */
export function namesTest(formsOfA: readonly NameForm[], formsOfB: readonly NameForm[]): (a: ComparedEntry, b: ComparedEntry) => boolean {
  const forms = [...formsOfA, ...formsOfB]
  return (a, b) =>
    a.name === b.name || forms.some(({ fold }) => fold(a.name) === fold(b.name)) || mustChange(a, formsOfB) || mustChange(b, formsOfA)
}

/** Whether a tree with one of these forms had to change the name, as far as can be told. */
function mustChange({ name, type }: ComparedEntry, forms: readonly NameForm[]): boolean {
  return forms.some(({ rules, fold }) => fold(rules.map(name, type === 'directory')) !== fold(name))
}

interface Rest {
  readonly pairs: [ComparedEntry, ComparedEntry][]
  onlyInA: readonly ComparedEntry[]
  onlyInB: readonly ComparedEntry[]
}

const hasRest = ({ onlyInA, onlyInB }: Rest): boolean => onlyInA.length > 0 && onlyInB.length > 0

/** Pairs what is left by equal keys; of several with one key the first with the first. */
function take(rest: Rest, keyOf: (entry: ComparedEntry, side: 'a' | 'b') => string): void {
  const ofB = new Map<string, ComparedEntry[]>()
  for (const entry of rest.onlyInB) {
    const key = keyOf(entry, 'b')
    const there = ofB.get(key)
    if (there === undefined) ofB.set(key, [entry])
    else there.push(entry)
  }
  const paired = new Set<ComparedEntry>()
  rest.onlyInA = rest.onlyInA.filter((entry) => {
    const match = ofB.get(keyOf(entry, 'a'))?.shift()
    if (match === undefined) return true
    rest.pairs.push([entry, match])
    paired.add(match)
    return false
  })
  if (paired.size > 0) rest.onlyInB = rest.onlyInB.filter((entry) => !paired.has(entry))
}

/** Pairs by what the names of the richer side become when all of its folder goes into a tree of these rules. */
function takeHeld(rest: Rest, richFolder: readonly ComparedEntry[], richSide: 'a' | 'b', { rules, fold }: NameForm): void {
  const rich = [...richFolder].sort(byName)
  const names = assignSiblingNames(
    rich.map(({ name, type }) => ({ name, isDirectory: type === 'directory' })),
    rules,
  )
  const held = new Map(rich.map((entry, i) => [entry, fold(names[i] as string)]))
  take(rest, (entry, side) => (side === richSide ? (held.get(entry) ?? entry.name) : fold(entry.name)))
}
