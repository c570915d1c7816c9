import { readFileSync } from 'node:fs'
import { join, win32 } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseDriveAddress } from '../drive-address.ts'
import { discOf } from '../testing/fake-drives.ts'
import { driveFactsOf, sectorsPerSecond } from './disc-facts.ts'
import { ImapiProgress } from './imapi-progress.ts'
import { eventsOf, parseScriptLine } from './script-events.ts'
import { driveLetter, WindowsDrives } from './windows-drives.ts'
import { windowsFailure } from './windows-failure.ts'

const recorded = (name: string) => readFileSync(join(import.meta.dirname, 'testing/recordings', name), 'utf8')
const SECTOR = 2048

describe('lines of the scripts', () => {
  it('are events of a known shape, or none', () => {
    expect(parseScriptLine('{"event":"changed"}')).toEqual({ event: 'changed' })
    for (const line of ['', 'Add-Type : …', '{"event":"changed"', '{"event":"other"}', '{"event":"read","bytes":"1"}', '[]'])
      expect(parseScriptLine(line)).toBeNull()
  })

  it('are found among others', () => {
    expect(eventsOf('read', recorded('burn.jsonl').replaceAll('\n', '\r\n')).map(({ bytes }) => bytes)).toEqual([4_194_304, 8_388_608])
  })
})

describe('a drive', () => {
  const [blank, pressed, empty] = eventsOf('drive', recorded('drives.jsonl')).map(driveFactsOf)

  it('with a blank disc', () => {
    expect(blank).toEqual({
      address: 'D:',
      vendor: 'HL-DT-ST',
      model: 'DVDRAM GH24NSD1',
      revision: 'LG00',
      unknownBecause: null,
      medium: {
        kind: 'DVD+R',
        state: 'blank',
        isRewritable: false,
        isOverwritable: false,
        sessions: [],
        capacityBytes: 2_295_104 * SECTOR,
        readableBytes: 0,
        freeBytes: 2_295_104 * SECTOR,
        label: null,
        writeSpeeds: [
          { times: '16x', kilobytesPerSecond: 22_160 },
          { times: '8x', kilobytesPerSecond: 11_080 },
          { times: '4x', kilobytesPerSecond: 5540 },
        ],
      },
    })
  })

  it('that IMAPI2 does not know is told by what Windows calls it, its disc by its profile', () => {
    expect(pressed).toMatchObject({
      model: 'Generic DVD-ROM SCSI CdRom Device',
      medium: { kind: 'CD-ROM', state: 'closed', readableBytes: 734_003_200, freeBytes: 0, label: 'PHOTOS' },
    })
  })

  it('without a disc', () => {
    expect(empty).toMatchObject({ address: 'F:', medium: null })
  })

  it.each([
    ['used up', 'DVD-R', { physicalType: 9, status: 0x4000, isBlank: false }, { kind: 'DVD-R', state: 'closed', freeBytes: 0 }],
    [
      'appendable',
      'CD-R',
      { physicalType: 2, status: 0x4, isBlank: false, freeSectors: 1000 },
      { state: 'appendable', freeBytes: 1000 * SECTOR },
    ],
    [
      'overwritable',
      'DVD+RW',
      { physicalType: 7, status: 0x1, isBlank: false, freeSectors: 0 },
      { state: 'closed', isOverwritable: true, freeBytes: 2_295_104 * SECTOR },
    ],
    ['not erased yet', 'CD-RW', { physicalType: 3, status: 0x800, isBlank: false }, { state: 'closed', isRewritable: true }],
    ['unknown', 'HD DVD', { physicalType: 15, profiles: [0x51], isBlank: false, status: 0 }, { kind: null }],
  ])('with a disc that is %s: %s', (_what, _kind, changes, expected) => {
    const [said] = eventsOf('drive', recorded('drives.jsonl'))
    expect(driveFactsOf({ ...(said as NonNullable<typeof said>), ...changes }).medium).toMatchObject(expected)
  })

  it('is named by its letter, and read as a volume of its own', () => {
    expect(['d', 'D:', 'd:\\', 'D:\\x', '/dev/sr0'].map(driveLetter)).toEqual(['D:', 'D:', 'D:', null, null])
    // Node leaves the paths of devices alone.
    expect(win32.toNamespacedPath('\\\\.\\D:')).toBe('\\\\.\\D:')
  })
})

