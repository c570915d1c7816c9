/** Gives the entries of one directory their names in a file system that can't hold every name as it is. */

export interface NameRules {
  /** The name as this file system can hold it, before clashes are settled. */
  map(name: string, isDirectory: boolean): string
  /** The same with a number worked in, still within the length and with its extension. */
  numbered(name: string, number: number, isDirectory: boolean): string
  /** Names with equal keys can't stand side by side. */
  key(mapped: string): string
}

interface Named {
  readonly name: string
  readonly isDirectory: boolean
}

/**
 * One name for each sibling, in the same order. Those that `kept` gives stay letter for letter; names that need no
 * change keep it; of the others the first comes first. Deterministic for the same siblings in the same order.
 */
export function assignSiblingNames<T extends Named>(
  siblings: readonly T[],
  rules: NameRules,
  kept?: (sibling: T) => string | undefined,
): string[] {
  const used = new Set<string>()
  const keptNames = kept === undefined ? [] : siblings.map(kept)
  const names = siblings.map((sibling, i) => keptNames[i] ?? rules.map(sibling.name, sibling.isDirectory))
  for (const name of keptNames) if (name !== undefined) used.add(rules.key(name))
  const late: number[] = []
  for (const [i, mapped] of names.entries()) {
    if (keptNames[i] !== undefined) continue
    const key = rules.key(mapped)
    if (mapped === siblings[i]?.name && !used.has(key)) used.add(key)
    else late.push(i)
  }
  const numbers = new NumberedNames(rules, used)
  for (const i of late) {
    const mapped = names[i] as string
    if (used.has(rules.key(mapped))) names[i] = numbers.take(siblings[i] as Named)
    else used.add(rules.key(mapped))
  }
  return names
}

/**
 * Numbers for names whose own is taken. Names that differ can compete for the same numbered ones once both are cut, so
 * the count goes on by what is left of a name beside so many digits; 50,000 alike names don't cost 50,000² tries.
 */
class NumberedNames {
  private readonly next = new Map<string, number>()
  private readonly rules: NameRules
  private readonly used: Set<string>

  constructor(rules: NameRules, used: Set<string>) {
    this.rules = rules
    this.used = used
  }

  take({ name, isDirectory }: Named): string {
    for (let first = 1; ; first *= 10) {
      const stem = this.rules.numbered(name, first, isDirectory)
      for (let number = this.next.get(stem) ?? first; number < first * 10; number++) {
        const candidate = this.rules.numbered(name, number, isDirectory)
        const key = this.rules.key(candidate)
        if (this.used.has(key)) continue
        this.used.add(key)
        this.next.set(stem, number + 1)
        return candidate
      }
      this.next.set(stem, first * 10)
    }
  }
}
