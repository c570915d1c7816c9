import { expect, test } from 'vitest'
import { flattenRows } from './flat-rows.ts'
import { treeKeyAction } from './tree-keys.ts'

const item = (path: string) => ({ path, name: path.slice(path.lastIndexOf('/') + 1) })
const childrenOf = new Map([
  ['/', [item('/a'), item('/b'), item('/c')]],
  ['/a', [item('/a/x'), item('/a/y')]],
])
const flat = flattenRows(childrenOf, new Set(['/a']), ({ path }) => path === '/a' || path === '/b')
const press = (key: string, focus: string | null, held: 'shift' | 'ctrl' | '' = '') =>
  treeKeyAction({ key, isShift: held === 'shift', isCtrl: held === 'ctrl' }, flat, focus, 3)

test('arrows go by rows and stop at the ends', () => {
  expect(press('ArrowDown', '/a')).toEqual({ do: 'go', path: '/a/x', mode: 'replace' })
  expect(press('ArrowDown', '/c')).toMatchObject({ path: '/c' })
  expect(press('ArrowUp', '/a')).toMatchObject({ path: '/a' })
  expect(press('ArrowDown', null)).toMatchObject({ path: '/a' })
  expect(press('ArrowUp', null)).toMatchObject({ path: '/c' })
})

test('pages and ends', () => {
  expect(press('PageDown', '/a')).toMatchObject({ path: '/b' })
  expect(press('PageUp', '/a/y')).toMatchObject({ path: '/a' })
  expect(press('End', '/a')).toMatchObject({ path: '/c' })
  expect(press('Home', '/c', 'shift')).toEqual({ do: 'go', path: '/a', mode: 'extend' })
})

test('right opens, then enters; left leaves, then closes', () => {
  expect(press('ArrowRight', '/b')).toEqual({ do: 'expand', path: '/b' })
  expect(press('ArrowRight', '/a')).toMatchObject({ do: 'go', path: '/a/x' })
  expect(press('ArrowLeft', '/a/y')).toMatchObject({ do: 'go', path: '/a' })
  expect(press('ArrowLeft', '/a')).toEqual({ do: 'collapse', path: '/a' })
  expect(press('ArrowLeft', '/c')).toBeNull()
  expect(press('ArrowRight', '/c')).toBeNull()
})

test('Enter folds, Space toggles, Ctrl+A selects all', () => {
  expect(press('Enter', '/a')).toEqual({ do: 'collapse', path: '/a' })
  expect(press('Enter', '/c')).toBeNull()
  expect(press(' ', '/c')).toEqual({ do: 'go', path: '/c', mode: 'toggle' })
  expect(press('a', '/c', 'ctrl')).toEqual({ do: 'select-all' })
  expect(press('ArrowDown', '/a', 'ctrl')).toMatchObject({ mode: 'look' })
})
