import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RipRequest } from '../../../../shared/drives.ts'
import { Problem } from '../../../../shared/problem.ts'
import { seenDisc } from '../../../containers/testing/opened-disc.ts'
import { DATA_SECTORS, data, rawMode1, sound } from '../../../containers/testing/sample-disc.ts'
import { quietControl } from '../../../image/testing/quiet-control.ts'
import type { TrackOrder } from '../../drive-adapter.ts'
import { ScratchedDisc } from '../../testing/scratched-disc.ts'
import { ripTracks, type TrackAdapter } from './rip-tracks.ts'
import { trackFilesFor } from './track-files.ts'

let scratch: string
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-tracks-test-'))
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

const SECTOR = 2352
const request = (changes: Partial<RipRequest> = {}): RipRequest => ({
  drive: '/dev/sr0',
  outPath: join(scratch, 'disc.cue'),
  mapPath: null,
  retries: 0,
  resume: false,
  overwrite: false,
  verify: false,
  whole: false,
  fillUnread: false,
  ...changes,
})

interface Disc {
  /** Of the description, without the beginning; DATA stands for the name of the file. */
  readonly toc: string
  /** As cdrdao writes it: the high byte of samples first. */
  readonly bytes: Buffer
}

const swapped = (samples: Buffer): Buffer => Buffer.from(samples).swap16()
const time = (frames: number): string =>
  [Math.floor(frames / 4500), Math.floor(frames / 75) % 60, frames % 75].map((n) => `${n}`.padStart(2, '0')).join(':')

const [first, second] = [sound(300, 1), sound(320, 2)]
/** In the form that cdrdao 1.2.4 writes. */
const audioDisc: Disc = {
  bytes: swapped(Buffer.concat([first, second])),
  toc: `CATALOG "1234567890123"

// Track 1
TRACK AUDIO
NO COPY
NO PRE_EMPHASIS
TWO_CHANNEL_AUDIO
ISRC "DEABC2612345"
FILE "DATA" 0 ${time(300)}

// Track 2
TRACK AUDIO
COPY
PRE_EMPHASIS
TWO_CHANNEL_AUDIO
FILE "DATA" ${time(300)} ${time(320)}
START 00:00:30
`,
}
const raw = rawMode1(data())
const mixedDisc = (dataBytes = raw): Disc => ({
  bytes: Buffer.concat([dataBytes, swapped(first)]),
  toc: `// Track 1
TRACK MODE1_RAW
NO COPY
DATAFILE "DATA" ${time(DATA_SECTORS)} // length in bytes: ${raw.length}

// Track 2
TRACK AUDIO
NO COPY
NO PRE_EMPHASIS
TWO_CHANNEL_AUDIO
SILENCE 00:02:00
FILE "DATA" #${raw.length} 0 ${time(300)}
START 00:02:00
`,
})

