/** Growing columns of numbers: a million rows of them are a few megabytes, where as many objects are a few hundred. */

type Numbers = Uint8Array | Uint16Array | Int32Array | Uint32Array | Float64Array

const FIRST_ROWS = 1024

export class Column {
  #values: Numbers
  #length = 0

  /** `kind` decides what the numbers may be. */
  constructor(kind: new (length: number) => Numbers) {
    this.#values = new kind(FIRST_ROWS)
  }

  get length(): number {
    return this.#length
  }

  at(row: number): number {
    return this.#values[row] as number
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const longer = new (this.#values.constructor as new (length: number) => Numbers)(this.#length * 2)
      longer.set(this.#values)
      this.#values = longer
    }
    this.#values[this.#length++] = value
  }
}
