/** What is known of contents that lie in different places of the two trees: digests, and pairs that were compared. */
import { createHash } from 'node:crypto'
import type { JobControl } from '../../../shared/job.ts'
import type { ComparedEntry, ComparedTree } from './compared-tree.ts'
import { contentPieces, firstDifference } from './content-difference.ts'

type Side = 'a' | 'b'

export class EqualContents {
  readonly #trees: Readonly<Record<Side, ComparedTree>>
  /** By place. */
  readonly #digests: Readonly<Record<Side, Map<string, string>>> = { a: new Map(), b: new Map() }
  /** For a place in A one in B of the same content. */
  readonly #pairs = new Map<string, string>()

  constructor(a: ComparedTree, b: ComparedTree) {
    this.#trees = { a, b }
  }

  /** Whether two files are known to have the same content; reads nothing. */
  has(a: ComparedEntry, b: ComparedEntry): boolean {
    if (this.#pairs.size === 0 && this.#digests.a.size === 0) return false
    const placeOfA = this.#trees.a.place(a)
    const placeOfB = this.#trees.b.place(b)
    if (this.#pairs.get(placeOfA) === placeOfB) return true
    const digest = this.#digests.a.get(placeOfA)
    return digest !== undefined && digest === this.#digests.b.get(placeOfB)
  }

  /** Reads both as far as they are the same. Throws `image` and `io` Problems. */
  async compare(a: ComparedEntry, b: ComparedEntry, control: JobControl): Promise<boolean> {
    if (this.has(a, b)) return true
    if ((await firstDifference(this.#trees.a, a, this.#trees.b, b, control)) !== null) return false
    this.#pairs.set(this.#trees.a.place(a), this.#trees.b.place(b))
    return true
  }

  /** Reads a file that was not read before. Throws `image` and `io` Problems. */
  async digest(side: Side, file: ComparedEntry, control: JobControl): Promise<string> {
    const place = this.#trees[side].place(file)
    const known = this.#digests[side].get(place)
    if (known !== undefined) return known
    const hash = createHash('sha256')
    for (const piece of contentPieces(this.#trees[side], file)) {
      hash.update(piece)
      const pause = control.checkpoint()
      if (pause !== undefined) await pause
    }
    const digest = hash.digest('base64')
    this.#digests[side].set(place, digest)
    return digest
  }
}