it('a speed is asked for in sectors in a second', () => {
  expect(sectorsPerSecond(null, 'DVD+R')).toBe(-1)
  expect(sectorsPerSecond(5540, 'DVD+R')).toBe(4 * 680)
  expect(sectorsPerSecond(706, 'CD-R')).toBe(300)
  expect(sectorsPerSecond(17_983, 'BD-R')).toBe(4 * 2195)
})

describe('the progress of IMAPI2', () => {
  const progress = new ImapiProgress()
  const steps = recorded('burn.jsonl')
    .trim()
    .split('\n')
    .map((line) => progress.take(parseScriptLine(line) as NonNullable<ReturnType<typeof parseScriptLine>>))

  it('goes through the phases, with what is on the disc and the buffer', () => {
    const events = steps.flatMap((step) => step?.event ?? [])
    expect(events.map(({ phase }) => phase)).toEqual([
      'write',
      'prepare',
      'prepare',
      'prepare',
      'write',
      'write',
      'write',
      'close',
      'close',
    ])
    expect(events.map(({ doneBytes }) => doneBytes)).toEqual([
      ...[4_194_304, null, null, null, 0, 32 * SECTOR, 2_048_000 * SECTOR],
      ...[null, null],
    ])
    expect(events.map(({ fifoPercent }) => fifoPercent).filter((percent) => percent !== null)).toEqual([100, 50, 0])
  })

  it('names each action once, with the time that Windows expects', () => {
    expect(steps.flatMap((step) => step?.line ?? [])).toEqual([
      'Looking at the disc.',
      'Getting the drive ready.',
      expect.stringMatching(/^Finding the right laser power; Windows expects to need .* more\.$/),
      expect.stringMatching(/^Writing; Windows expects to need .* more\.$/),
      expect.stringMatching(/^Closing the disc; /),
      'Written.',
    ])
  })

  it('of erasing is a part of the time', () => {
    expect(new ImapiProgress().take({ event: 'erase', elapsedSeconds: 30, totalSeconds: 120 })?.event).toMatchObject({ fraction: 0.25 })
    expect(new ImapiProgress().take({ event: 'erase', elapsedSeconds: 30, totalSeconds: 0 })?.event).toMatchObject({ fraction: null })
    expect(new ImapiProgress().take({ event: 'done' })).toBeNull()
  })
})

describe('a failure has a sentence', () => {
  const failed = (hresult: number) =>
    windowsFailure(`{"event":"failed","hresult":${hresult},"message":"It is so.\\r\\n"}\n`, 'exit code 1').report
  it.each([
    [-1_062_600_190, 'no-medium'],
    [-1_062_599_676, 'disc-too-small'],
    [-1_062_599_675, 'has-data'],
    [-1_062_599_936, 'too-slow'],
    [-2_136_340_220, 'not-rewritable'],
    [-2_147_024_891, 'not-allowed'],
    [-2_147_023_779, 'write-error'],
  ])('%d', (hresult, code) => {
    expect(failed(hresult)).toMatchObject({ code, advice: expect.stringMatching(/\.$/) })
  })

  it('also when the number is not known, or nothing was said', () => {
    expect(failed(-1)).toMatchObject({ code: 'burning-failed', technical: '0xFFFFFFFF: It is so.' })
    expect(windowsFailure('{"event":"refused","reason":"not-erasable","what":"D:"}', 'exit code 1').report.code).toBe('not-rewritable')
    expect(windowsFailure('powershell broke', 'exit code 5').report.technical).toBe('PowerShell ended with exit code 5: powershell broke')
  })
})

it('nothing is simulated', () => {
  const order = { drive: parseDriveAddress('D:'), medium: discOf('CD-R'), imagePath: 'C:\\a.iso', sizeBytes: 1, kilobytesPerSecond: null }
  const burn = () => new WindowsDrives().burn({ ...order, simulate: true }, { line: () => {}, event: () => {} })
  expect(burn).toThrow(
    expect.objectContaining({ report: expect.objectContaining({ code: 'no-practice-here', kept: 'The disc is as it was.' }) }),
  )
})
