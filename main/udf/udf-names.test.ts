import { describe, expect, it } from 'vitest'
import { compressedBytes } from './compressed-unicode.ts'
import { isUnusualOnWindows, MAX_UDF_NAME_BYTES, udfNameRules } from './udf-names.ts'

const { map, numbered } = udfNameRules

describe('names in UDF', () => {
  it.each(['a.txt', 'Ünïcödé', '日本語.txt', '😀', 'with:colon?', ' .x ', 'x'.repeat(254), '字'.repeat(127)])('keep %s', (name) => {
    expect(map(name, false)).toBe(name)
  })

  it.each([
    [`${'x'.repeat(300)}.tar`, `${'x'.repeat(250)}.tar`],
    [`${'字'.repeat(200)}.txt`, `${'字'.repeat(123)}.txt`],
    // Latin alone would fit, but one character makes all of them wide.
    [`${'x'.repeat(200)}字.txt`, `${'x'.repeat(123)}.txt`],
    [`${'字'.repeat(126)}😀`, '字'.repeat(126)],
    [`x.${'y'.repeat(300)}`, `x.${'y'.repeat(252)}`],
    [`.${'h'.repeat(300)}`, `.${'h'.repeat(253)}`],
  ])('are cut to what fits, before the extension: %s', (name, expected) => {
    expect(map(name, false)).toBe(expected)
    expect(compressedBytes(expected)).toBeLessThanOrEqual(MAX_UDF_NAME_BYTES)
  })

  it('of folders have no extension', () => {
    expect(map(`${'x'.repeat(300)}.d`, true)).toBe('x'.repeat(254))
  })

  it('lose what UDF has no character for', () => {
    expect(map('a\ufffeb\ud800c', false)).toBe('a_b_c')
  })

  it('take a number into the base', () => {
    expect(numbered('name.txt', 2, false)).toBe('name~2.txt')
    expect(numbered(`${'字'.repeat(200)}.txt`, 12, false)).toBe(`${'字'.repeat(120)}~12.txt`)
  })

  it('say what Windows can not open', () => {
    expect(['a:b', 'end.', 'end ', 'q?'].every(isUnusualOnWindows)).toBe(true)
    expect(isUnusualOnWindows('fine name.txt')).toBe(false)
  })
})
