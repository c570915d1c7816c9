/** What only one side has at its place, with all that is in it. */
import { MAX_LEFT_OVERS } from '../../../shared/limits.ts'
import { entryPath } from '../entry-path.ts'
import type { ComparedEntry, ComparedTree, FolderEntries } from './compared-tree.ts'
import { type LeftOver, readable } from './pair-walk.ts'

export class LeftOvers {
  readonly #tree: ComparedTree
  readonly #warn: (reason: string) => void
  #tops: LeftOver[] = []
  /** Paths of folders that were found on the other side. */
  readonly #found = new Set<string>()

  /** `warn` is told of folders that can't be read. */
  constructor(tree: ComparedTree, warn: (reason: string) => void) {
    this.#tree = tree
    this.#warn = warn
  }

  get tops(): readonly LeftOver[] {
    return this.#tops
  }

  add(leftOver: LeftOver): void {
    this.#tops.push(leftOver)
  }

  /** Forgets folders that were found on the other side, and what lies in them. */
  drop(folders: readonly ComparedEntry[]): void {
    for (const folder of folders) this.#found.add(entryPath(folder))
    const dropped = new Set(folders)
    this.#tops = this.#tops.filter(({ entry }) => !dropped.has(entry))
  }

  /** All entries, parents first; null when there are too many to hold. */
  all(): ComparedEntry[] | null {
    const all: ComparedEntry[] = []
    const entriesOf = this.#tree.beginWalk()
    for (const { entry: top } of this.#tops) {
      for (const entry of this.#withContents(top, entriesOf)) {
        if (all.length === MAX_LEFT_OVERS) return null
        all.push(entry)
      }
    }
    return all
  }

  /** The same one by one, however many there are. */
  *each(): Generator<ComparedEntry, void, undefined> {
    const entriesOf = this.#tree.beginWalk()
    for (const { entry } of this.#tops) yield* this.#withContents(entry, entriesOf)
  }

  *#withContents(top: ComparedEntry, entriesOf: FolderEntries): Generator<ComparedEntry, void, undefined> {
    const pending = [top]
    for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
      if (entry.type === 'directory' && this.#found.has(entryPath(entry))) continue
      yield entry
      if (entry.type !== 'directory') continue
      const folder = entry
      const listed = readable(() => entriesOf(folder))
      if ('reason' in listed) this.#warn(listed.reason)
      else for (let i = listed.value.length - 1; i >= 0; i--) pending.push(listed.value[i] as ComparedEntry)
    }
  }
}
