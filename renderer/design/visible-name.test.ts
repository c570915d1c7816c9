import { expect, test } from 'vitest'
import { visibleName } from './visible-name.ts'

test('leaves ordinary names of any script alone', () => {
  for (const name of ['Photos 2019', '写真', 'صور', 'résumé.pdf', '👩‍👩‍👧 family.jpg', 'می‌خواهم.txt']) expect(visibleName(name)).toBe(name)
})

test('shows control characters as their pictures', () => {
  expect(visibleName('a\nb\u0000c\u007f')).toBe('a␊b␀c␡')
  expect(visibleName('a\u0085')).toBe('a‹U+0085›')
})

test('shows what would turn the reading direction', () => {
  expect(visibleName('invoice\u202efdp.exe')).toBe('invoice‹RLO›fdp.exe')
  expect(visibleName('\u2067x\u2069')).toBe('‹RLI›x‹PDI›')
})

test('shows outer spaces and halves of characters', () => {
  expect(visibleName(' a b ')).toBe('␣a b␣')
  expect(visibleName('x\ud83dy')).toBe('x\ufffdy')
})
