import { expect, test } from 'vitest'
import { capacityOf, fitSentence } from './capacity.ts'

test('measures against the smallest disc that fits', () => {
  const capacity = capacityOf(4_300_000_256, 4_290_000_000)
  expect(capacity.medium?.name).toBe('DVD')
  expect(capacity.filesFraction + capacity.structureFraction + capacity.freeBytes / 4_700_372_992).toBeCloseTo(1, 10)
  expect(capacity.structureBytes).toBe(10_000_256)
})

test('content stored once never makes more than the image', () => {
  expect(capacityOf(1_000_000, 5_000_000)).toMatchObject({ structureBytes: 0 })
})

test('is full when no disc is large enough', () => {
  const capacity = capacityOf(200e9, 199e9)
  expect([capacity.medium, capacity.freeBytes]).toEqual([null, 0])
  expect(fitSentence(200e9)).toBe('72 GB too large for BD 128, the largest disc')
})

test('says how much is left, down to the last byte', () => {
  expect(fitSentence(681_984_000)).toBe('Fits on a CD 650, with 0 bytes to spare')
  expect(fitSentence(681_984_001)).toBe('Fits on a CD 700, with 55 MB to spare')
})
