import { expect, test } from 'vitest'
import { hexLine } from './hex-words.ts'

test('a line of bytes', () => {
  expect(hexLine(0xa3f0, Uint8Array.from([0x43, 0x44, 0x30, 0x30, 0x31, 1, 0, 0xff, 0x20]))).toEqual({
    offset: '0000a3f0',
    hex: '43 44 30 30 31 01 00 ff  20',
    characters: 'CD001··· ',
  })
  expect(hexLine(0, new Uint8Array()).hex).toBe('')
})
