/** Keeps which bytes were written, or belong to something, and finds what is there twice or not at all. */
export interface Interval {
  readonly startBytes: number
  readonly endBytes: number
  readonly owner: string
}

export class ByteIntervals {
  readonly #intervals: Interval[] = []

  add(startBytes: number, lengthBytes: number, owner: string): void {
    if (lengthBytes > 0) this.#intervals.push({ startBytes, endBytes: startBytes + lengthBytes, owner })
  }

  /** Those that lie over one another, each as a line. */
  overlaps(): string[] {
    const found: string[] = []
    let furthest: Interval | null = null
    for (const next of this.#sorted()) {
      if (furthest !== null && next.startBytes < furthest.endBytes) found.push(`${text(next)} over ${text(furthest)}`)
      if (furthest === null || next.endBytes > furthest.endBytes) furthest = next
    }
    return found
  }

  /** What none of them holds, up to `sizeBytes`. */
  gaps(sizeBytes: number): Interval[] {
    const found: Interval[] = []
    let reached = 0
    for (const { startBytes, endBytes } of this.#sorted()) {
      if (startBytes > reached) found.push({ startBytes: reached, endBytes: startBytes, owner: 'nobody' })
      reached = Math.max(reached, endBytes)
    }
    if (reached < sizeBytes) found.push({ startBytes: reached, endBytes: sizeBytes, owner: 'nobody' })
    return found
  }

  #sorted(): Interval[] {
    return this.#intervals.sort((a, b) => a.startBytes - b.startBytes || a.endBytes - b.endBytes)
  }
}

const text = ({ startBytes, endBytes, owner }: Interval): string => `${owner} (${startBytes} to ${endBytes})`
