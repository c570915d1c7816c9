import { describe, expect, test } from 'vitest'
import { rowWindow, scrollTopFor } from './row-window.ts'

const list = { count: 1000, rowPx: 30, scrollTopPx: 0, viewPx: 300 }
const endless = { ...list, count: 2_000_000 }

describe('the rows in sight', () => {
  test('are those between top and bottom', () => {
    expect(rowWindow(list)).toEqual({ heightPx: 30_000, from: 0, to: 10, topPx: 0 })
    expect(rowWindow({ ...list, scrollTopPx: 45 })).toEqual({ heightPx: 30_000, from: 1, to: 12, topPx: 30 })
    expect(rowWindow({ ...list, count: 3 })).toEqual({ heightPx: 90, from: 0, to: 3, topPx: 0 })
    expect(rowWindow({ ...list, count: 0 })).toEqual({ heightPx: 0, from: 0, to: 0, topPx: 0 })
  })

  test('stay there when the list became shorter than it is scrolled', () => {
    expect(rowWindow({ ...list, count: 20, scrollTopPx: 9000 })).toMatchObject({ from: 10, to: 20 })
  })

  test('reach the last row of lists that are too high for an element', () => {
    const { heightPx } = rowWindow(endless)
    expect(heightPx).toBeLessThan(2_000_000 * 30)
    const end = rowWindow({ ...endless, scrollTopPx: heightPx - 300 })
    expect([end.from, end.to]).toEqual([1_999_990, 2_000_000])
  })
})

describe('scrolling to a row', () => {
  test('moves no further than needed', () => {
    expect(scrollTopFor(5, list)).toBe(0)
    expect(scrollTopFor(10, list)).toBe(30)
    expect(scrollTopFor(2, { ...list, scrollTopPx: 300 })).toBe(60)
  })

  test('brings any row of an endless list into sight', () => {
    for (const row of [0, 12_345, 1_234_567, 1_999_999]) {
      const shown = rowWindow({ ...endless, scrollTopPx: scrollTopFor(row, endless) })
      expect(row).toBeGreaterThanOrEqual(shown.from)
      expect(row).toBeLessThan(shown.to)
    }
  })
})
