/** Entries in an order that rows are asked from by place: of a folder, or what a search found. */
import type { RowRange, SortOrder } from '../../../shared/browse.ts'
import { type BrowsedTree, type Checkpoints, ROOT } from './browsed-tree.ts'
import type { NameQuery } from './name-query.ts'
import { sortEntries } from './sort-entries.ts'

const FIRST_ROWS = 256
/** Entries looked through between checkpoints. */
const SEARCHED_AT_ONCE = 16_384
/** How often it is looked whether more was read. */
const LOOK_EVERY_MS = 30

export interface ListingState {
  readonly count: number
  readonly isComplete: boolean
  readonly searched: number
}

export class Listing {
  readonly tree: BrowsedTree
  /** The folder whose entries they are; null for what was searched. */
  folder: number | null = null
  #order: SortOrder | null
  #numbers: Int32Array = new Int32Array(FIRST_ROWS)
  #count = 0
  #searched = 0
  #isComplete = false

  /** Without an order, entries stay as they were found. */
  constructor(tree: BrowsedTree, order: SortOrder | null) {
    this.tree = tree
    this.#order = order
  }

  get state(): ListingState {
    return { count: this.#count, isComplete: this.#isComplete, searched: this.#searched }
  }

  /** Numbers of the entries in rows, as far as there are any. */
  numbers(from: number, to: number): Int32Array {
    return this.#numbers.subarray(Math.min(from, this.#count), Math.min(to, this.#count))
  }

  /** The same for several runs of rows. */
  *chosen(ranges: readonly RowRange[]): Generator<number, void, undefined> {
    for (const [from, to] of ranges) yield* this.numbers(from, to)
  }

  /** Fills it with a folder's entries; `grown` is called as they come in. `reading` is not to be cancelled with the listing. */
  async listFolder(number: number, reading: Checkpoints, control: Checkpoints, grown: () => void): Promise<void> {
    const folder = this.tree.folder(number)
    this.folder = number
    const read = this.tree.read(number, reading)
    for (;;) {
      if (folder.first >= 0) this.#take(folder.first + this.#count, folder.first + folder.count)
      this.#searched = this.#count
      if (folder.isRead) break
      grown()
      await Promise.race([read, pause()])
      await control.checkpoint()
    }
    await this.#complete(control)
    grown()
  }

  /** Fills it with the entries that match, while `walk` may still read folders. */
  async search(query: NameQuery, walk: Promise<void>, control: Checkpoints, grown: () => void): Promise<void> {
    const { table } = this.tree
    for (let from = ROOT + 1; from < table.count || !this.tree.isWalked; ) {
      const end = Math.min(from + SEARCHED_AT_ONCE, table.count)
      for (let found = query.next(table, from, end); found >= 0; found = query.next(table, found + 1, end)) this.#take(found, found + 1)
      from = end
      this.#searched = end - 1
      await control.checkpoint()
      if (end < table.count || this.tree.isWalked) continue
      grown()
      await Promise.race([walk, pause()])
    }
    await this.#complete(control)
    grown()
  }

  /** Sorts by something else, and gives the rows where the entries of these rows are then. */
  async sort(order: SortOrder, ranges: readonly RowRange[], control: Checkpoints): Promise<RowRange[]> {
    this.#order = order
    if (!this.#isComplete) return [] // sorted when everything is there
    const isChosen = new Uint8Array(this.tree.table.count)
    for (const number of this.chosen(ranges)) isChosen[number] = 1
    await this.#complete(control)
    const kept: [number, number][] = []
    for (let row = 0; row < this.#count; row++) {
      if (isChosen[this.#numbers[row] as number] !== 1) continue
      const last = kept.at(-1)
      if (last?.[1] === row) last[1] = row + 1
      else kept.push([row, row + 1])
    }
    return kept
  }

  /** The row of an entry; -1 when it isn't in the listing. */
  rowOf(number: number): number {
    return this.numbers(0, this.#count).indexOf(number)
  }

  /** The next row whose folded name begins with the text, from a row on and round the end; -1 when none does. */
  rowOfTyped(folded: string, from: number): number {
    for (let step = 0; step < this.#count; step++) {
      const row = (from + step) % this.#count
      if (this.tree.table.folded.text(this.#numbers[row] as number).startsWith(folded)) return row
    }
    return -1
  }

  async #complete(control: Checkpoints): Promise<void> {
    for (let sorted: SortOrder | null = null; sorted !== this.#order; ) {
      sorted = this.#order as SortOrder // another one may be asked for meanwhile
      this.#numbers = await sortEntries(this.tree.table, this.numbers(0, this.#count), sorted, control)
    }
    this.#isComplete = true
  }

  /** Takes entries that follow each other in the table. */
  #take(from: number, to: number): void {
    const count = this.#count + to - from
    if (count > this.#numbers.length) {
      const longer = new Int32Array(Math.max(count, this.#numbers.length * 2))
      longer.set(this.#numbers.subarray(0, this.#count))
      this.#numbers = longer
    }
    for (let number = from; number < to; number++) this.#numbers[this.#count++] = number
  }
}

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
