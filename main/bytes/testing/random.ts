/** A stream of numbers from 0 up to below `limit`, always the same for a seed (mulberry32). */
export type RandomNumbers = (limit: number) => number

export function randomNumbers(seed: number): RandomNumbers {
  let state = Math.imul(seed, 2_654_435_761) >>> 0
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
}

export const oneOf = <T>(values: readonly T[], random: RandomNumbers): T => values[random(values.length)] as T
