/** Rows that somebody chose, as an extraction knows them: paths, and the folders above that all of them share left off. */

import type { RowRange } from '../../../shared/browse.ts'
import { MAX_CHOSEN_PATHS } from '../../../shared/limits.ts'
import { Problem } from '../../../shared/problem.ts'
import { ROOT } from './browsed-tree.ts'
import type { Listing } from './listing.ts'

export interface ChosenPaths {
  /** Empty for everything. */
  readonly paths: readonly string[]
  /** Leading folders to leave off. */
  readonly strip: number
  /** Names of what comes to lie right in the target. */
  readonly topNames: readonly string[]
}

/** Throws a `usage` Problem when there are more than an extraction is told one by one. */
export function chosenPaths(listing: Listing, ranges: readonly RowRange[]): ChosenPaths {
  const { tree, folder, state } = listing
  const numbers = [...listing.chosen(ranges)]
  const names = (of: readonly number[]) => [...new Set(of.map((number) => tree.table.name(number)))]
  if (folder !== null && state.isComplete && numbers.length === state.count) {
    if (folder === ROOT) return { paths: [], strip: 0, topNames: names(numbers) }
    return { paths: [tree.path(folder)], strip: depthOf(listing, folder), topNames: names(numbers) }
  }
  if (numbers.length > MAX_CHOSEN_PATHS) throw tooMany()
  const parents = new Set(numbers.map((number) => tree.folderOf(number)))
  const shared = sharedFolder(listing, parents)
  const strip = depthOf(listing, shared)
  return {
    paths: numbers.map((number) => tree.path(number)),
    strip,
    topNames: names(numbers.map((number) => below(listing, number, strip + 1))),
  }
}

function tooMany(): Problem {
  return new Problem({
    kind: 'usage',
    code: 'too-many-chosen',
    message: 'These are too many to be taken out one by one.',
    kept: 'Nothing was written.',
    advice: 'Choose the folders that they are in, or everything.',
  })
}

/** Folders from the root down to an entry, itself included; none for the root. */
function depthOf({ tree }: Listing, number: number): number {
  let depth = 0
  for (let at = number; at > ROOT; at = tree.table.parent(at)) depth++
  return depth
}

/** The entry's ancestor at a depth, or itself. */
function below(listing: Listing, number: number, depth: number): number {
  let at = number
  for (let left = depthOf(listing, number) - depth; left > 0; left--) at = listing.tree.table.parent(at)
  return at
}

/** The deepest folder that all of these are or lie in. */
function sharedFolder(listing: Listing, folders: Iterable<number>): number {
  let shared: number | null = null
  for (const folder of folders) {
    if (shared === null) {
      shared = folder
      continue
    }
    let a: number = shared
    let b: number = folder
    const depth = Math.min(depthOf(listing, a), depthOf(listing, b))
    a = below(listing, a, depth)
    b = below(listing, b, depth)
    while (a !== b) {
      a = listing.tree.folderOf(a)
      b = listing.tree.folderOf(b)
    }
    shared = a
  }
  return shared ?? ROOT
}
