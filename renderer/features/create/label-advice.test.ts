import { expect, test } from 'vitest'
import { labelAdvice } from './label-advice.ts'

test('an empty label is fine and is derived', () => {
  expect(labelAdvice('  ', ['iso9660'])).toMatchObject({ isAllowed: true, text: expect.stringContaining('taken from what you add') })
})

test('says which character is in the way', () => {
  expect(labelAdvice('AC/DC', ['iso9660'])).toEqual({ isAllowed: false, text: '“/” can’t be in a label, nor can any of * / : ; ? \\' })
  expect(labelAdvice('a\tb', ['iso9660']).text).toContain('“␉”')
})

test('counts characters, not code units', () => {
  expect(labelAdvice('📀'.repeat(32), ['iso9660']).isAllowed).toBe(true)
  expect(labelAdvice('x'.repeat(35), ['iso9660'])).toEqual({
    isAllowed: false,
    text: '35 characters; a label has at most 32. Take away 3.',
  })
})

test('tells what Windows will cut, only when Joliet is in', () => {
  const label = 'Photos 2019 summer'
  expect(labelAdvice(label, ['iso9660', 'joliet']).text).toBe('Windows will show the first 16 characters: “Photos 2019 summ”.')
  expect(labelAdvice(label, ['iso9660', 'rockridge']).text).toBe('18 of 32 characters.')
})
