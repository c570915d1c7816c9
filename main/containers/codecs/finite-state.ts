/** Finite-state entropy coding as LZFSE has it (lzfse_fse.c): bits are read from the end of what is packed. */
import { packedDamage } from '../packed-problem.ts'

export class BackwardBits {
  readonly #bytes: Uint8Array
  #bitAt: number

  /** `unusedBits` of the last byte are none. */
  constructor(bytes: Uint8Array, unusedBits: number) {
    this.#bytes = bytes
    this.#bitAt = bytes.length * 8 - unusedBits
  }

  /** Up to 25. */
  pull(count: number): number {
    this.#bitAt -= count
    if (this.#bitAt < 0) throw packedDamage('a block is too short')
    const at = this.#bitAt >>> 3
    const four =
      (this.#bytes[at] ?? 0) | ((this.#bytes[at + 1] ?? 0) << 8) | ((this.#bytes[at + 2] ?? 0) << 16) | ((this.#bytes[at + 3] ?? 0) << 24)
    return (four >>> (this.#bitAt & 7)) & (2 ** count - 1)
  }
}

/** What each state gives, and which states may follow it. */
export class StateTable {
  readonly #symbols: Uint16Array
  readonly #bits: Uint8Array
  readonly #next: Int16Array

  /** Throws an `image` Problem when there are more states than may be. */
  constructor(states: number, frequencies: Uint16Array) {
    this.#symbols = new Uint16Array(states)
    this.#bits = new Uint8Array(states)
    this.#next = new Int16Array(states)
    let state = 0
    frequencies.forEach((frequency, symbol) => {
      if (frequency === 0) return
      if (state + frequency > states) throw packedDamage('a block has a code that can’t be')
      const bits = Math.clz32(frequency) - Math.clz32(states)
      const longer = ((2 * states) >> bits) - frequency
      for (let i = 0; i < frequency; i++, state++) {
        const isLonger = i < longer
        this.#symbols[state] = symbol
        this.#bits[state] = isLonger ? bits : bits - 1
        this.#next[state] = isLonger ? ((frequency + i) << bits) - states : (i - longer) << (bits - 1)
      }
    })
    if (state < states && state > 0) throw packedDamage('a block has a code that can’t be')
  }

  symbol(state: number): number {
    return this.#symbols[state] as number
  }

  /** The state after this one. */
  follow(state: number, bits: BackwardBits): number {
    return (this.#next[state] as number) + bits.pull(this.#bits[state] as number)
  }

  /** The same where a symbol has further bits of its own, which come behind those of the state. */
  followWith(state: number, bits: BackwardBits, more: number): readonly [number, number] {
    const next = this.follow(state, bits)
    return [next, bits.pull(more)]
  }
}
