import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { quietControl } from '../image/testing/quiet-control.ts'
import { parseSha256, verifyImage } from './digest.ts'

let scratch: string
let imagePath: string
const content = Buffer.alloc(900_000, 'content ')
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-digest-'))
  imagePath = join(scratch, 'image.iso')
  writeFileSync(imagePath, content)
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

const truth = createHash('sha256').update(content).digest('hex')

describe('the SHA-256 of a file', () => {
  it('is the file’s, and matches only itself', async () => {
    const alone = await verifyImage({ imagePath, expectedSha256: null }, quietControl())
    expect(alone).toMatchObject({ sha256: truth, sizeBytes: content.length, matches: null })
    expect((await verifyImage({ imagePath, expectedSha256: truth }, quietControl())).matches).toBe(true)
    expect(
      (await verifyImage({ imagePath, expectedSha256: truth.replace(/^./, (c) => (c === '0' ? '1' : '0')) }, quietControl())).matches,
    ).toBe(false)
  })

  it('is not given when the file changes meanwhile', async () => {
    let turns = 0
    const control = quietControl({
      checkpoint: () => {
        if (++turns === 2) writeFileSync(imagePath, 'other')
        return undefined
      },
    })
    await expect(verifyImage({ imagePath, expectedSha256: null }, control)).rejects.toMatchObject({ report: { code: 'source-changed' } })
  })
})

describe('a pasted SHA-256', () => {
  it.each([truth.toUpperCase(), ` ${truth}\n`, truth.replace(/(.{4})/g, '$1 '), `sha256:${truth}`, `SHA-256=${truth}`])(
    '%j is understood',
    (text) => {
      expect(parseSha256(text)).toBe(truth)
    },
  )

  it.each(['', 'abc', truth.slice(1), `${truth}0`, truth.replace(/.$/, 'g')])('%j is refused', (text) => {
    expect(() => parseSha256(text)).toThrow('is no SHA-256')
  })
})
