/** Descriptions that are damaged or mean harm: they give findings or one plain problem, never a fault of ours, and soon. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Problem } from '../../shared/problem.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import type { Container, Track } from './container.ts'
import { fileSystemPlace } from './disc-source.ts'
import { openContainer } from './open-container.ts'
import { ccd, cdi, ecm, mds, nrg } from './testing/built-images.ts'
import { seenDisc } from './testing/opened-disc.ts'
import { data, noise, rawMode1, sound } from './testing/sample-disc.ts'
import { scratchFolder } from './testing/scratch-folder.ts'

const scratch = scratchFolder()

function put(files: Readonly<Record<string, string | Buffer>>): (name: string) => string {
  const folder = join(mkdtempSync(join(scratch(), 'bad-')), 'inner')
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return (name) => join(folder, name)
}

/** Findings of what opens, or the code of the problem; anything else that is thrown is a fault of ours. */
async function outcome(path: string): Promise<readonly string[]> {
  try {
    return (await seenDisc(path, 100_000)).findings
  } catch (error) {
    if (error instanceof Problem && error.report.kind !== 'bug') return [error.report.code]
    if (error instanceof Error && error.message.endsWith('is no container')) return ['no-container']
    throw error
  }
}

const cue = (file: string, rest = 'TRACK 01 MODE1/2352\nINDEX 01 00:00:00\n'): string => `FILE "${file}" BINARY\n${rest}`

describe('names in a description never lead out of its folder', () => {
  it.each(['../secret.bin', '/etc/passwd', '..\\..\\secret.bin', 'C:\\secret.bin', 'sub/../../secret.bin'])('%s', async (name) => {
    const path = put({
      'd.cue': cue(name),
      'd.gdi': `1\n1 0 4 2352 ${name} 0\n`,
      'd.toc': `TRACK MODE1_RAW\nDATAFILE "${name}"\n`,
      '../secret.bin': rawMode1(data()),
    })
    for (const description of ['d.cue', 'd.gdi', 'd.toc']) expect(await outcome(path(description))).toEqual(['companion-missing'])
    writeFileSync(path('d.mds'), mds([[{ stored: data(), sectorBytes: 2048, startLba: 0, mode: 0xaa, gapSectors: 0 }]], name))
    expect(await outcome(path('d.mds'))).toEqual(['companion-missing'])
  })
})

describe('what is missing or too short is named', () => {
  it('a file of several', async () => {
    const sheet = `${cue('one.bin')}FILE "gone.bin" BINARY\nTRACK 02 AUDIO\nINDEX 01 00:00:00\n`
    const disc = await seenDisc(put({ 'd.cue': sheet, 'one.bin': rawMode1(data()) })('d.cue'))
    expect(disc.findings).toEqual(['companion-missing'])
    expect(disc.tracks.map(({ lengthSectors }) => lengthSectors)).toEqual([32, 0])
  })

  it('a file that was renamed together with its sheet is found', async () => {
    const disc = await seenDisc(put({ 'renamed.cue': cue('Original Name.bin'), 'renamed.bin': rawMode1(data()) })('renamed.cue'))
    expect(disc.findings).toEqual(['companion-renamed'])
  })

  it('sheets in old encodings find their files', async () => {
    const path = put({ 'd.cue': Buffer.from(cue('Müsic.bin'), 'latin1'), 'Müsic.bin': rawMode1(data()) })
    expect(await outcome(path('d.cue'))).toEqual([])
    const japanese = Buffer.from(cue('@').replace('@', '\x83\x65\x83\x58\x83\x67.bin'), 'latin1')
    writeFileSync(path('j.cue'), japanese)
    writeFileSync(path('テスト.bin'), rawMode1(data()))
    expect(await outcome(path('j.cue'))).toEqual([])
    writeFileSync(path('w.cue'), Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(cue('Müsic.bin'), 'utf16le')]))
    expect(await outcome(path('w.cue'))).toEqual([])
  })

  it('an image that is cut off', async () => {
    const long = cue('d.bin', 'TRACK 01 MODE1/2352\nINDEX 01 00:00:00\nTRACK 02 AUDIO\nINDEX 01 00:01:00\n')
    const path = put({ 'd.cue': long, 'd.bin': rawMode1(data()).subarray(0, 50_000) })
    expect(await outcome(path('d.cue'))).toContain('track-outside-file')
    const track = { stored: rawMode1(data()), sectorBytes: 2352, startLba: 0, mode: 5, gapSectors: 0 }
    const whole = nrg([[track]], 2)
    writeFileSync(path('d.nrg'), Buffer.concat([whole.subarray(1000, whole.length - 12), whole.subarray(-12)]))
    expect(await outcome(path('d.nrg'))).toEqual(['container-damaged'])
  })

  it('a track that begins behind the end of its file', async () => {
    const path = put({ 'd.toc': 'TRACK AUDIO\nFILE "d.bin" 1:0:0\n', 'd.bin': sound(20) })
    expect(await outcome(path('d.toc'))).toEqual(['track-outside-file'])
  })

  it('a time that is none, a number that is missing', async () => {
    const path = put({ 'd.toc': 'CATALOG\n\nTRACK AUDIO\nFILE "d.bin" 0:xx:0 0:0:10\n', 'd.bin': sound(20) })
    const { findings, contents } = await seenDisc(path('d.toc'))
    expect([findings, contents.map(({ length }) => length)]).toEqual([['catalog-wrong', 'sheet-line-unclear'], [10 * 2352]])
  })

  it('a start that makes no sense, of the first track in a file', async () => {
    const second = 'TRACK 02 AUDIO\nINDEX 01 00:00:32\nTRACK 03 AUDIO\n'
    const path = put({
      'd.cue': cue('d.bin', `TRACK 01 MODE1/2352\nINDEX 01 00:00:100\n${second}`),
      'd.bin': Buffer.concat([rawMode1(data()), sound(5)]),
    })
    const { findings, contents } = await seenDisc(path('d.cue'))
    expect(findings).toEqual(['sheet-line-unclear', 'track-start-assumed', 'track-without-start'])
    expect([contents[0]?.equals(data()), contents[1]?.equals(sound(5)), contents[2]?.length]).toEqual([true, true, 0])
  })

  it('a track that is not what the sheet says is read as it is', async () => {
    const disc = await seenDisc(
      put({ 'd.cue': cue('d.bin', 'TRACK 01 MODE2/2352\nINDEX 01 00:00:00\n'), 'd.bin': rawMode1(data()) })('d.cue'),
    )
    expect(disc.findings).toEqual(['track-mode-wrong'])
    expect(disc.contents[0]?.equals(data())).toBe(true)
  })
})

