import { describe, expect, test } from 'vitest'
import { isSelected, noRows, onlyRow, type RowSelection, selectAllRows, selectedCount, selectRow, singleRow } from './row-ranges.ts'

const rows = (selection: RowSelection, count = 20) =>
  Array.from({ length: count }, (_, row) => row).filter((row) => isSelected(selection, row))

describe('rows are selected', () => {
  test('one after another, and let go again', () => {
    let selection = noRows
    for (const row of [5, 7, 6, 1]) selection = selectRow(selection, row, 'toggle')
    expect(selection.ranges).toEqual([
      [1, 2],
      [5, 8],
    ])
    selection = selectRow(selection, 6, 'toggle')
    expect(rows(selection)).toEqual([1, 5, 7])
    expect(selectRow(selection, 1, 'toggle').ranges).toEqual([
      [5, 6],
      [7, 8],
    ])
  })

  test('from the anchor in both directions', () => {
    const down = selectRow(onlyRow(5), 8, 'extend')
    expect([rows(down), down.focus, down.anchor]).toEqual([[5, 6, 7, 8], 8, 5])
    expect(rows(selectRow(down, 3, 'extend'))).toEqual([3, 4, 5])
    expect(rows(selectRow(noRows, 2, 'extend'))).toEqual([2])
  })

  test('not by going there with Ctrl held', () => {
    expect(selectRow(onlyRow(5), 8, 'look')).toEqual({ ...onlyRow(5), focus: 8 })
  })

  test('all of a million as one run', () => {
    const all = selectAllRows(noRows, 1_000_000)
    expect([all.ranges, selectedCount(all), isSelected(all, 999_999)]).toEqual([[[0, 1_000_000]], 1_000_000, true])
    expect(selectedCount(selectRow(all, 500, 'toggle'))).toBe(999_999)
    expect(selectAllRows(noRows, 0).ranges).toEqual([])
  })

  test('and told when it is a single one', () => {
    expect([singleRow(noRows), singleRow(onlyRow(3)), singleRow(selectRow(onlyRow(3), 4, 'extend'))]).toEqual([-1, 3, -1])
  })
})
