import { expect, test } from 'vitest'
import { chordText, isChord } from './shortcuts.ts'

const pressed = (key: string, held: Partial<Record<'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey', boolean>>) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
})

test('writes shortcuts as the platform does', () => {
  expect(chordText({ key: 'z', shift: true }, false)).toBe('Ctrl+Shift+Z')
  expect(chordText({ key: 'z', shift: true }, true)).toBe('⇧⌘Z')
  expect(chordText({ key: 'enter' }, false)).toBe('Ctrl+Enter')
})

test('takes exactly the keys held', () => {
  expect(isChord(pressed('Z', { ctrlKey: true, shiftKey: true }), { key: 'z', shift: true }, false)).toBe(true)
  expect(isChord(pressed('z', { ctrlKey: true, shiftKey: true }), { key: 'z' }, false)).toBe(false)
  expect(isChord(pressed('z', { ctrlKey: true, altKey: true }), { key: 'z' }, false)).toBe(false)
  expect(isChord(pressed('z', { metaKey: true }), { key: 'z' }, true)).toBe(true)
})
