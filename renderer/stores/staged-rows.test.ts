import { expect, test } from 'vitest'
import type { StagedRow } from '../../shared/staging.ts'
import { freeName, joinPath, repath } from './staged-rows.ts'

const row = (name: string): StagedRow => ({
  name,
  path: `/${name}`,
  type: 'directory',
  sizeBytes: 0,
  childCount: 0,
  modifiedMs: null,
  changeCount: 0,
  linkTarget: null,
})

test('a new folder gets a name that no sibling has, whatever its case', () => {
  expect(freeName('New folder', [])).toBe('New folder')
  expect(freeName('New folder', [row('NEW FOLDER'), row('New folder 2')])).toBe('New folder 3')
})

test('a renamed folder takes what is below it along, and no namesakes', () => {
  expect([...repath(['/a', '/a/b', '/ab', '/c'], '/a', '/z')]).toEqual(['/z', '/z/b', '/ab', '/c'])
})

test('joins at the top and below it', () => {
  expect([joinPath('/', 'x'), joinPath('/a', 'x')]).toEqual(['/x', '/a/x'])
})
