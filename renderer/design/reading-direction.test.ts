import { expect, test } from 'vitest'
import { inReadingDirection } from './reading-direction.ts'

test('arrows turn round in right-to-left languages, other keys do not', () => {
  expect(inReadingDirection('ArrowLeft', 'rtl')).toBe('ArrowRight')
  expect(inReadingDirection('ArrowUp', 'rtl')).toBe('ArrowUp')
  expect(inReadingDirection('ArrowLeft', 'ltr')).toBe('ArrowLeft')
  expect(inReadingDirection('ArrowLeft', '')).toBe('ArrowLeft')
})
