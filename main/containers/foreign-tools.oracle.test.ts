/** The same discs as other programs read them: bchunk, nrg2iso, iat, ccd2iso, mdf2iso and cdrdao say what is in a track. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ccd, mds, nrg, nrgTrackAtOnce } from './testing/built-images.ts'
import { writeVideoDisc } from './testing/kinds/video-disc.ts'
import { seenDisc, sha256 } from './testing/opened-disc.ts'
import { bareMode2, data, rawMode1, rawMode2, sound, withSubchannel } from './testing/sample-disc.ts'
import { scratchFolder } from './testing/scratch-folder.ts'

const scratch = scratchFolder()
const ISO = sha256(data())
const newFolder = (): string => mkdtempSync(join(scratch(), 'disc-'))

function put(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = newFolder()
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return folder
}

const run = (folder: string, program: string, ...args: string[]): string =>
  execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
const hashOf = (folder: string, name: string): string => sha256(readFileSync(join(folder, name)))
/** The samples of a WAV file that another program made. */
const wavSamples = (folder: string, name: string): string => sha256(readFileSync(join(folder, name)).subarray(44))

/** Frames as sheets write them. */
const msf = (frames: number): string =>
  [Math.floor(frames / 4500), Math.floor(frames / 75) % 60, frames % 75].map((part) => String(part).padStart(2, '0')).join(':')

describe('BIN/CUE: bchunk takes the same out', () => {
  it.each([
    ['MODE1/2352', rawMode1(data())],
    ['MODE2/2352', rawMode2(data())],
  ])('of a track of %s', async (mode, bin) => {
    const folder = put({ 'disc.bin': bin, 'disc.cue': `FILE "disc.bin" BINARY\r\n  TRACK 01 ${mode}\r\n    INDEX 01 00:00:00\r\n` })
    run(folder, 'bchunk', 'disc.bin', 'disc.cue', 'out')
    const { contents, findings } = await seenDisc(join(folder, 'disc.cue'))
    expect(findings).toEqual([])
    expect(sha256(contents[0] as Buffer)).toBe(ISO)
    expect(hashOf(folder, 'out01.iso')).toBe(ISO)
  })

  // bchunk knows neither; iat looks at the sectors themselves.
  it.each([
    ['MODE1/2048', data()],
    ['MODE2/2336', bareMode2(data())],
    ['MODE1/2448', withSubchannel(rawMode1(data()), 2352)],
  ])('of a track of %s, with iat', async (mode, bin) => {
    const folder = put({ 'disc.bin': bin, 'disc.cue': `file disc.bin binary\ntrack 1 ${mode.toLowerCase()}\nindex 1 0:0:0\n` })
    if (mode !== 'MODE1/2048') run(folder, 'iat', 'disc.bin', 'out.iso')
    const { contents, findings } = await seenDisc(join(folder, 'disc.cue'))
    expect([sha256(contents[0] as Buffer), findings]).toEqual([ISO, []])
    expect(hashOf(folder, mode === 'MODE1/2048' ? 'disc.bin' : 'out.iso')).toBe(ISO)
  })

  it('of a disc with data and sound in one file', async () => {
    const [one, two] = [sound(20, 1), sound(30, 2)]
    const start = data().length / 2048
    const sheet = [
      'FILE "disc.bin" BINARY',
      '  TRACK 01 MODE1/2352',
      '    INDEX 01 00:00:00',
      '  TRACK 02 AUDIO',
      `    INDEX 01 ${msf(start)}`,
      '  TRACK 03 AUDIO',
      `    INDEX 01 ${msf(start + 20)}`,
    ]
    const folder = put({ 'disc.bin': Buffer.concat([rawMode1(data()), one, two]), 'disc.cue': `${sheet.join('\n')}\n` })
    run(folder, 'bchunk', '-w', 'disc.bin', 'disc.cue', 'out')
    const { contents, tracks } = await seenDisc(join(folder, 'disc.cue'))
    expect(contents.map(sha256)).toEqual([hashOf(folder, 'out01.iso'), wavSamples(folder, 'out02.wav'), wavSamples(folder, 'out03.wav')])
    expect(contents.map(sha256)).toEqual([data(), one, two].map(sha256))
    expect(tracks.map(({ startLba }) => startLba)).toEqual([0, start, start + 20])
  })
})

