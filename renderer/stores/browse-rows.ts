/** Rows of a listing as they come in from main, a page at a time; of long lists only the pages looked at last are kept. */
import type { BrowsedRow } from '../../shared/browse.ts'

export const PAGE_ROWS = 200
const MAX_PAGES = 100

let generations = 0

export class RowPages {
  /** Equal for pages of the same rows in the same order. */
  readonly generation: number
  readonly #pages = new Map<number, readonly BrowsedRow[]>()

  constructor(generation = ++generations) {
    this.generation = generation
  }

  row(index: number): BrowsedRow | undefined {
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS]
  }

  /** Pages that hold these rows and are not here, or not whole: the last page of a list that grew. */
  missing(from: number, to: number, count: number): number[] {
    const missing: number[] = []
    for (let page = Math.floor(from / PAGE_ROWS); page * PAGE_ROWS < Math.min(to, count); page++) {
      const due = Math.min(PAGE_ROWS, count - page * PAGE_ROWS)
      if ((this.#pages.get(page)?.length ?? 0) < due) missing.push(page)
    }
    return missing
  }

  numbers(): number[] {
    return [...this.#pages.keys()]
  }

  /** The same with none but the pages that hold these rows. */
  only(from: number, to: number): RowPages {
    const fewer = new RowPages(this.generation)
    for (const [page, rows] of this.#pages) if (page >= Math.floor(from / PAGE_ROWS) && page * PAGE_ROWS < to) fewer.#pages.set(page, rows)
    return fewer
  }

  /** The same with one page more; the one that was put in first goes when there are too many. */
  with(page: number, rows: readonly BrowsedRow[]): RowPages {
    const more = new RowPages(this.generation)
    for (const [number, kept] of this.#pages) if (number !== page) more.#pages.set(number, kept)
    more.#pages.set(page, rows)
    const [oldest] = more.#pages.keys()
    if (more.#pages.size > MAX_PAGES && oldest !== undefined) more.#pages.delete(oldest)
    return more
  }
}
