/** Which bytes of an image belong to something. */

export class UsedRanges {
  /** Start and end by turns. */
  readonly #ranges: number[] = []
  #endBytes = 0

  add(offsetBytes: number, lengthBytes: number): void {
    if (lengthBytes <= 0) return
    this.#ranges.push(offsetBytes, offsetBytes + lengthBytes)
    this.#endBytes = Math.max(this.#endBytes, offsetBytes + lengthBytes)
  }

  /** Where the last of them ends. */
  get endBytes(): number {
    return this.#endBytes
  }

  meets(startBytes: number, endBytes: number): boolean {
    for (let i = 0; i < this.#ranges.length; i += 2)
      if ((this.#ranges[i] as number) < endBytes && (this.#ranges[i + 1] as number) > startBytes) return true
    return false
  }
}