describe('NRG: nrg2iso and iat take the same out', () => {
  it('of a track of data that was written at once', async () => {
    const track = { stored: Buffer.concat([Buffer.alloc(150 * 2048), data()]), gapSectors: 150, sectorBytes: 2048, startLba: 0, mode: 0 }
    const folder = put({ 'v1.nrg': nrg([[track]], 1), 'v2.nrg': nrg([[track]], 2) })
    for (const name of ['v1', 'v2']) {
      const { contents, kind, findings } = await seenDisc(join(folder, `${name}.nrg`))
      expect([kind, findings]).toEqual(['nrg', []])
      expect(sha256(contents[0] as Buffer)).toBe(ISO)
      run(folder, 'nrg2iso', `${name}.nrg`, `${name}.iso`)
      // nrg2iso takes everything behind the gap, Nero's own list included.
      expect(sha256(readFileSync(join(folder, `${name}.iso`)).subarray(0, data().length))).toBe(ISO)
    }
  })

  it.each([
    ['of mode 1', 5, 2352, rawMode1(data())],
    ['of mode 2', 6, 2352, rawMode2(data())],
  ] as const)('of whole sectors %s', async (_, mode, sectorBytes, bytes) => {
    const stored = Buffer.concat([Buffer.alloc(2 * sectorBytes), bytes])
    const folder = put({ 'raw.nrg': nrg([[{ stored, gapSectors: 2, sectorBytes, startLba: 0, mode }]], 2) })
    expect(sha256((await seenDisc(join(folder, 'raw.nrg'))).contents[0] as Buffer)).toBe(ISO)
    run(folder, 'iat', 'raw.nrg', 'raw.iso')
    expect(sha256(readFileSync(join(folder, 'raw.iso')).subarray(0, data().length))).toBe(ISO)
  })

  it('of a track of data that was written by itself', async () => {
    const track = { stored: data(), gapSectors: 0, sectorBytes: 2048, startLba: 0, mode: 0 }
    for (const version of [1, 2] as const) {
      const folder = put({ 'tao.nrg': nrgTrackAtOnce([track], version) })
      const { contents, kind } = await seenDisc(join(folder, 'tao.nrg'))
      expect([kind, sha256(contents[0] as Buffer)]).toEqual(['nrg', ISO])
    }
  })
})

describe('CCD: ccd2iso takes the same out', () => {
  it.each([
    ['mode 1', rawMode1(data()), 1],
    ['mode 2', rawMode2(data()), 2],
  ] as const)('of %s', async (_, img, mode) => {
    const sectors = data().length / 2048
    const entries = [
      { session: 1, point: 0xa0, control: 4, lba: 4350 },
      { session: 1, point: 0xa1, control: 4, lba: 4350 },
      { session: 1, point: 0xa2, control: 4, lba: sectors },
      { session: 1, point: 1, control: 4, lba: 0 },
    ]
    const sheet = ccd(entries, new Map([[1, [`MODE=${mode}`, 'INDEX 1=0']]]))
    const folder = put({ 'disc.img': img, 'disc.ccd': sheet, 'disc.sub': Buffer.alloc(96 * sectors) })
    run(folder, 'ccd2iso', 'disc.img', 'disc.iso')
    expect(hashOf(folder, 'disc.iso')).toBe(ISO)
    const { contents, findings, companions } = await seenDisc(join(folder, 'disc.ccd'))
    expect([sha256(contents[0] as Buffer), findings]).toEqual([ISO, []])
    expect(companions).toHaveLength(2)
  })
})

