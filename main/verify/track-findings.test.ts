import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { plainVerifyRequest } from '../../shared/verify.ts'
import { bareMode2, data, rawMode1, rawMode2, sound } from '../containers/testing/sample-disc.ts'
import { scratchFolder } from '../containers/testing/scratch-folder.ts'
import { quietControl } from '../image/testing/quiet-control.ts'
import { lba } from '../image/testing/tiny-image.ts'
import { verifyImage } from './verify-image.ts'

const scratch = scratchFolder()

async function verified(bin: Buffer, mode = 'MODE1/2352') {
  const folder = mkdtempSync(join(scratch(), 'sectors-'))
  writeFileSync(join(folder, 'd.bin'), Buffer.concat([bin, sound(4)]))
  const sectorBytes = Number(mode.slice(6))
  writeFileSync(
    join(folder, 'd.cue'),
    `FILE "d.bin" BINARY\nTRACK 01 ${mode}\nINDEX 01 00:00:00\nTRACK 02 AUDIO\nINDEX 01 00:00:${bin.length / sectorBytes}\n`,
  )
  const said: string[] = []
  const control = quietControl({ log: (_, text) => said.push(text) })
  const result = await verifyImage(plainVerifyRequest(join(folder, 'd.cue'), null), control)
  return { said, findings: result.findings.filter(({ code }) => code.startsWith('sector-')) }
}

const damaged = (bin: Buffer, at: number): Buffer => {
  const bytes = Buffer.from(bin)
  bytes[at] = (bytes[at] as number) ^ 0x10
  return bytes
}

describe('the sectors of a disc image', () => {
  it.each([
    ['MODE1/2352', rawMode1(data())],
    ['MODE2/2352', rawMode2(data())],
    ['MODE2/2336', bareMode2(data())],
  ])('of %s are as their sums say', async (mode, bin) => {
    const { findings, said } = await verified(bin, mode)
    expect(findings).toEqual([])
    expect(said).toContain('Track 1: 32 sectors are as their checksums say.')
  })

  it('whose data are wrong are counted, with the file that lies there', async () => {
    const { findings } = await verified(damaged(damaged(rawMode1(data()), lba.big * 2352 + 500), (lba.big + 1) * 2352 + 20))
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({ code: 'sector-edc', severity: 'damaged' })
    expect(findings[0]?.message).toMatch(
      /^2 sectors of track 1 have data that do not match their checksum \(EDC\), the first at 28\. They lie in ‘\/.*’\.$/,
    )
  })

  it('whose correction is wrong, and those that are no sectors, are told apart', async () => {
    const { findings } = await verified(damaged(damaged(rawMode2(data()), 3 * 2352 + 2300), 9 * 2352 + 4), 'MODE2/2352')
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([
      ['sector-sync', 'damaged'],
      ['sector-ecc', 'suspicious'],
    ])
  })
})
