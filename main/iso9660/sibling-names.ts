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
 * One name for each sibling, in the same order. Names that need no change keep it; of the others the first comes
 * first. Deterministic for the same siblings in the same order.
 */
export function assignSiblingNames(siblings: readonly Named[], rules: NameRules): string[] {
  const used = new Set<string>()
  const names = siblings.map((sibling) => rules.map(sibling.name, sibling.isDirectory))
  const late: number[] = []
  for (const [i, mapped] of names.entries()) {
    const key = rules.key(mapped)
    if (mapped === siblings[i]?.name && !used.has(key)) used.add(key)
    else late.push(i)
  }
  // Where to go on counting for a mapped name, so that 10,000 alike names don't cost 10,000² tries.
  const next = new Map<string, number>()
  for (const i of late) {
    const { name, isDirectory } = siblings[i] as Named
    const mappedKey = rules.key(names[i] as string)
    let key = mappedKey
    for (let number = next.get(mappedKey) ?? 1; used.has(key); number++) {
      names[i] = rules.numbered(name, number, isDirectory)
      key = rules.key(names[i] as string)
      next.set(mappedKey, number + 1)
    }
    used.add(key)
  }
  return names
}
