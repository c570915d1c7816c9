/** File systems that count from the beginning of a disc, made by genisoimage for a track that begins elsewhere. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { cdi } from '../containers/testing/built-images.ts'
import { sha256 } from '../containers/testing/opened-disc.ts'
import { bareMode2, data, noise, rawMode1, sound } from '../containers/testing/sample-disc.ts'
import { scratchFolder } from '../containers/testing/scratch-folder.ts'
import { entryContent } from './entry-content.ts'
import type { ImageEntry } from './image-view.ts'
import { openAnyImage } from './open-any-image.ts'

const scratch = scratchFolder()
const HELD = noise(50_000, 4)
let folder = ''

/** An image of one file whose sectors count from `startLba`. */
function imageFor(startLba: number): Buffer {
  const path = join(folder, `${startLba}.iso`)
  execFileSync('genisoimage', ['-quiet', '-R', '-V', 'COUNTING', '-C', `0,${startLba}`, '-o', path, join(folder, 'tree')])
  return readFileSync(path)
}

async function readBack(path: string, track?: number): Promise<string> {
  const image = await openAnyImage(path, { track })
  try {
    const view = image.view('auto')
    const found = [...entryContent(view, view.lookup('/held.bin') as ImageEntry)].map((piece) => Buffer.from(piece))
    expect(image.findings.filter(({ severity }) => severity === 'damaged')).toEqual([])
    expect(view.label).toBe('COUNTING')
    return sha256(Buffer.concat(found))
  } finally {
    image.close()
  }
}

beforeAll(() => {
  folder = mkdtempSync(join(scratch(), 'counting-'))
  mkdirSync(join(folder, 'tree'))
  writeFileSync(join(folder, 'tree', 'held.bin'), HELD)
})

describe('a track whose file system counts from the beginning of the disc', () => {
  it('of a GD-ROM', async () => {
    const image = imageFor(45_000)
    writeFileSync(join(folder, 'one.bin'), rawMode1(data()))
    writeFileSync(join(folder, 'three.bin'), rawMode1(image, 45_000))
    writeFileSync(join(folder, 'gd.gdi'), '2\n1 0 4 2352 one.bin 0\n3 45000 4 2352 three.bin 0\n')
    expect(await readBack(join(folder, 'gd.gdi'))).toBe(sha256(HELD))
    const other = await openAnyImage(join(folder, 'gd.gdi'), { track: 1 })
    expect(other.view('auto').label).not.toBe('COUNTING')
    other.close()
  })

  it('behind the sound of a CD Extra, also where no sector tells its address', async () => {
    const image = imageFor(11_702)
    const music = {
      stored: Buffer.concat([Buffer.alloc(150 * 2352), sound(302, 2)]),
      sectorBytes: 2352,
      startLba: 0,
      mode: 0,
      gapSectors: 150,
    }
    const stored = Buffer.concat([Buffer.alloc(150 * 2336), bareMode2(image)])
    const second = { stored, sectorBytes: 2336, startLba: 11_702, mode: 2, gapSectors: 150 }
    writeFileSync(join(folder, 'extra.cdi'), cdi([[music], [second]], 3.5))
    expect(await readBack(join(folder, 'extra.cdi'))).toBe(sha256(HELD))
    // Some programs write other addresses than those the file system was made for.
    writeFileSync(join(folder, 'wrong.cdi'), cdi([[music], [{ ...second, startLba: 11_000 }]], 3.5))
    expect(await readBack(join(folder, 'wrong.cdi'), 2)).toBe(sha256(HELD))
  })

  it('in a second session of a CUE sheet', async () => {
    const image = imageFor(11_732)
    writeFileSync(join(folder, 's1.bin'), rawMode1(data()))
    writeFileSync(join(folder, 's2.bin'), rawMode1(image, 11_732))
    const sheet = ['REM SESSION 01', 'FILE "s1.bin" BINARY', 'TRACK 01 MODE1/2352', 'INDEX 01 00:00:00', 'REM SESSION 02']
    writeFileSync(join(folder, 'two.cue'), [...sheet, 'FILE "s2.bin" BINARY', 'TRACK 02 MODE1/2352', 'INDEX 01 00:00:00', ''].join('\n'))
    expect(await readBack(join(folder, 'two.cue'), 2)).toBe(sha256(HELD))
    const newest = await openAnyImage(join(folder, 'two.cue'))
    expect(newest.sessions).toHaveLength(2)
    newest.close()
  })
})
