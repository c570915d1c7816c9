/** What is converted is what bchunk, flac and bsdtar make of the same, and nothing is left where something goes wrong. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ConvertRequest, ConvertResult } from '../../../shared/convert.ts'
import { nrg } from '../../containers/testing/built-images.ts'
import { seenDisc, sha256 } from '../../containers/testing/opened-disc.ts'
import { DATA_SECTORS, data, noise, rawMode1, rawMode2, sound, withSubchannel } from '../../containers/testing/sample-disc.ts'
import { scratchFolder } from '../../containers/testing/scratch-folder.ts'
import { quietControl } from '../testing/quiet-control.ts'
import { convertImage, forecastConversion } from './convert-image.ts'

const scratch = scratchFolder()
const ISO = sha256(data())
const run = (folder: string, program: string, ...args: string[]): Buffer =>
  execFileSync(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })

function put(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(scratch(), 'convert-'))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return folder
}

function convert(folder: string, from: string, to: string, more: Partial<ConvertRequest> = {}): Promise<ConvertResult> {
  const request = { imagePath: join(folder, from), outPath: join(folder, to), format: null, overwrite: false, acceptsLoss: false, ...more }
  return convertImage(request, quietControl())
}

/** A tone that FLAC makes smaller, with some noise in it. */
function tone(sectors: number): Buffer {
  const bytes = Buffer.alloc(sectors * 2352)
  const grain = noise(sectors * 588, 5)
  for (let i = 0; i < sectors * 588; i++) {
    bytes.writeInt16LE(Math.round(9000 * Math.sin(i / 25)) + (grain[i] as number), i * 4)
    bytes.writeInt16LE(Math.round(9000 * Math.sin(i / 25 + 0.1)) - (grain[i] as number), i * 4 + 2)
  }
  return bytes
}

/** Data, a tone with a gap before it, noise. */
function mixedDisc(): string {
  const bin = Buffer.concat([rawMode1(data()), sound(15, 1), tone(40), sound(30, 2)])
  const sheet = [
    'CATALOG 0724385356926',
    'FILE "mixed.bin" BINARY',
    'TRACK 01 MODE1/2352',
    'INDEX 01 00:00:00',
    'TRACK 02 AUDIO',
    'TITLE "A ""tone"',
    'ISRC USEM39600078',
    'FLAGS DCP',
    'INDEX 00 00:00:32',
    'INDEX 01 00:00:47',
    'TRACK 03 AUDIO',
    'PREGAP 00:02:00',
    'INDEX 01 00:01:12',
  ]
  return put({ 'mixed.bin': bin, 'mixed.cue': `${sheet.join('\n')}\n` })
}

