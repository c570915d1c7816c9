import { expect, test } from 'vitest'
import { findTyped as find, nothingTyped, type TypedText, typeOn } from './type-ahead.ts'

const names = ['apple', 'Banana', 'blueberry', 'cherry', 'Ärger', '写真', 'aardvark']

const findTyped = (all: readonly string[], current: number, text: string) => find(all.length, (index) => all[index] ?? '', current, text)

const press = (typed: TypedText, key: string, atMs: number, isChord = false) => typeOn(typed, { key, isChord, atMs })

test('joins letters until there is a pause', () => {
  const b = press(nothingTyped, 'b', 10_000)
  expect(press(b, 'l', 10_300).text).toBe('bl')
  expect(press(b, 'l', 11_000).text).toBe('l')
})

test('a key that does something else ends it, however quickly it comes', () => {
  const doc = press(press(press(nothingTyped, 'd', 100), 'o', 110), 'c', 120)
  for (const [key, isChord] of [
    ['Enter', false],
    ['ArrowDown', false],
    ['c', true],
  ] as const)
    expect(press(press(doc, key, 130, isChord), ' ', 140)).toBe(nothingTyped)
  expect(press(press(doc, 'Shift', 130), 'S', 140).text).toBe('docS')
})

test('a space belongs to a name only inside of one', () => {
  expect(press(nothingTyped, ' ', 100)).toBe(nothingTyped)
  expect(press(press(nothingTyped, 'a', 100), ' ', 200).text).toBe('a ')
  expect(press(press(nothingTyped, 'a', 100), ' ', 1000)).toBe(nothingTyped)
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
