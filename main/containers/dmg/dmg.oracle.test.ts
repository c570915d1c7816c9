/** Mac disk images, put together field by field, are read like dmg2img and 7-Zip read them. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readUpTo } from '../../bytes/byte-source.ts'
import { openAnyImage } from '../../image/open-any-image.ts'
import { expandLzfse } from '../codecs/lzfse.ts'
import { makeDiscImage } from '../testing/disc-image.ts'
import { buildDmg, dmgPackers } from '../testing/dmg-builder.ts'
import { scratchFolder } from '../testing/scratch-folder.ts'
import { BlockRun, BlockTableHeader, KolyTrailer } from './dmg-structures.ts'

const folder = scratchFolder()
let image: Buffer

beforeAll(() => {
  image = readFileSync(makeDiscImage(folder()))
})

/** What dmg2img makes of it, and what 7-Zip takes out of each of its two parts. */
const judges = {
  dmg2img(path: string): Buffer {
    execFileSync('dmg2img', ['-s', path, `${path}.img`], { stdio: 'pipe' })
    return readFileSync(`${path}.img`)
  },
  sevenZip: (path: string): Buffer =>
    Buffer.concat(
      ['0.part 0', '1.part 1'].map((part) =>
        execFileSync('7z', ['x', '-tdmg', '-so', path, `${part}*`], { maxBuffer: 2 ** 28, stdio: 'pipe' }),
      ),
    ),
}

/** Debian's knows the older ways only. */
const NOT_BY_DMG2IMG = ['xz', 'lzfse']

describe('a Mac disk image', () => {
  it('has structures of the lengths that it should', () => {
    expect([KolyTrailer, BlockTableHeader, BlockRun].map(({ sizeBytes }) => sizeBytes)).toEqual([512, 204, 40])
  })

  for (const packer of Object.keys(dmgPackers)) {
    it(`packed with ${packer} is read like other programs do`, async () => {
      const path = join(folder(), `${packer}.dmg`)
      writeFileSync(path, buildDmg(image, packer))
      for (const [judge, read] of Object.entries(judges)) {
        if (judge === 'dmg2img' && NOT_BY_DMG2IMG.includes(packer)) continue
        expect([judge, read(path).equals(image)]).toEqual([judge, true])
      }
      const opened = await openAnyImage(path)
      expect(opened.contained?.facts.title).toBe('DMG')
      expect(readUpTo(opened.source, 0, opened.source.sizeBytes).equals(image)).toBe(true)
      expect(readUpTo(opened.source, 130_000, 5000).equals(image.subarray(130_000, 135_000))).toBe(true)
      expect(opened.findings).toEqual([])
      opened.close()
    })
  }

  it('may have LZFSE blocks that are not packed', () => {
    const packed = Buffer.concat([Buffer.from('bvx-\x05\0\0\0plain'), Buffer.from('bvx$')])
    expect(Buffer.from(expandLzfse(packed, 5)).toString()).toBe('plain')
    expect(() => expandLzfse(packed, 6)).toThrow('damaged')
  })

  it('that is locked is told', async () => {
    writeFileSync(join(folder(), 'locked.dmg'), Buffer.concat([Buffer.from('encrcdsa'), Buffer.alloc(100_000)]))
    await expect(openAnyImage(join(folder(), 'locked.dmg'))).rejects.toThrow('locked with a password')
  })
})
