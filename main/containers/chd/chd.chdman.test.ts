/** What chdman packs, with every codec, is read like what was packed and what chdman takes out again. */
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type ByteSource, readUpTo } from '../../bytes/byte-source.ts'
import { FindingLog } from '../../bytes/finding-log.ts'
import { openAnyImage } from '../../image/open-any-image.ts'
import type { Container, Track } from '../container.ts'
import { openContainer } from '../open-container.ts'
import { makeDiscImage } from '../testing/disc-image.ts'
import { npmTool } from '../testing/npm-tools.ts'
import { makeRawDisc, PREGAP_SECTORS, type RawDisc, SOUND_SECTORS, sound } from '../testing/raw-disc.ts'
import { scratchFolder } from '../testing/scratch-folder.ts'
import { trackSamples } from '../track-data.ts'
import { mode1Sector } from '../whole-sectors.ts'

const folder = scratchFolder()
const newChdman = npmTool('chdman')
let image: Buffer
let disc: RawDisc

beforeAll(() => {
  image = readFileSync(makeDiscImage(folder()))
  disc = makeRawDisc(folder(), image)
})

const chdman = (program: string, ...args: string[]) => void execFileSync(program, args, { cwd: folder(), stdio: 'pipe' })
const all = (source: ByteSource): Buffer => readUpTo(source, 0, source.sizeBytes)

const wholeSectorsAt = (lba: number, count: number): Buffer =>
  Buffer.concat(Array.from({ length: count }, (_, i) => mode1Sector(Buffer.alloc(2048, `sector ${i}`), lba + i)))

describe('a CD packed by chdman', () => {
  const cases = [
    ['chdman', 'cdzl'],
    ['chdman', 'cdlz'],
    ['chdman', 'cdfl'],
    ['chdman', 'cdlz,cdzl,cdfl'],
    ['chdman', 'none'],
    ...(newChdman === null ? [] : [[newChdman, 'cdzs,cdfl'] as const]),
  ] as const
  for (const [program, codecs] of cases) {
    it(`with ${codecs} has its tracks`, async () => {
      const path = join(folder(), 'disc.chd')
      chdman(program, 'createcd', '-f', '-i', 'disc.cue', '-o', path, '-c', codecs)
      const file = await openContainer(path, new FindingLog())
      const tracks = file.container?.tracks ?? []
      const dataSectors = image.length / 2048
      expect(tracks.map(({ mode, startLba, lengthSectors, pregapSectors }) => [mode, startLba, lengthSectors, pregapSectors])).toEqual([
        ['mode1', 0, dataSectors, 0],
        ['audio', dataSectors + PREGAP_SECTORS, SOUND_SECTORS[0], PREGAP_SECTORS],
        ['audio', dataSectors + 2 * PREGAP_SECTORS + SOUND_SECTORS[0], SOUND_SECTORS[1], PREGAP_SECTORS],
      ])
      for (const [i, track] of tracks.entries()) {
        const bytes = track.mode === 'audio' ? all(trackSamples(track)) : all(track.stored)
        expect(bytes.equals(disc.tracks[i] as Buffer)).toBe(true)
      }
      expect(all(tracks[1]?.storedPregap as ByteSource).equals(Buffer.alloc(PREGAP_SECTORS * 2352))).toBe(true)
      file.close()
      const opened = await openAnyImage(path)
      expect(all(opened.source).equals(image)).toBe(true)
      expect(opened.findings).toEqual([])
      opened.close()
      rmSync(path)
    })
  }

  it('from a GDI has its two areas', async () => {
    const first = wholeSectorsAt(0, 300)
    const second = sound(301, 8)
    const third = wholeSectorsAt(45_000, 100)
    for (const [i, bytes] of [first, second, third].entries()) writeFileSync(join(folder(), `t${i + 1}.bin`), bytes)
    writeFileSync(join(folder(), 'gd.gdi'), '3\n1 0 4 2352 t1.bin 0\n2 450 0 2352 t2.bin 0\n3 45000 4 2352 t3.bin 0\n')
    chdman('chdman', 'createcd', '-f', '-i', 'gd.gdi', '-o', 'gd.chd', '-c', 'cdzl')
    const file = await openContainer(join(folder(), 'gd.chd'), new FindingLog())
    const { medium, tracks } = file.container as Container
    expect([medium, ...tracks.map(({ session, mode, startLba, lengthSectors }) => [session, mode, startLba, lengthSectors])]).toEqual([
      'gd',
      [1, 'mode1', 0, 300],
      [1, 'audio', 450, 301],
      [2, 'mode1', 45_000, 100],
    ])
    expect(all((tracks[0] as Track).stored).equals(first)).toBe(true)
    expect(all(trackSamples(tracks[1] as Track)).equals(second)).toBe(true)
    expect(all((tracks[2] as Track).stored).equals(third)).toBe(true)
    file.close()
  })

  it('from an image of data only, as people do by mistake with DVDs, is read all the same', async () => {
    chdman('chdman', 'createcd', '-f', '-i', 'disc.iso', '-o', 'cooked.chd')
    const opened = await openAnyImage(join(folder(), 'cooked.chd'))
    expect(all(opened.source).equals(image)).toBe(true)
    expect(opened.contained?.facts).toMatchObject({ kind: 'chd', medium: 'cd' })
    opened.close()
  })
})

describe('a DVD packed by chdman', () => {
  const cases = [
    ['chdman', 'zlib'],
    ['chdman', 'lzma'],
    ['chdman', 'huff'],
    ['chdman', 'flac'],
    ['chdman', 'none'],
    ...(newChdman === null ? [] : [[newChdman, 'zstd'] as const, [newChdman, 'lzma,zlib,huff,flac'] as const]),
  ] as const
  for (const [program, codecs] of cases) {
    it(`with ${codecs} is the image`, async () => {
      const path = join(folder(), 'dvd.chd')
      const how = program === 'chdman' ? ['createraw', '-us', '2048', '-hs', '4096'] : ['createdvd']
      chdman(program, ...how, '-f', '-i', 'disc.iso', '-o', path, '-c', codecs)
      const opened = await openAnyImage(path)
      expect(opened.contained?.facts).toMatchObject({ kind: 'chd', medium: 'dvd' })
      expect(all(opened.source).equals(image)).toBe(true)
      opened.close()
      rmSync(path)
    })
  }

  it('as the difference from another is told to need it', async () => {
    chdman('chdman', 'createraw', '-us', '2048', '-hs', '4096', '-i', 'disc.iso', '-o', 'parent.chd')
    chdman('chdman', 'createraw', '-us', '2048', '-hs', '4096', '-i', 'disc.iso', '-o', 'child.chd', '-op', 'parent.chd')
    await expect(openAnyImage(join(folder(), 'child.chd'))).rejects.toThrow('holds only what differs from another one')
  })
})
