/** Texts made to keep a pattern busy for ever: each of these took minutes where a pattern had two ways through it. */
import { describe, expect, it } from 'vitest'
import { parseChecksumFile } from './checksum-file.ts'
import { armoredBlocks, openPgpKindOf } from './openpgp-blocks.ts'

const LONG = 2_000_000
const lines = [
  ' '.repeat(LONG),
  `x${' '.repeat(LONG)}y`,
  `A${'1'.repeat(LONG)}!`,
  `A${'-1'.repeat(LONG / 2)}!`,
  `SHA256 (${')='.repeat(LONG / 2)}`,
  `${'ab '.repeat(LONG / 3)}!`,
  `${'f'.repeat(LONG)} `,
  `# x${': 1'.repeat(LONG / 3)}`,
  `SHA256 hash of ${':'.repeat(LONG)}x`,
]

describe('text that is meant to take for ever', () => {
  it.each(lines.map((line) => [line.slice(0, 20), line] as const))('beginning %j is a checksum file without checksums', (_, line) => {
    expect(parseChecksumFile(line, 'SHA256SUMS').entries).toEqual([])
  })

  it('of many beginnings without an end holds no block', () => {
    const begins = '-----BEGIN PGP SIGNATURE-----\n'.repeat(LONG / 30)
    expect(armoredBlocks(begins, 'signature')).toEqual([])
    expect(openPgpKindOf(Buffer.from(begins))).toBe('signature')
  })
})
