import { expect, test } from 'vitest'
import type { Change } from '../../../shared/image-model.ts'
import { missingPages, startsGroup } from './change-words.ts'

const change = (fileSystem: Change['fileSystem']): Change => ({ fileSystem, kind: 'mapped', path: '/x', becomes: 'X', reason: '' })

test('a group starts where the file system differs', () => {
  const changes = new Map([
    [0, change('iso9660')],
    [1, change('iso9660')],
    [2, change('joliet')],
  ])
  expect([0, 1, 2, 3].map((index) => startsGroup(changes, index))).toEqual([true, false, true, false])
})

test('asks for each page in sight once', () => {
  expect(missingPages(0, 30, 1000, 200, new Set())).toEqual([0])
  expect(missingPages(190, 420, 1000, 200, new Set([0]))).toEqual([1, 2])
  expect(missingPages(990, 1040, 1000, 200, new Set())).toEqual([4])
  expect(missingPages(0, 10, 0, 200, new Set())).toEqual([])
})