describe('a disc in an archive', () => {
  const zip = (path: (name: string) => string, ...names: string[]) => {
    execFileSync('zip', ['-q', '-1', path('d.zip'), ...names], { cwd: dirname(path('d.zip')) })
    return path('d.zip')
  }

  it('with a file that is missing, or lies beside the archive only', async () => {
    const sheet = `${cue('one.bin')}FILE "gone.bin" BINARY\nTRACK 02 AUDIO\nINDEX 01 00:00:00\n`
    const path = put({ 'd.cue': sheet, 'one.bin': rawMode1(data()), 'gone.bin': sound(3), 'notes.txt': 'notes' })
    const { findings, contents } = await seenDisc(zip(path, 'd.cue', 'one.bin', 'notes.txt'))
    expect([findings, contents[0]?.equals(data()), contents[1]?.length]).toEqual([['companion-missing'], true, 0])
  })

  it('in folders is one disc; two sheets are two', async () => {
    const path = put({ 'a/d.cue': cue('one.bin'), 'b/one.bin': rawMode1(data()), 'b/other.cue': cue('one.bin') })
    expect((await seenDisc(zip(path, 'a/d.cue', 'b/one.bin'))).contents[0]?.equals(data())).toBe(true)
    expect(await outcome(zip(path, 'b/other.cue'))).toEqual(['packed-several'])
  })
})

