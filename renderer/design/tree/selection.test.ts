import { expect, test } from 'vitest'
import { keepSelection, nothingSelected, type RowOrder, select, selectAll, topmost } from './selection.ts'

const orderOf = (...paths: string[]): RowOrder => ({
  rows: paths.map((path) => ({ item: { path } })),
  indexOf: new Map(paths.map((path, index) => [path, index])),
})
const order = orderOf('/a', '/a/x', '/b', '/c', '/d')

test('replaces, toggles and looks', () => {
  const one = select(nothingSelected, '/b', 'replace', order)
  expect([...one.selected]).toEqual(['/b'])
  const two = select(one, '/d', 'toggle', order)
  expect([...two.selected]).toEqual(['/b', '/d'])
  expect([...select(two, '/b', 'toggle', order).selected]).toEqual(['/d'])
  const looking = select(two, '/a', 'look', order)
  expect([looking.focus, [...looking.selected]]).toEqual(['/a', ['/b', '/d']])
})

test('extends from the anchor in both directions and shrinks again', () => {
  const start = select(nothingSelected, '/b', 'replace', order)
  const down = select(start, '/d', 'extend', order)
  expect([...down.selected]).toEqual(['/b', '/c', '/d'])
  expect([...select(down, '/c', 'extend', order).selected]).toEqual(['/b', '/c'])
  expect([...select(down, '/a', 'extend', order).selected]).toEqual(['/a', '/a/x', '/b'])
})

test('selects all and keeps the keyboard where it is', () => {
  const all = selectAll(select(nothingSelected, '/c', 'replace', order), order)
  expect([all.selected.size, all.focus]).toEqual([5, '/c'])
})

test('goes to the next row when the focused one is removed', () => {
  const after = orderOf('/a', '/a/x', '/c', '/d')
  const kept = keepSelection(select(nothingSelected, '/b', 'replace', order), order, after)
  expect([kept.focus, [...kept.selected]]).toEqual(['/c', ['/c']])
})

test('goes to the last row when the end is removed, and to nothing when all is', () => {
  const at = select(nothingSelected, '/d', 'replace', order)
  expect(keepSelection(at, order, orderOf('/a', '/b', '/c')).focus).toBe('/c')
  expect(keepSelection(at, order, orderOf())).toMatchObject({ focus: null, anchor: null })
})

test('goes to the folder when its last entry is removed', () => {
  const at = select(nothingSelected, '/a/x', 'replace', order)
  expect(keepSelection(at, order, orderOf('/a', '/b', '/c', '/d')).focus).toBe('/a')
})

test('leaves a selection alone that is still all there', () => {
  const at = select(nothingSelected, '/a', 'replace', order)
  expect(keepSelection(at, order, orderOf('/a', '/z'))).toBe(at)
})

test('names only the topmost of nested paths', () => {
  expect(topmost(['/a/x', '/a', '/b/y/z', '/ab'])).toEqual(['/a', '/b/y/z', '/ab'])
})