function adapterFor(disc: Disc, seen: (order: TrackOrder) => void = () => {}): TrackAdapter {
  return {
    openMedium: async () => ({ source: new ScratchedDisc(Buffer.concat([data(), Buffer.alloc(2048 * 450)])), isOverwritable: false }),
    readTracks: (order, listener) => {
      seen(order)
      writeFileSync(order.dataPath, disc.bytes)
      writeFileSync(order.tocPath, `CD_ROM\n\n${disc.toc.replaceAll('DATA"', `${order.dataPath}"`)}`)
      listener.progress({ doneSectors: 10, totalSectors: 20 })
      return { input: null, ended: Promise.resolve(), stop: () => {}, note: { tool: 'cdrdao', reason: 'it is a test.' } }
    },
  }
}
const tracks = (audio: number, dataTracks: number) => ({ audio, data: dataTracks, sectorCount: 620 })
const rip = (disc: Disc, counts: [number, number], changes: Partial<RipRequest> = {}) =>
  ripTracks(request(changes), tracks(...counts), adapterFor(disc), quietControl())
const placesIn = (sheet: string): string[] =>
  sheet
    .split(/\r?\n/)
    .filter((line) => /TRACK|INDEX/.test(line))
    .map((line) => line.trim())

describe('a disc of audio', () => {
  it('becomes a sheet and samples with their low bytes first', async () => {
    const result = await rip(audioDisc, [2, 0])
    const bin = readFileSync(join(scratch, 'disc.bin'))
    expect(bin.equals(Buffer.concat([first, second]))).toBe(true)
    expect(result).toMatchObject({
      path: join(scratch, 'disc.cue'),
      sizeBytes: 620 * SECTOR,
      sha256: createHash('sha256').update(bin).digest('hex'),
      unreadBytes: 0,
      tracks: { audio: 2, data: 0 },
      secondReading: null,
    })
    expect(readdirSync(scratch).sort()).toEqual(['disc.bin', 'disc.cue'])
  })

  it('has the sheet that toc2cue makes', async () => {
    await rip(audioDisc, [2, 0])
    const folder = join(scratch, 'judge')
    mkdirSync(folder)
    writeFileSync(join(folder, 'data.bin'), audioDisc.bytes)
    writeFileSync(join(folder, 'disc.toc'), `CD_DA\n\n${audioDisc.toc.replaceAll('DATA', 'data.bin')}`)
    execFileSync('toc2cue', ['disc.toc', 'disc.cue'], { cwd: folder, stdio: 'ignore' })
    const ours = readFileSync(join(scratch, 'disc.cue'), 'utf8')
    expect(placesIn(ours)).toEqual(placesIn(readFileSync(join(folder, 'disc.cue'), 'utf8')))
    // These toc2cue leaves out.
    for (const line of ['CATALOG 1234567890123', 'ISRC DEABC2612345', 'FLAGS DCP PRE']) expect(ours).toContain(`${line}\r\n`)
  })

  it('reads as the tracks that it had', async () => {
    await rip(audioDisc, [2, 0])
    const { contents, findings } = await seenDisc(join(scratch, 'disc.cue'))
    expect(findings).toEqual([])
    expect(contents[0]?.equals(first)).toBe(true)
    expect(contents[1]?.equals(second.subarray(30 * SECTOR))).toBe(true)
  })
})

describe('a disc of data and audio', () => {
  it('has its data as they are on the disc, with the codes that prove them, and the gap before the audio', async () => {
    const result = await rip(mixedDisc(), [1, 1], { verify: true })
    expect(result).toMatchObject({ unreadBytes: 0, tracks: { audio: 1, data: 1 }, secondReading: { isSame: true, unreadableSectors: 0 } })
    expect(readFileSync(join(scratch, 'disc.cue'), 'utf8').split('\r\n')).toEqual([
      'FILE "disc.bin" BINARY',
      '  TRACK 01 MODE1/2352',
      '    INDEX 01 00:00:00',
      '  TRACK 02 AUDIO',
      `    INDEX 00 ${time(DATA_SECTORS)}`,
      `    INDEX 01 ${time(DATA_SECTORS + 150)}`,
      '',
    ])
    const { contents, findings } = await seenDisc(join(scratch, 'disc.cue'))
    expect(findings).toEqual([])
    expect(contents[0]?.equals(data())).toBe(true)
    expect(contents[1]?.equals(first)).toBe(true)
  })

  it('tells which sectors of data were not read right', async () => {
    const broken = Buffer.from(raw)
    for (const sector of [3, 4, 9]) broken.writeUInt8(broken.readUInt8(sector * SECTOR + 100) ^ 1, sector * SECTOR + 100)
    const result = await rip(mixedDisc(broken), [1, 1], { verify: true })
    expect(result.missing.map(({ firstSector, sectorCount }) => [firstSector, sectorCount])).toEqual([
      [3, 2],
      [9, 1],
    ])
    expect(result).toMatchObject({ unreadBytes: 3 * SECTOR, secondReading: { isSame: false, differingSectors: 3, firstBadSector: 3 } })
  })
})

describe('nothing is written', () => {
  it('over files, and none of it stays when reading fails', async () => {
    writeFileSync(join(scratch, 'disc.bin'), 'old')
    await expect(rip(audioDisc, [2, 0])).rejects.toMatchObject({ report: { code: 'target-exists' } })
    expect(readFileSync(join(scratch, 'disc.bin'), 'utf8')).toBe('old')
    const adapter = adapterFor(audioDisc)
    const failing: TrackAdapter = {
      ...adapter,
      readTracks: (order, listener) => {
        const failed = Promise.reject(new Problem({ kind: 'io', code: 'read-error', message: 'The disc is damaged.' }))
        failed.catch(() => {}) // whoever waits for the end hears of it
        return { ...adapter.readTracks(order, listener), ended: failed }
      },
    }
    await expect(ripTracks(request({ overwrite: true }), tracks(2, 0), failing, quietControl())).rejects.toMatchObject({
      report: { code: 'read-error', kept: 'Nothing was written.' },
    })
    expect(readdirSync(scratch)).toEqual(['disc.bin'])
  })

  it('to go on with later, which is said', async () => {
    await expect(rip(audioDisc, [2, 0], { resume: true })).rejects.toMatchObject({ report: { code: 'no-resume-with-audio' } })
  })
})

it('the files have the name that was asked for, whatever its ending', () => {
  for (const name of ['a/disc.iso', 'a/disc.cue', 'a/disc.BIN', 'a/disc'])
    expect(trackFilesFor(name)).toEqual({ cuePath: join('a', 'disc.cue'), binPath: join('a', 'disc.bin') })
  expect(basename(trackFilesFor('a/Vol. 2').cuePath)).toBe('Vol. 2.cue')
  expect(dirname(trackFilesFor('a/Vol. 2').cuePath)).toBe('a')
})
