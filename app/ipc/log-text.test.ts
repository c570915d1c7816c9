import { expect, it } from 'vitest'
import { logText } from './log-text.ts'

it('gives every line its sign and its time to the millisecond', () => {
  const atMs = new Date(2026, 2, 1, 9, 5, 7, 31).getTime()
  const text = logText({ kind: 'burn', title: 'photos.iso', state: 'failed' }, [{ atMs, level: 'error', text: 'The laser failed.' }], '1.0')
  expect(text).toBe('Isomer 1.0: burn of photos.iso (failed)\nE 2026-03-01 09:05:07.031 The laser failed.\n')
})
