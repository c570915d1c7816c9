/** Many runs of bytes by their places: the extents of a million files must not cost a million objects. */
export class PlacedRanges {
  #starts = new Float64Array(256)
  #lengths = new Float64Array(256)
  #count = 0
  #isSorted = true

  add(startBytes: number, lengthBytes: number): void {
    if (this.#count === this.#starts.length) this.#grow()
    const last = this.#count - 1
    if (last >= 0 && startBytes < (this.#starts[last] as number)) this.#isSorted = false
    this.#starts[this.#count] = startBytes
    this.#lengths[this.#count] = lengthBytes
    this.#count++
  }

  get count(): number {
    return this.#count
  }

  /** Of the run with this index, counted in rising order of places. */
  startAt(index: number): number {
    this.#sort()
    return this.#starts[index] as number
  }

  lengthAt(index: number): number {
    this.#sort()
    return this.#lengths[index] as number
  }

  /** Whether a run begins at a place; with a length, whether one of that length does. */
  has(startBytes: number, lengthBytes?: number): boolean {
    for (let i = this.countBefore(startBytes); i < this.#count && this.#starts[i] === startBytes; i++) {
      if (lengthBytes === undefined || this.#lengths[i] === lengthBytes) return true
    }
    return false
  }

  /** How many runs begin before a place. */
  countBefore(bytes: number): number {
    this.#sort()
    let low = 0
    let high = this.#count
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if ((this.#starts[middle] as number) < bytes) low = middle + 1
      else high = middle
    }
    return low
  }

  #grow(): void {
    const [starts, lengths] = [new Float64Array(this.#count * 2), new Float64Array(this.#count * 2)]
    starts.set(this.#starts)
    lengths.set(this.#lengths)
    this.#starts = starts
    this.#lengths = lengths
  }

  #sort(): void {
    if (this.#isSorted) return
    this.#isSorted = true
    const [starts, lengths] = [this.#starts, this.#lengths]
    const order = new Uint32Array(this.#count)
    for (let i = 0; i < order.length; i++) order[i] = i
    order.sort((a, b) => (starts[a] as number) - (starts[b] as number))
    this.#starts = Float64Array.from(order, (i) => starts[i] as number)
    this.#lengths = Float64Array.from(order, (i) => lengths[i] as number)
  }
}
