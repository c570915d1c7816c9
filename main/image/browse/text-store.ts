/** Many short texts in one growing run of bytes, so that all of them can be searched at once. */
import { Column } from './column.ts'

const FIRST_BYTES = 64 * 1024
/** Behind each text; no name has it. */
const SEPARATOR = 0

export class TextStore {
  #bytes = Buffer.allocUnsafe(FIRST_BYTES)
  #usedBytes = 0
  readonly #starts = new Column(Uint32Array)

  get count(): number {
    return this.#starts.length
  }

  get usedBytes(): number {
    return this.#usedBytes
  }

  /** The bytes of all texts, each with one that no text has behind it. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#usedBytes)
  }

  add(text: string): void {
    const mostBytes = text.length * 3 + 1
    if (this.#usedBytes + mostBytes > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#usedBytes + mostBytes))
      this.#bytes.copy(larger, 0, 0, this.#usedBytes)
      this.#bytes = larger
    }
    this.#starts.push(this.#usedBytes)
    this.#usedBytes += this.#bytes.write(text, this.#usedBytes)
    this.#bytes[this.#usedBytes++] = SEPARATOR
  }

  /** Where a text begins in all bytes, and where it ends. */
  range(index: number): [number, number] {
    const end = index + 1 < this.count ? this.#starts.at(index + 1) : this.#usedBytes
    return [this.#starts.at(index), end - 1]
  }

  text(index: number): string {
    return this.#bytes.toString('utf8', ...this.range(index))
  }

  /** Index of the first text from `from` on, and before `end`, that contains the bytes; -1 when none does. */
  find(part: Buffer, from: number, end: number): number {
    if (from >= end) return -1
    const at = this.#bytes.indexOf(part, this.#starts.at(from))
    if (at < 0 || at >= this.#usedBytes) return -1
    const index = this.#indexAt(at, from)
    return index < end ? index : -1
  }

  /** The text that holds a byte, which lies behind the beginning of text `from`. */
  #indexAt(byte: number, from: number): number {
    let step = 1
    while (from + step < this.count && this.#starts.at(from + step) <= byte) step *= 2
    let low = from + Math.floor(step / 2)
    let high = Math.min(this.count - 1, from + step)
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if (this.#starts.at(middle) <= byte) low = middle
      else high = middle - 1
    }
    return low
  }
}
