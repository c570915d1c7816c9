import { expect, test } from 'vitest'
import type { BrowsedFolder } from '../../../../shared/browse.ts'
import { flatFolders } from './flat-folders.ts'
import { folderKeyAction } from './folder-keys.ts'

const folder = (entry: number, name: string, hasFolders: boolean | null = null): BrowsedFolder => ({
  entry,
  name,
  path: `/${name}`,
  hasFolders,
})
const foldersOf = new Map<number, BrowsedFolder[]>([
  [0, [folder(1, 'a', true), folder(2, 'b', false), folder(3, 'c')]],
  [1, [folder(4, 'a1')]],
  [3, []],
])

test('shows what is open, and which folders can be opened', () => {
  const rows = flatFolders(foldersOf, new Set([0, 1]))
  expect(rows.map(({ folder: { name }, level, isOpen }) => [name, level, isOpen])).toEqual([
    ['', 1, true],
    ['a', 2, true],
    ['a1', 3, false],
    ['b', 2, null],
    ['c', 2, null],
  ])
  expect(rows[2]?.lineage.map(({ entry }) => entry)).toEqual([0, 1, 4])
  expect(flatFolders(foldersOf, new Set())).toHaveLength(1)
})

test('arrows open, enter, leave and close', () => {
  const rows = flatFolders(foldersOf, new Set([0, 1]))
  expect(folderKeyAction('ArrowRight', rows, 1)).toEqual({ do: 'look', row: 2 })
  expect(folderKeyAction('ArrowRight', rows, 2)).toEqual({ do: 'open', row: 2 })
  expect(folderKeyAction('ArrowLeft', rows, 2)).toEqual({ do: 'look', row: 1 })
  expect(folderKeyAction('ArrowLeft', rows, 1)).toEqual({ do: 'close', row: 1 })
  expect(folderKeyAction('ArrowLeft', rows, 3)).toEqual({ do: 'look', row: 0 })
  expect(folderKeyAction('ArrowDown', rows, 4)).toEqual({ do: 'look', row: 4 })
  expect(folderKeyAction('Enter', rows, 3)).toEqual({ do: 'go', row: 3 })
  expect(folderKeyAction('x', rows, 3)).toBeNull()
})