describe('to ISO', () => {
  it.each([
    ['mode 1', 'MODE1/2352', rawMode1(data())],
    ['mode 2', 'MODE2/2352', rawMode2(data())],
  ])('the data are what bchunk takes out, of %s', async (_, mode, bin) => {
    const folder = put({ 'd.bin': bin, 'd.cue': `FILE "d.bin" BINARY\nTRACK 01 ${mode}\nINDEX 01 00:00:00\n` })
    const { files, losses } = await convert(folder, 'd.cue', 'd.iso')
    run(folder, 'bchunk', 'd.bin', 'd.cue', 'theirs')
    expect(readFileSync(join(folder, 'd.iso')).equals(readFileSync(join(folder, 'theirs01.iso')))).toBe(true)
    expect(files).toEqual([{ path: join(folder, 'd.iso'), sizeBytes: data().length, sha256: ISO, contentSha256: ISO }])
    expect(losses.map(({ kind, isMinor }) => [kind, isMinor])).toEqual([['codes', true]])
  })

  it('what is lost is said, and must be accepted', async () => {
    const folder = mixedDisc()
    await expect(convert(folder, 'mixed.cue', 'out.iso')).rejects.toMatchObject({
      report: { code: 'would-lose', kind: 'usage', message: 'The 2 tracks of sound will be missing.' },
    })
    expect(readdirSync(folder).sort()).toEqual(['mixed.bin', 'mixed.cue'])
    expect((await convert(folder, 'mixed.cue', 'out.iso', { acceptsLoss: true })).files[0]?.sha256).toBe(ISO)
  })

  it('sub-channels are named among what is lost', async () => {
    const folder = put({ 's.bin': withSubchannel(rawMode1(data()), 2352) })
    const forecast = await forecastConversion({ imagePath: join(folder, 's.bin'), outPath: 's.iso', format: null }, quietControl())
    expect(forecast.losses.map(({ kind }) => kind)).toEqual(['subchannel', 'codes'])
    expect(forecast).toMatchObject({ format: 'iso', files: ['s.iso'], sizeBytes: data().length })
  })

  it('a file system that counts from the beginning of its disc is read by others from the image', async () => {
    const folder = put({})
    mkdirSync(join(folder, 'tree'))
    writeFileSync(join(folder, 'tree', 'held.bin'), noise(30_000, 6))
    run(folder, 'genisoimage', '-quiet', '-R', '-C', '0,12000', '-o', 'part.iso', 'tree')
    writeFileSync(join(folder, 'extra.bin'), rawMode1(readFileSync(join(folder, 'part.iso')), 12_000))
    await convert(folder, 'extra.bin', 'extra.iso')
    expect(sha256(run(folder, 'bsdtar', '-xOf', 'extra.iso', 'held.bin'))).toBe(sha256(noise(30_000, 6)))
    expect(sha256(run(folder, '7z', 'e', '-so', 'extra.iso', 'held.bin'))).toBe(sha256(noise(30_000, 6)))
  })
})

describe('to BIN/CUE', () => {
  it('whole sectors are made of data: bchunk takes the same out, and every sector is as it was', async () => {
    const gap = Buffer.alloc(150 * 2048)
    const tracks = [
      { stored: Buffer.concat([gap, data()]), gapSectors: 150, sectorBytes: 2048, startLba: 0, mode: 0 },
      { stored: Buffer.concat([sound(20, 3), tone(25)]), gapSectors: 20, sectorBytes: 2352, startLba: DATA_SECTORS + 20, mode: 7 },
    ]
    const folder = put({ 'd.nrg': nrg([tracks], 2) })
    const { losses } = await convert(folder, 'd.nrg', 'd.cue')
    expect(losses).toEqual([])
    expect(sha256(readFileSync(join(folder, 'd.bin')))).toBe(sha256(Buffer.concat([rawMode1(data()), sound(20, 3), tone(25)])))
    run(folder, 'bchunk', '-w', 'd.bin', 'd.cue', 'theirs')
    expect(sha256(readFileSync(join(folder, 'theirs01.iso')).subarray(0, data().length))).toBe(ISO)
    const again = await seenDisc(join(folder, 'd.cue'))
    expect(again.tracks.map(({ startLba, pregapSectors }) => [startLba, pregapSectors])).toEqual([
      [0, 0],
      [DATA_SECTORS + 20, 20],
    ])
    expect(again.contents.map(sha256)).toEqual([ISO, sha256(tone(25))])
  })

  it('a sheet says the same once more: gaps, numbers, titles', async () => {
    const folder = mixedDisc()
    await convert(folder, 'mixed.cue', 'copy.cue')
    expect(readFileSync(join(folder, 'copy.bin')).equals(readFileSync(join(folder, 'mixed.bin')))).toBe(true)
    const plain = (path: string) => readFileSync(join(folder, path), 'utf8').replace(/\s+/g, ' ').replaceAll('copy.bin', 'mixed.bin')
    expect(plain('copy.cue')).toContain(
      'CATALOG 0724385356926 FILE "mixed.bin" BINARY TRACK 01 MODE1/2352 INDEX 01 00:00:00 TRACK 02 AUDIO',
    )
    expect(plain('copy.cue')).toContain(
      'FLAGS DCP ISRC USEM39600078 INDEX 00 00:00:32 INDEX 01 00:00:47 TRACK 03 AUDIO PREGAP 00:02:00 INDEX 01 00:01:12',
    )
  })

  it('an ISO image becomes a disc of one track', async () => {
    const folder = put({ 'd.iso': data() })
    await convert(folder, 'd.iso', 'd.cue')
    expect(sha256(readFileSync(join(folder, 'd.bin')))).toBe(sha256(rawMode1(data())))
  })
})

