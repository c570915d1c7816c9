import { expect, test } from 'vitest'
import type { BrowsedRow } from '../../shared/browse.ts'
import { PAGE_ROWS, RowPages } from './browse-rows.ts'

const rows = (first: number, count: number) => Array.from({ length: count }, (_, i) => ({ name: `${first + i}` }) as BrowsedRow)

test('tells which pages are missing, and gives rows of those that are there', () => {
  const pages = new RowPages().with(1, rows(PAGE_ROWS, PAGE_ROWS))
  expect(pages.row(PAGE_ROWS + 3)?.name).toBe(`${PAGE_ROWS + 3}`)
  expect(pages.row(0)).toBeUndefined()
  expect(pages.missing(0, 3 * PAGE_ROWS, 10 * PAGE_ROWS)).toEqual([0, 2])
})

test('asks again for the last page when the list has grown', () => {
  const pages = new RowPages().with(0, rows(0, 10))
  expect(pages.missing(0, 100, 10)).toEqual([])
  expect(pages.missing(0, 100, 50)).toEqual([0])
})

test('lets the oldest pages go', () => {
  let pages = new RowPages()
  for (let page = 0; page < 150; page++) pages = pages.with(page, rows(page * PAGE_ROWS, PAGE_ROWS))
  expect(pages.row(0)).toBeUndefined()
  expect(pages.row(149 * PAGE_ROWS)?.name).toBe(`${149 * PAGE_ROWS}`)
})
