import { expect, test } from 'vitest'
import type { ComparedFacts, Difference } from '../../../../shared/comparison.ts'
import { differenceWords, outcomeSentence, pathOfDifference } from './difference-words.ts'

const facts = (path: string, sizeBytes = 1000): ComparedFacts => ({
  path,
  type: 'file',
  sizeBytes,
  modifiedMs: null,
  mode: null,
  uid: null,
  gid: null,
  target: null,
})
const difference = (changes: Partial<Difference>): Difference => ({
  kind: 'changed',
  a: facts('/a'),
  b: facts('/a'),
  aspects: ['content'],
  firstDifferenceBytes: null,
  files: 0,
  directories: 0,
  isWithin: false,
  reason: null,
  ...changes,
})

test('each difference says what is different', () => {
  expect(differenceWords(difference({ b: facts('/a', 2000) }))).toBe('content: 1 kB here, 2 kB there')
  expect(differenceWords(difference({ firstDifferenceBytes: 12_345, aspects: ['content', 'times'] }))).toBe(
    'content, date: from byte 12,345 on',
  )
  expect(differenceWords(difference({ kind: 'attributes', aspects: ['modes', 'owners'] }))).toBe('mode, owner')
  expect(differenceWords(difference({ kind: 'moved', b: facts('/b/a') }))).toBe('there it is /b/a')
  expect(differenceWords(difference({ kind: 'removed', b: null, a: { ...facts('/d'), type: 'directory' }, files: 12 }))).toBe(
    'folder with 12 files',
  )
  expect(pathOfDifference(difference({ kind: 'added', a: null, b: facts('/new') }))).toBe('/new')
})

test('the whole in a sentence', () => {
  const none = { changed: 0, attributes: 0, unreadable: 0, moved: 0, removed: 0, added: 0, same: 12, notHeld: 0 }
  expect(outcomeSentence(none, 'b.iso')).toEqual(['“b.iso” holds the same.'])
  expect(outcomeSentence({ ...none, changed: 1, added: 1 }, 'b.iso')).toEqual(['“b.iso” differs in 2 entries; 12 are the same.'])
})
