import { expect, test } from 'vitest'
import { flattenRows, isWithin, parentPath } from './flat-rows.ts'

const item = (path: string, isFolder = false) => ({ path, name: path.slice(path.lastIndexOf('/') + 1), isFolder })
const childrenOf = new Map([
  ['/', [item('/a', true), item('/b', true), item('/c')]],
  ['/a', [item('/a/x'), item('/a/y', true)]],
  ['/a/y', [item('/a/y/deep')]],
])
const flatten = (...expanded: string[]) => flattenRows(childrenOf, new Set(expanded), (row) => row.isFolder)

test('shows the top when nothing is expanded', () => {
  const { rows } = flatten()
  expect(rows.map((row) => [row.item.path, row.level, row.position, row.siblingCount, row.isExpanded])).toEqual([
    ['/a', 1, 1, 3, false],
    ['/b', 1, 2, 3, false],
    ['/c', 1, 3, 3, null],
  ])
})

test('puts the children of an expanded folder below it', () => {
  const { rows, indexOf } = flatten('/a', '/a/y')
  expect(rows.map((row) => row.item.path)).toEqual(['/a', '/a/x', '/a/y', '/a/y/deep', '/b', '/c'])
  expect(rows.map((row) => row.level)).toEqual([1, 2, 2, 3, 1, 1])
  expect(indexOf.get('/a/y/deep')).toBe(3)
})

test('keeps a folder inside a closed one out, and one without known children empty', () => {
  expect(flatten('/a/y').rows).toHaveLength(3)
  expect(flatten('/b').rows.map((row) => row.isExpanded)).toEqual([false, true, null])
})

test('knows parents and what lies within', () => {
  expect([parentPath('/a/y'), parentPath('/a'), parentPath('/')]).toEqual(['/a', '/', '/'])
  expect([isWithin('/ab', '/a'), isWithin('/a/b', '/a'), isWithin('/a', '/a'), isWithin('/x', '/')]).toEqual([false, true, true, true])
})
