import { expect, test } from 'vitest'
import { bootOutcome, contentWords, sizeWords, stepWords, unsavedWords } from './edit-words.ts'

test('says what was done to which entry, and where it can be seen', () => {
  expect(stepWords({ step: 'add', path: '/docs/new.txt', to: null })).toEqual({
    kind: 'added',
    verb: 'Added',
    name: 'new.txt',
    becomes: null,
    folder: '/docs',
  })
  expect(stepWords({ step: 'rename', path: '/docs/a', to: '/docs/b' })).toMatchObject({ verb: 'Renamed', name: 'a', becomes: 'b' })
  expect(stepWords({ step: 'rename', path: '/docs/a', to: '/a' })).toMatchObject({ verb: 'Moved', becomes: '/a', folder: '/' })
  expect(stepWords({ step: 'remove', path: '/a', to: null })).toMatchObject({ verb: 'Taken out', folder: '/' })
})

test('says what becomes of starting computers', () => {
  const both = { platforms: ['BIOS', 'UEFI'], isHybrid: true }
  const none = { platforms: [], isHybrid: false }
  expect(bootOutcome(both, both)).toEqual({ tone: 'good', text: 'Still starts computers: BIOS + UEFI, from a stick too' })
  expect(bootOutcome(none, none).tone).toBe('plain')
  expect(bootOutcome(both, { ...both, isHybrid: false })).toMatchObject({ tone: 'caution' })
  expect(bootOutcome(both, none).text).toBe('Starts no computer any more; it did: BIOS + UEFI, from a stick too')
})

test('says how large the result is, compared with now', () => {
  expect(sizeWords({ sizeBytes: 2_000_000, sessionBytes: null }, 1_500_000)).toBe('2 MB, 500 kB more than now')
  expect(sizeWords({ sizeBytes: 1_000_000, sessionBytes: null }, 1_500_000)).toBe('1 MB, 500 kB less than now')
  expect(sizeWords({ sizeBytes: 2_000_000, sessionBytes: 400_000 }, 1_600_000)).toBe('2 MB, 400 kB of it the new session')
  expect(contentWords({ files: 1, directories: 0 })).toBe('1 file')
})

test('says what would be lost', () => {
  expect(unsavedWords(1, false)).toBe('1 change is not saved.')
  expect(unsavedWords(3, true)).toBe('3 changes are not saved, nor is the new label.')
  expect(unsavedWords(0, true)).toBe('The new label is not saved.')
})