describe('to sound', () => {
  it('FLAC is what flac expands to the same samples, WAV has them as they are', async () => {
    const folder = mixedDisc()
    const wav = await convert(folder, 'mixed.cue', 'album.wav', { acceptsLoss: true })
    const flac = await convert(folder, 'mixed.cue', 'other.flac', { acceptsLoss: true })
    expect(wav.losses.map(({ message }) => message)).toEqual(['The data of track 1 will be missing.'])
    const samples = [Buffer.concat([sound(15, 1), tone(40)]), sound(30, 2)]
    for (const [i, number] of ['02', '03'].entries()) {
      expect(sha256(readFileSync(join(folder, `album ${number}.wav`)).subarray(44))).toBe(sha256(samples[i] as Buffer))
      run(folder, 'flac', '-s', '-t', `other ${number}.flac`)
      const raw = run(folder, 'flac', '-s', '-d', '-c', '--force-raw-format', '--endian=little', '--sign=signed', `other ${number}.flac`)
      expect(sha256(raw)).toBe(sha256(samples[i] as Buffer))
    }
    expect(flac.files[0]?.sizeBytes).toBeLessThan(wav.files[0]?.sizeBytes ?? 0)
    expect(flac.files[0]?.contentSha256).toBe(sha256(samples[0] as Buffer))
    for (const sheet of ['album.cue', 'other.cue']) {
      const { contents, findings } = await seenDisc(join(folder, sheet))
      expect([contents.map(sha256), findings]).toEqual([[tone(40), sound(30, 2)].map(sha256), []])
    }
  })

  it('FLAC of lengths and loudness at the edges is right too', async () => {
    const loud = Buffer.alloc(3 * 2352)
    for (let i = 0; i < loud.length; i += 4) loud.writeUInt32LE((i / 4) % 3 === 0 ? 0x7fff8000 : 0x80007fff, i)
    const all = [Buffer.alloc(2352 * 8), sound(1), loud, Buffer.concat([tone(7), Buffer.alloc(2352, 0xff)])]
    for (const [i, bytes] of all.entries()) {
      const folder = put({ 'a.bin': bytes, 'a.cue': 'FILE "a.bin" BINARY\nTRACK 01 AUDIO\nINDEX 01 00:00:00\n' })
      await convert(folder, 'a.cue', 'a.flac', { track: 1 })
      const raw = run(folder, 'flac', '-s', '-d', '-c', '--force-raw-format', '--endian=little', '--sign=signed', 'a.flac')
      expect(sha256(raw), `sound ${i}`).toBe(sha256(bytes))
      expect(readdirSync(folder)).toHaveLength(3)
    }
  })

  it('FLAC files that flac made are read beside a sheet', async () => {
    const folder = put({ 'a.raw': tone(50), 'a.cue': 'FILE "a.flac" WAVE\nTRACK 01 AUDIO\nINDEX 01 00:00:00\n' })
    run(
      folder,
      'flac',
      '-s',
      '-8',
      '--force-raw-format',
      '--endian=little',
      '--sign=signed',
      '--channels=2',
      '--bps=16',
      '--sample-rate=44100',
      'a.raw',
    )
    const { contents, findings } = await seenDisc(join(folder, 'a.cue'))
    expect([contents.map(sha256), findings]).toEqual([[sha256(tone(50))], []])
  })

  it('of a track that ends within a sample is what is whole; one that is missing is no file', async () => {
    const sheet = ['FILE "a.bin" BINARY', 'TRACK 01 AUDIO', 'INDEX 01 00:00:00', 'TRACK 02 AUDIO', '']
    const folder = put({ 'a.bin': tone(3).subarray(0, 6001), 'a.cue': sheet.join('\n') })
    const flac = await convert(folder, 'a.cue', 'x.flac')
    const wav = await convert(folder, 'a.cue', 'y.wav')
    expect([flac, wav].map(({ files }) => files[0]?.contentSha256)).toEqual([1, 2].map(() => sha256(tone(3).subarray(0, 6000))))
    run(folder, 'flac', '-s', '-t', 'x 01.flac')
    expect(readdirSync(folder).sort()).toEqual(['a.bin', 'a.cue', 'x 01.flac', 'x.cue', 'y 01.wav', 'y.cue'])
  })

  it('an image without sound has none', async () => {
    await expect(convert(put({ 'd.iso': data() }), 'd.iso', 'd.flac')).rejects.toMatchObject({ report: { code: 'no-sound' } })
  })
})

