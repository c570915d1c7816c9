import { expect, test } from 'vitest'
import type { VerifyResult } from '../../../shared/verify.ts'
import { resultText } from './result-text.ts'

test('a result is told in lines that can be pasted anywhere', () => {
  const chain = [{ part: 'image', state: 'good', title: 'a.iso', detail: 'Its SHA-256 begins with 00.' }] as const
  const result = {
    path: 'C:\\images\\a.iso',
    sizeBytes: 1234,
    verdict: 'intact',
    reason: 'The image matches SHA256SUMS, but nobody signed it.',
    chain,
    evidence: [
      { origin: 'outside', says: 'intact', summary: 'first', chain },
      { origin: 'inside', says: 'unknown', summary: 'All 3 files are whole.', chain: [] },
    ],
    refusals: ['No MD5 is implanted in the image.'],
    digests: { sha256: '00', crc32: 'ff' },
  } as unknown as VerifyResult
  expect(resultText(result)).toBe(
    [
      'Intact: a.iso (1,234 bytes)',
      'The image matches SHA256SUMS, but nobody signed it.',
      '',
      '- a.iso (good): Its SHA-256 begins with 00.',
      '- All 3 files are whole.',
      '- Not confirmed: No MD5 is implanted in the image.',
      '',
      'SHA-256: 00',
      'CRC-32: ff',
      '',
    ].join('\n'),
  )
})
