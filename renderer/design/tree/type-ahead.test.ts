import { expect, test } from 'vitest'
import { findTyped as find, nothingTyped, typeOn } from './type-ahead.ts'

const names = ['apple', 'Banana', 'blueberry', 'cherry', 'Ärger', '写真', 'aardvark']

const findTyped = (all: readonly string[], current: number, text: string) => find(all.length, (index) => all[index] ?? '', current, text)

test('joins letters until there is a pause', () => {
  const b = typeOn(nothingTyped, 'b', 10_000)
  expect(typeOn(b, 'l', 10_300).text).toBe('bl')
  expect(typeOn(b, 'l', 11_000).text).toBe('l')
})

test('finds by beginning, whatever the case and script', () => {
  expect(findTyped(names, -1, 'bl')).toBe(2)
  expect(findTyped(names, -1, 'BAN')).toBe(1)
  expect(findTyped(names, 0, 'ä')).toBe(4)
  expect(findTyped(names, 0, '写')).toBe(5)
  expect(findTyped(names, 0, 'zz')).toBeNull()
})

test('a single letter goes on to the next, and round the end', () => {
  expect(findTyped(names, 0, 'a')).toBe(6)
  expect(findTyped(names, 6, 'a')).toBe(0)
  expect(findTyped(names, 1, 'bb')).toBe(2)
})

test('more letters stay on a row that still fits', () => {
  expect(findTyped(names, 2, 'blu')).toBe(2)
  expect(findTyped(names, 6, 'aa')).toBe(6)
})
