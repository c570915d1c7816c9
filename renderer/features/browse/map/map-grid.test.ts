import { expect, test } from 'vitest'
import { cellAt, cellForKey, gridFor, placeOf } from './map-grid.ts'

const grid = gridFor(105, 48, 1000)

test('cells fill the picture row by row', () => {
  expect(grid).toEqual({ columns: 10, rows: 4, stepPx: 10 })
  expect(placeOf(23, grid)).toEqual({ xPx: 30, yPx: 20 })
  expect(cellAt(33, 29, grid, 40)).toBe(23)
  expect([cellAt(104, 5, grid, 40), cellAt(33, 29, grid, 20), cellAt(-1, 0, grid, 40)]).toEqual([null, null, null])
  expect(gridFor(0, 0, 1000)).toEqual({ columns: 1, rows: 1, stepPx: 10 })
})

test('cells are larger where there are few sectors', () => {
  expect(gridFor(1000, 500, 300).stepPx).toBe(22)
  const middle = gridFor(1000, 500, 2500)
  expect(middle.columns * middle.rows).toBeGreaterThanOrEqual(2500)
  expect(middle.stepPx).toBeGreaterThan(10)
})

test('keys move from cell to cell and stay in the picture', () => {
  const to = (key: string) => cellForKey(key, 23, grid, 38)
  expect(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageDown'].map(to)).toEqual([22, 24, 13, 33, 0, 37, 37])
  expect(cellForKey('Enter', 23, grid, 38)).toBeNull()
})
