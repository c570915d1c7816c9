/** Small structures read through a few remembered windows: directories mostly lie side by side. */
import type { ByteSource } from './byte-source.ts'
import { readUpTo } from './byte-source.ts'

const WINDOWS = 4
/** Windows begin at multiples of this, so that directories met in descending order are found in them too. */
const ALIGN_BYTES = 64 * 1024
const WINDOW_BYTES = 2 * ALIGN_BYTES

export class MetadataCache {
  readonly #source: ByteSource
  readonly #starts: number[] = []
  readonly #windows: Buffer[] = []
  #next = 0

  constructor(source: ByteSource) {
    this.#source = source
  }

  /** Up to `lengthBytes` at `offsetBytes`, fewer at the end of the source. A view: windows are never written to again. */
  view(offsetBytes: number, lengthBytes: number): Buffer {
    for (let i = 0; i < this.#windows.length; i++) {
      const from = offsetBytes - (this.#starts[i] as number)
      const window = this.#windows[i] as Buffer
      if (from >= 0 && from + lengthBytes <= window.length) return window.subarray(from, from + lengthBytes)
    }
    if (lengthBytes > ALIGN_BYTES) return readUpTo(this.#source, offsetBytes, lengthBytes)
    const start = offsetBytes - (offsetBytes % ALIGN_BYTES)
    const window = readUpTo(this.#source, start, WINDOW_BYTES)
    this.#starts[this.#next] = start
    this.#windows[this.#next] = window
    this.#next = (this.#next + 1) % WINDOWS
    return window.subarray(offsetBytes - start, offsetBytes - start + lengthBytes)
  }
}
