import { expect, test } from 'vitest'
import { readExpectedSha256 } from './expected-sha256.ts'

const hex = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

test('finds the value in what people paste', () => {
  for (const pasted of [
    hex,
    ` ${hex.toUpperCase()}\n`,
    `${hex}  debian-12.iso`,
    `SHA256 (debian-12.iso) = ${hex}`,
    `${hex.slice(0, 32)} ${hex.slice(32)}`,
  ])
    expect(readExpectedSha256(pasted)).toEqual({ hex, problem: null })
})

test('nothing is nothing to compare with', () => {
  expect(readExpectedSha256('  ')).toEqual({ hex: null, problem: null })
})

test('says what is wrong', () => {
  expect(readExpectedSha256(hex.slice(1)).problem).toBe('SHA-256 has 64 digits; this has 63.')
  expect(readExpectedSha256('d41d8cd98f00b204e9800998ecf8427e').problem).toContain('this has 32')
  expect(readExpectedSha256('hello').problem).toContain('no SHA-256 value')
  expect(readExpectedSha256(`${hex} a\n${hex.replace('9', '0')} b`).problem).toContain('several')
})

test('does not cut a longer digest down', () => {
  expect(readExpectedSha256(hex + hex).hex).toBeNull()
})