describe('what Isomer reads no files in', () => {
  it('is converted as it is, and that is said', async () => {
    const folder = put({ 'game.img': noise(40_960, 3) })
    const said: string[] = []
    const request = {
      imagePath: join(folder, 'game.img'),
      outPath: join(folder, 'game.cso'),
      format: null,
      overwrite: false,
      acceptsLoss: false,
    }
    const control = quietControl({ log: (level, text) => said.push(`${level}: ${text}`) })
    const { files } = await convertImage(request, control)
    expect(files[0]?.contentSha256).toBe(sha256(noise(40_960, 3)))
    expect(said).toEqual([`warning: No file system that Isomer reads was found in ${request.imagePath}; its bytes are taken as they are.`])
  })

  it('and that is empty is not converted', async () => {
    const folder = put({ 'd.toc': 'TRACK AUDIO\nFILE "d.bin" 1:0:0\n', 'd.bin': sound(20) })
    for (const out of ['d.chd', 'x.cue', 'd.wav'])
      await expect(convert(folder, 'd.toc', out)).rejects.toMatchObject({ report: { kind: 'image', code: 'nothing-to-convert' } })
    expect(readdirSync(folder).sort()).toEqual(['d.bin', 'd.toc'])
  })
})

describe('what goes wrong leaves nothing', () => {
  it('a file that is there stays as it is', async () => {
    const folder = put({ 'd.iso': data(), 'd.bin': 'precious' })
    await expect(convert(folder, 'd.iso', 'd.cue')).rejects.toMatchObject({ report: { code: 'target-exists' } })
    expect(readFileSync(join(folder, 'd.bin'), 'utf8')).toBe('precious')
    expect(readdirSync(folder).sort()).toEqual(['d.bin', 'd.iso'])
  })

  it('what it is made from is never written over', async () => {
    const folder = mixedDisc()
    const again = convert(folder, 'mixed.cue', 'mixed.cue', { overwrite: true })
    await expect(again).rejects.toMatchObject({ report: { code: 'target-is-source' } })
    expect(sha256(readFileSync(join(folder, 'mixed.bin')).subarray(0, rawMode1(data()).length))).toBe(sha256(rawMode1(data())))
  })

  it('an unknown ending, a track that is not there', async () => {
    const folder = mixedDisc()
    await expect(convert(folder, 'mixed.cue', 'x.doc')).rejects.toMatchObject({ report: { code: 'unknown-format' } })
    await expect(convert(folder, 'mixed.cue', 'x.iso', { track: 7 })).rejects.toMatchObject({ report: { code: 'no-such-track' } })
    await expect(convert(folder, 'mixed.cue', 'x.iso', { track: 2 })).rejects.toMatchObject({ report: { code: 'no-such-track' } })
  })

  it('an image that is cut off, and one that changes meanwhile', async () => {
    const folder = put({ 'd.iso': Buffer.concat([data(), Buffer.alloc(4_000_000)]) })
    const control = quietControl()
    let isCut = false
    const cutting = {
      ...control,
      checkpoint: () => {
        if (!isCut) truncateSync(join(folder, 'd.iso'), 1_000_000)
        isCut = true
        return undefined
      },
    }
    const request = { imagePath: join(folder, 'd.iso'), outPath: join(folder, 'd.cue'), format: null, overwrite: false, acceptsLoss: true }
    await expect(convertImage(request, cutting)).rejects.toMatchObject({ report: { kind: 'image', code: 'image-cut-off' } })
    expect(readdirSync(folder)).toEqual(['d.iso'])
  })
})
