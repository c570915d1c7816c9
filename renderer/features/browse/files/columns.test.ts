import { expect, test } from 'vitest'
import { columnsFor, usualColumns } from './columns.ts'

const keys = (widthPx: number, isSearching = false) => columnsFor(widthPx, usualColumns, isSearching).map(({ key }) => key)

test('columns go from the end when there is no room, but the first two stay', () => {
  expect(keys(900)).toEqual(['name', 'size', 'modified', 'kind'])
  expect(keys(480)).toEqual(['name', 'size', 'modified'])
  expect(keys(200)).toEqual(['name', 'size'])
})

test('what was found says where it is', () => {
  expect(keys(900, true)).toEqual(['name', 'folder', 'size', 'modified', 'kind'])
  expect(keys(200, true)).toEqual(['name', 'folder'])
})
