import { expect, it } from 'vitest'
import { SlowPlaces } from './slow-places.ts'

const MEGABYTE = 1_000_000

/** Reads a medium of ten megabytes in pieces of one that take so long. */
function readIn(tookMs: readonly number[]): boolean[] {
  const places = new SlowPlaces(10 * MEGABYTE, 10)
  for (const [i, ms] of tookMs.entries()) places.note({ startBytes: i * MEGABYTE, positionBytes: (i + 1) * MEGABYTE, tookMs: ms })
  return Array.from({ length: 10 }, (_, cell) => places.isSlow(cell))
}

it('a place that took many times as long as the others is slow', () => {
  expect(readIn([50, 50, 50, 900, 50]).indexOf(true)).toBe(3)
  expect(readIn([50, 50, 50, 900, 50]).filter(Boolean)).toHaveLength(1)
})

it('a drive that takes its time to begin, or is slow all over, has no slow places', () => {
  expect(readIn([4000, 50, 50, 50])).not.toContain(true)
  expect(readIn([300, 300, 390, 300])).not.toContain(true)
})
