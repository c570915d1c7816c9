import { describe, expect, it } from 'vitest'
import { linkEscape, numberedName, safeHostName } from './safe-name.ts'

describe('names from an image on the host', () => {
  it.each([
    ['..', '___'],
    ['.', '__'],
    ['', '_'],
    ['a/b', 'a_b'],
    ['/abs', '_abs'],
    ['a\u0000b', 'a_b'],
  ])('%j can be no path on Linux: %j', (name, expected) => {
    expect(safeHostName(name, 'linux').name).toBe(expected)
  })

  it.each([
    ['C:x', 'C_x'],
    ['\\\\srv\\x', '__srv_x'],
    ['file:stream', 'file_stream'],
    ['CON', '_CON'],
    ['aux.txt', '_aux.txt'],
    ['com1', '_com1'],
    ['COM¹', '_COM¹'],
    ['nul .txt', '_nul .txt'],
    ['trailing.', 'trailing_'],
    ['trailing ', 'trailing_'],
    ['...', '___'],
    ['a<b>|?*"', 'a_b_____'],
    ['bell\u0007', 'bell_'],
  ])('%j is rewritten on Windows: %j', (name, expected) => {
    expect(safeHostName(name, 'win32').name).toBe(expected)
    expect(safeHostName(name, 'win32').reason).not.toBeNull()
  })

  it.each(['readme.txt', 'CON', 'a:b', 'back\\slash', 'Ünïcödé ☃', '.hidden', 'trailing. '])('%j stays on Linux', (name) => {
    expect(safeHostName(name, 'linux')).toEqual({ name, reason: null })
  })

  it('shortens names that are too long, and keeps extension and difference', () => {
    const one = safeHostName(`${'ü'.repeat(200)}1.tar.gz`, 'linux').name
    const two = safeHostName(`${'ü'.repeat(200)}2.tar.gz`, 'linux').name
    expect(Buffer.byteLength(one)).toBeLessThanOrEqual(255)
    expect(one.endsWith('.gz')).toBe(true)
    expect(one).not.toBe(two)
    expect(safeHostName('x'.repeat(300), 'win32').name.length).toBeLessThanOrEqual(255)
  })

  it('numbers before the extension', () => {
    expect(numberedName('notes.txt', 2)).toBe('notes (2).txt')
    expect(numberedName('.hidden', 2)).toBe('.hidden (2)')
  })
})

describe('links that may be made', () => {
  it.each([
    ['file', 0],
    ['../file', 1],
    ['a/b/c', 0],
    ['./x', 0],
    ['..', 1],
    ['../../x', 2],
  ])('%j from %i folders deep', (target, depth) => {
    expect(linkEscape(target, depth)).toBeNull()
  })

  it.each([
    ['/etc/passwd', 3],
    ['..', 0],
    ['../../x', 1],
    ['a/../../x', 3],
    ['a/..', 3],
    ['C:\\x', 3],
    ['\\x', 3],
    ['', 3],
    [null, 3],
  ])('%j from %i folders deep is refused', (target, depth) => {
    expect(linkEscape(target, depth)).not.toBeNull()
  })
})
