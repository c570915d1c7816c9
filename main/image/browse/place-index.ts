/** Finds the entries whose content covers a place of the image. */
import type { BrowsedTree, Checkpoints } from './browsed-tree.ts'
import { Column } from './column.ts'
import { slicedSort } from './sliced-sort.ts'

export interface PlacedEntry {
  readonly number: number
  readonly startBytes: number
  readonly lengthBytes: number
}

export class PlaceIndex {
  readonly #starts: Float64Array
  readonly #ends: Float64Array
  readonly #numbers: Int32Array
  /** Largest end of all up to here: nothing before a smaller one covers what lies behind it. */
  readonly #reaches: Float64Array

  private constructor(starts: Float64Array, ends: Float64Array, numbers: Int32Array) {
    this.#starts = starts
    this.#ends = ends
    this.#numbers = numbers
    this.#reaches = new Float64Array(ends.length)
    let reach = 0
    for (const [i, end] of ends.entries()) {
      reach = Math.max(reach, end)
      this.#reaches[i] = reach
    }
  }

  /** Of a tree that was walked; reads its folders once more. `met` is called for every extent. */
  static async of(tree: BrowsedTree, control: Checkpoints, met: (entry: PlacedEntry, isDirectory: boolean) => void): Promise<PlaceIndex> {
    const starts = new Column(Float64Array)
    const ends = new Column(Float64Array)
    const numbers = new Column(Int32Array)
    const take = (number: number, startBytes: number, lengthBytes: number, isDirectory: boolean) => {
      met({ number, startBytes, lengthBytes }, isDirectory)
      starts.push(startBytes)
      ends.push(startBytes + lengthBytes)
      numbers.push(number)
    }
    for (const folder of tree.readFolders()) {
      for (const extent of folder.entry.extents) take(folder.number, tree.view.offsetBytes(extent), extent.lengthBytes, true)
      let number = folder.first
      for (const entries of tree.view.childParts(folder.entry)) {
        for (const entry of entries) {
          if (number >= folder.first + folder.count) break
          if (entry.type === 'file')
            for (const extent of entry.extents) take(number, tree.view.offsetBytes(extent), extent.lengthBytes, false)
          number++
        }
        await control.checkpoint()
      }
    }
    const order = await slicedSort(numbers.length, (a, b) => starts.at(a) - starts.at(b), control)
    const sorted = (column: Column) => Float64Array.from(order, (place) => column.at(place))
    return new PlaceIndex(
      sorted(starts),
      sorted(ends),
      Int32Array.from(order, (place) => numbers.at(place)),
    )
  }

  /** Entries that cover any of these bytes, the last to begin first; at most `limit`. */
  covering(startBytes: number, endBytes: number, limit: number): PlacedEntry[] {
    const found: PlacedEntry[] = []
    for (let i = this.#lastBefore(endBytes); i >= 0 && (this.#reaches[i] as number) > startBytes && found.length < limit; i--) {
      const [start, end] = [this.#starts[i] as number, this.#ends[i] as number]
      if (end > startBytes) found.push({ number: this.#numbers[i] as number, startBytes: start, lengthBytes: end - start })
    }
    return found
  }

  /** Index of the last that begins before a byte; -1 when none does. */
  #lastBefore(byte: number): number {
    let low = -1
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((this.#starts[middle] as number) < byte) low = middle
      else high = middle - 1
    }
    return low
  }
}
