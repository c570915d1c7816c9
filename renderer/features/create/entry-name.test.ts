import { expect, test } from 'vitest'
import type { StagedRow } from '../../../shared/staging.ts'
import { nameProblem, stemLength } from './entry-name.ts'

const row = (name: string): StagedRow => ({
  name,
  path: `/${name}`,
  type: 'file',
  sizeBytes: 0,
  childCount: 0,
  modifiedMs: null,
  changeCount: 0,
  linkTarget: null,
})
const siblings = [row('a.txt'), row('b.txt')]

test('takes names that a host could have', () => {
  for (const name of ['c.txt', 'a.txt', '写真', 'A.TXT', ' x', 'ü'.repeat(127)]) expect(nameProblem(name, '/a.txt', siblings)).toBeNull()
})

test('says why not', () => {
  expect(nameProblem('', '/a.txt', siblings)).toContain('empty')
  expect(nameProblem('..', '/a.txt', siblings)).toContain('reserved')
  expect(nameProblem('a/b', '/a.txt', siblings)).toContain('slash')
  expect(nameProblem('ü'.repeat(128), '/a.txt', siblings)).toBe('The name has 256 bytes; 255 is the most.')
  expect(nameProblem('b.txt', '/a.txt', siblings)).toContain('already')
})

test('leaves the extension out of the first selection', () => {
  expect([stemLength('a.tar.gz', false), stemLength('.profile', false), stemLength('v1.2', true)]).toEqual([5, 8, 4])
})
