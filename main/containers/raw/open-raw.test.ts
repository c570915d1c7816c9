import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openAnyImage } from '../../image/open-any-image.ts'
import { tinyImage } from '../../image/testing/tiny-image.ts'
import { bareSectors } from '../testing/bare-sectors.ts'
import { scratchFolder } from '../testing/scratch-folder.ts'

const folder = scratchFolder()

describe('a file of whole CD sectors', () => {
  it.each([
    ['mode 1', { mode: 1, sectorBytes: 2352 }, 16],
    ['mode 2', { mode: 2, sectorBytes: 2352 }, 24],
    ['mode 1 with sub-channel', { mode: 1, sectorBytes: 2448 }, 16],
    ['mode 2 without sync', { mode: 2, sectorBytes: 2336 }, 8],
  ] as const)('of %s is read like the image in it', async (name, kind, dataOffsetBytes) => {
    const [plainPath, rawPath] = [join(folder(), 'plain.iso'), join(folder(), `${name}.bin`)]
    writeFileSync(plainPath, tinyImage())
    writeFileSync(rawPath, bareSectors(tinyImage(), kind))
    const [plain, raw] = [await openAnyImage(plainPath), await openAnyImage(rawPath)]
    expect(raw.contained?.track?.layout.dataOffsetBytes).toBe(dataOffsetBytes)
    expect(raw.contained?.facts).toMatchObject({ kind: 'raw', title: 'raw CD sectors', sessions: 1, track: 1 })
    const bytes = Buffer.alloc(raw.source.sizeBytes)
    expect(raw.source.read(0, bytes)).toBe(plain.source.sizeBytes)
    expect(bytes.equals(tinyImage())).toBe(true)
    expect([...raw.view('auto').children(raw.view('auto').root)].map((entry) => entry.name)).toEqual(
      [...plain.view('auto').children(plain.view('auto').root)].map((entry) => entry.name),
    )
    expect(plain.contained).toBeNull()
    raw.close()
    plain.close()
  })

  it('beside a sheet says that the sheet tells more', async () => {
    writeFileSync(join(folder(), 'game.bin'), bareSectors(tinyImage(), { mode: 1, sectorBytes: 2352 }))
    writeFileSync(join(folder(), 'GAME.CUE'), 'FILE "game.bin" BINARY\nTRACK 01 MODE1/2352\nINDEX 01 00:00:00\n')
    const image = await openAnyImage(join(folder(), 'game.bin'))
    expect(image.findings.map(({ code }) => code)).toContain('sheet-beside')
    image.close()
  })

  it('is read from anywhere in any length', async () => {
    const path = join(folder(), 'any.bin')
    writeFileSync(path, bareSectors(tinyImage(), { mode: 1, sectorBytes: 2352 }))
    const image = await openAnyImage(path)
    for (const [from, length] of [
      [0, 1],
      [2047, 2],
      [5000, 4096],
      [32768, 2048],
      [tinyImage().length - 3, 10],
    ] as const) {
      const target = Buffer.alloc(length)
      const got = image.source.read(from, target)
      expect(target.subarray(0, got).equals(tinyImage().subarray(from, from + length))).toBe(true)
      expect(got).toBe(Math.min(length, tinyImage().length - from))
    }
    image.close()
  })
})