describe('numbers that make no sense are bounded', () => {
  it.each([
    ['indexes in no order', 'TRACK 01 MODE1/2352\nINDEX 01 00:00:10\nTRACK 02 AUDIO\nINDEX 01 00:00:05\n'],
    ['a start behind the end', 'TRACK 01 MODE1/2352\nINDEX 01 9999:59:74\n'],
    ['no start', 'TRACK 01 MODE1/2352\n'],
    ['a pregap of a year', 'TRACK 01 MODE1/2352\nPREGAP 9999:00:00\nINDEX 01 00:00:00\n'],
    ['a thousand tracks', Array.from({ length: 1000 }, (_, i) => `TRACK ${i % 100} AUDIO\nINDEX 01 00:00:00\n`).join('')],
    ['a hundred thousand indexes', `TRACK 01 MODE1/2352\n${'INDEX 02 00:00:00\n'.repeat(50_000)}INDEX 01 00:00:00\n`],
  ])('in a CUE sheet: %s', async (_, rest) => {
    const path = put({ 'd.cue': cue('d.bin', rest), 'd.bin': rawMode1(data()) })
    expect(Array.isArray(await outcome(path('d.cue')))).toBe(true)
  })

  it('in a TOC: silence for ever, thousands of pieces', async () => {
    const endless = put({ 'd.toc': 'TRACK AUDIO\nSILENCE 9999:00:00\n'.repeat(99) })
    expect(Array.isArray(await outcome(endless('d.toc')))).toBe(true)
    const pieces = put({ 'd.toc': `TRACK AUDIO\n${'FILE "d.bin" 0 1\n'.repeat(30_000)}`, 'd.bin': sound(2) })
    expect(await outcome(pieces('d.toc'))).toContain('too-many-pieces')
  })

  it('in an MDS: a track that is said to begin where no disc has sectors', async () => {
    const sizeOf = async (startLba: number) => {
      const tracks = [0, startLba].map((lba) => ({
        stored: rawMode1(data(), lba),
        sectorBytes: 2352,
        startLba: lba,
        mode: 0xaa,
        gapSectors: 0,
      }))
      const path = put({ 'd.mds': mds([tracks], '*.mdf'), 'd.mdf': Buffer.concat([tracks[0]?.stored as Buffer, data()]) })
      const { container, close } = await openContainer(path('d.mds'), new FindingLog())
      const [first] = container?.tracks ?? []
      const { source } = fileSystemPlace(container as Container, first as Track)
      close()
      return source.sizeBytes
    }
    expect(await sizeOf(50_000)).toBeGreaterThan(50_000 * 2048)
    expect(await sizeOf(16_777_216)).toBe(data().length)
  })

  it('in a CCD: places before the file and behind it', async () => {
    const entries = [
      { session: 1, point: 1, control: 4, lba: -5000 },
      { session: 1, point: 2, control: 4, lba: 900_000_000 },
      { session: 9, point: 0xa2, control: 4, lba: 1 },
    ]
    const path = put({ 'd.ccd': ccd(entries, new Map([[1, ['INDEX 0=99999999', 'MODE=7']]])), 'd.img': rawMode1(data()) })
    expect(await outcome(path('d.ccd'))).toContain('track-outside-file')
  })
})

/** The same bytes with a few changed, always the same for a seed. */
function mutated(bytes: Buffer, seed: number, from: number): Buffer {
  const changed = Buffer.from(bytes)
  const dice = noise(64, seed)
  const changes = 1 + ((dice[0] as number) % 8)
  for (let i = 0; i < changes; i++) {
    const at = from + (dice.readUInt32LE(4 + i * 6) % (bytes.length - from))
    changed[at] = [0, 0xff, 0x80, dice[9 + i * 6] as number][(dice[8 + i * 6] as number) % 4] as number
  }
  return (dice[60] as number) < 32 ? changed.subarray(0, from + (dice.readUInt32LE(56) % (bytes.length - from))) : changed
}

describe('descriptions with changed bytes', () => {
  const track = { stored: rawMode1(data()), sectorBytes: 2352, startLba: 0, mode: 5, gapSectors: 2 }
  const music = { stored: sound(20), sectorBytes: 2352, startLba: 182, mode: 7, gapSectors: 0 }
  const bytesBefore = track.stored.length + music.stored.length
  const entries = [
    { session: 1, point: 1, control: 4, lba: 0 },
    { session: 1, point: 2, control: 0, lba: 32 },
    { session: 1, point: 0xa2, control: 4, lba: 52 },
  ]
  it.each([
    ['d.nrg', nrg([[track], [music]], 1), bytesBefore],
    ['e.nrg', nrg([[track, music]], 2), bytesBefore],
    ['d.cdi', cdi([[track], [{ ...music, mode: 0 }]], 3.5), bytesBefore],
    ['d.mds', mds([[track, music]], '*.mdf'), 16],
    ['d.ecm', ecm(Buffer.concat([track.stored, music.stored])), 4],
    ['d.ccd', Buffer.from(ccd(entries, new Map([[1, ['MODE=1', 'INDEX 1=0']]]))), 9],
    ['d.cue', Buffer.from(cue('d.mdf', 'TRACK 01 MODE1/2352\nINDEX 01 00:00:00\nTRACK 02 AUDIO\nPREGAP 00:02:00\nINDEX 01 00:00:32\n')), 0],
    [
      'd.toc',
      Buffer.from(
        'CD_ROM\nTRACK MODE1_RAW\nDATAFILE "d.mdf" 0:0:32\nTRACK AUDIO\nISRC "USEM39600078"\nSTART 0:0:2\nFILE "d.mdf" #75264 0\n',
      ),
      0,
    ],
    ['d.gdi', Buffer.from('2\n1 0 4 2352 d.mdf 0\n2 450 0 2352 "d.mdf" 75264\n'), 0],
  ] as const)('of %s are withstood', async (name, bytes, from) => {
    const image = Buffer.concat([track.stored, music.stored])
    const path = put({ 'd.mdf': image, 'd.img': image })
    for (let seed = 1; seed <= 150; seed++) {
      writeFileSync(path(name), mutated(bytes, seed, from))
      expect(Array.isArray(await outcome(path(name))), `seed ${seed}`).toBe(true)
    }
  })
})