describe('MDS: mdf2iso, or iat where there is sub-channel, takes the same out', () => {
  it.each([
    ['of whole sectors', rawMode1(data()), 2352, false],
    ['with sub-channel', withSubchannel(rawMode1(data()), 2352), 2448, true],
  ] as const)('%s', async (_, mdf, sectorBytes, hasSubchannel) => {
    const track = { stored: mdf, gapSectors: 0, sectorBytes, startLba: 0, mode: 0xaa, hasSubchannel }
    const folder = put({ 'disc.mdf': mdf, 'disc.mds': mds([[track]], '*.mdf') })
    run(folder, hasSubchannel ? 'iat' : 'mdf2iso', 'disc.mdf', 'disc.iso')
    expect(hashOf(folder, 'disc.iso')).toBe(ISO)
    const { contents, findings } = await seenDisc(join(folder, 'disc.mds'))
    expect([sha256(contents[0] as Buffer), findings]).toEqual([ISO, []])
  })
})

/** Where tracks begin in what cdrdao says. */
const startsIn = (said: string): number[] => [...said.matchAll(/START\s+\S+\(\s*(\d+)\)/g)].map(([, lba]) => Number(lba))

describe('TOC: toc2cue and cdrdao lead to the same', () => {
  it('on a disc of data and sound', async () => {
    const swapped = Buffer.from(sound(300, 3)).swap16()
    const bin = Buffer.concat([rawMode1(data()), sound(10, 4)])
    const toc = [
      'CD_ROM',
      'CATALOG "0724385356926"',
      'TRACK MODE1_RAW',
      'NO COPY',
      `DATAFILE "disc.bin" ${msf(data().length / 2048)}`,
      'TRACK AUDIO',
      'COPY',
      'ISRC "USEM39600078"',
      `FILE "disc.bin" SWAP #${rawMode1(data()).length} 0`,
      '// sound with its high bytes first, as cdrdao reads it',
      'TRACK AUDIO',
      'FILE "sound.raw" 0',
    ]
    const folder = put({ 'disc.toc': `${toc.join('\n')}\n`, 'disc.bin': bin, 'sound.raw': swapped })
    const { contents, tracks, findings } = await seenDisc(join(folder, 'disc.toc'))
    expect(findings).toEqual([])
    expect(contents.map(sha256)).toEqual([data(), sound(10, 4), sound(300, 3)].map(sha256))
    expect(tracks[1]).toMatchObject({ isrc: 'USEM39600078', flags: { copyPermitted: true } })
  })

  it('with the sheet that it makes, and what cdrdao says', async () => {
    const toc = `CD_ROM\nTRACK MODE1_RAW\nDATAFILE "disc.bin" ${msf(32)}\nTRACK AUDIO\nPREGAP 0:2:0\nFILE "disc.bin" #${32 * 2352} 0\n`
    const folder = put({ 'disc.toc': toc, 'disc.bin': Buffer.concat([rawMode1(data()), Buffer.from(sound(400, 5)).swap16()]) })
    const ours = await seenDisc(join(folder, 'disc.toc'))
    run(folder, 'toc2cue', 'disc.toc', 'all.cue')
    const theirs = await seenDisc(join(folder, 'all.cue'))
    const [theirData, theirSound] = theirs.contents as [Buffer, Buffer]
    // It warns of that itself: what cdrdao reads has its high bytes first, and a sheet can't say so.
    expect([theirData, theirSound.swap16()].map(sha256)).toEqual(ours.contents.map(sha256))
    expect(theirs.tracks.map(({ startLba }) => startLba)).toEqual(ours.tracks.map(({ startLba }) => startLba))
    const said = run(folder, 'cdrdao', 'show-toc', 'disc.toc')
    expect(startsIn(said)).toEqual([0, 182])
  })

  it('where a gap is as long as the file in front of START', async () => {
    const folder = newFolder()
    writeVideoDisc(folder, '-i', 'cdrdao', '--cdrdao-file=vcd')
    const { tracks, findings } = await seenDisc(join(folder, 'vcd.toc'))
    expect(tracks.map(({ startLba }) => startLba)).toEqual(startsIn(run(folder, 'cdrdao', 'show-toc', 'vcd.toc')))
    expect([tracks.map(({ pregapSectors, lengthSectors }) => [pregapSectors, lengthSectors]), findings]).toEqual([
      [
        [0, 300],
        [150, 245],
      ],
      [],
    ])
  })
})
