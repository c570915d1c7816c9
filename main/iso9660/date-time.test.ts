import { describe, expect, it } from 'vitest'
import { descriptorDate, recordDate } from './date-time.ts'

const roundTrip = (type: typeof recordDate, epochMs: number | null) => {
  const bytes = new Uint8Array(type.sizeBytes)
  type.set(bytes, 0, epochMs)
  return { bytes: [...bytes], epochMs: type.get(bytes, 0) }
}

describe('dates of directory records', () => {
  it('writes the parts of the moment, in UTC', () => {
    expect(roundTrip(recordDate, Date.UTC(2024, 1, 29, 23, 59, 58)).bytes).toEqual([124, 2, 29, 23, 59, 58, 0])
  })
  it('comes back for every day from 1900 to 2155', () => {
    for (let ms = Date.UTC(1900, 0, 1); ms < Date.UTC(2156, 0, 1); ms += 86_400_000)
      if (roundTrip(recordDate, ms).epochMs !== ms) expect.fail(new Date(ms).toISOString())
  })
  it('holds what lies outside to the nearest moment that fits', () => {
    expect(roundTrip(recordDate, Date.UTC(1601, 0, 1)).epochMs).toBe(Date.UTC(1900, 0, 1))
    expect(roundTrip(recordDate, Date.UTC(2300, 0, 1)).epochMs).toBe(Date.UTC(2155, 11, 31, 23, 59, 59))
  })
  it('knows unset', () => {
    expect(roundTrip(recordDate, null)).toEqual({ bytes: [0, 0, 0, 0, 0, 0, 0], epochMs: null })
  })
  it('reads other time zones', () => {
    expect(recordDate.get(Uint8Array.of(100, 6, 1, 12, 0, 0, 8), 0)).toBe(Date.UTC(2000, 5, 1, 10))
    expect(recordDate.get(Uint8Array.of(100, 6, 1, 12, 0, 0, 256 - 20), 0)).toBe(Date.UTC(2000, 5, 1, 17))
  })
  it.each([
    [[100, 2, 31, 0, 0, 0, 0]],
    [[100, 0, 1, 0, 0, 0, 0]],
    [[100, 13, 1, 0, 0, 0, 0]],
    [[100, 1, 1, 24, 0, 0, 0]],
    [[100, 1, 1, 0, 0, 0, 127]],
  ])('takes no moment from %j', (bytes) => {
    expect(recordDate.get(Uint8Array.from(bytes), 0)).toBeNull()
  })
})

describe('dates of volume descriptors', () => {
  it('come back to a hundredth of a second', () => {
    expect(roundTrip(descriptorDate, Date.UTC(2026, 10, 23, 22, 14, 5, 120)).epochMs).toBe(Date.UTC(2026, 10, 23, 22, 14, 5, 120))
  })
  it('know unset', () => {
    expect(roundTrip(descriptorDate, null).epochMs).toBeNull()
  })
})
