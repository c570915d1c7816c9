import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { burnCommand, eraseCommand, type MacosBurn, trayCommand } from './burn-command.ts'
import { MacosProgress, macosFailure } from './burn-output.ts'
import { parseDrutilList, parseDrutilStatus } from './drutil.ts'

const recording = (name: string) => readFileSync(join(import.meta.dirname, 'testing/recordings', `${name}.txt`), 'utf8')
const SECTOR = 2048

describe('drutil', () => {
  it('lists drives', () => {
    expect(parseDrutilList(recording('drutil-list'))).toEqual([
      { number: 1, vendor: 'ASUS', model: 'SDRW-08U9M-U', revision: 'A114' },
      { number: 2, vendor: 'HL-DT-ST', model: 'BD-RE BH16NS40', revision: '1.03' },
    ])
    expect(parseDrutilList('Warning: No drives found\n')).toEqual([])
  })

  it('tells of a blank disc', () => {
    expect(parseDrutilStatus(recording('drutil-status-blank'))).toEqual({
      vendor: 'ASUS',
      model: 'SDRW-08U9M-U',
      revision: 'A114',
      devicePath: '/dev/disk4',
      medium: {
        kind: 'CD-R',
        state: 'blank',
        isRewritable: false,
        isOverwritable: false,
        sessions: [],
        capacityBytes: 359_844 * SECTOR,
        readableBytes: 0,
        freeBytes: 359_844 * SECTOR,
        label: null,
        writeSpeeds: [
          { times: '24x', kilobytesPerSecond: 4234 },
          { times: '16x', kilobytesPerSecond: 2822 },
          { times: '10x', kilobytesPerSecond: 1764 },
        ],
      },
    })
  })

  it('tells of a disc with data, and of none', () => {
    expect(parseDrutilStatus(recording('drutil-status-used'))?.medium).toMatchObject({
      state: 'closed',
      readableBytes: 160_597 * SECTOR,
      freeBytes: 0,
    })
    const empty = recording('drutil-status-used').replace(/Type:.*/s, 'Type: No Media Inserted\n')
    expect(parseDrutilStatus(empty)).toMatchObject({ devicePath: null, medium: null })
    expect(parseDrutilStatus('Warning: No drives found\n')).toBeNull()
  })

  it.each([
    ['DVD+R DL', 'DVD+R DL'],
    ['DVD-RW', 'DVD-RW'],
    ['BD-RE', 'BD-RE'],
    ['Something', null],
  ])('names a %s', (type, kind) => {
    const text = recording('drutil-status-blank').replace('Type: CD-R  ', `Type: ${type}  `)
    expect(parseDrutilStatus(text)?.medium?.kind).toBe(kind)
  })
})

describe('the progress of hdiutil', () => {
  it('goes through its phases, with bytes while it writes', () => {
    const progress = new MacosProgress(1000)
    const events = recording('hdiutil-burn')
      .trim()
      .split('\n')
      .map((line) => progress.take(line))
    expect(events.map((event) => event?.phase)).toEqual([
      ...['prepare', 'prepare', 'prepare', 'write', 'write', 'write', 'write', 'write'],
      ...['close', 'close', 'close', 'close'],
    ])
    expect(events.map((event) => event?.doneBytes ?? null).filter((bytes) => bytes !== null)).toEqual([5, 500, 995])
    expect(progress.take('something else')).toBeNull()
  })
})

describe('commands', () => {
  const burn = (changes: Partial<MacosBurn> = {}) => {
    const order = { driveNumber: 2, isOnlyDrive: true, imagePath: '/Users/me/My image.iso', kilobytesPerSecond: null, simulate: false }
    const { program, args } = burnCommand({ ...order, medium: { kind: 'DVD-R' }, ...changes })
    return [program, ...args].join(' ')
  }
  it('of burning', () => {
    expect(burn()).toBe('hdiutil burn /Users/me/My image.iso -puppetstrings -noverifyburn -noeject')
    expect(burn({ simulate: true, kilobytesPerSecond: 5540 })).toBe(
      'hdiutil burn /Users/me/My image.iso -puppetstrings -noverifyburn -noeject -testburn -speed 4',
    )
    expect(burn({ isOnlyDrive: false, simulate: true })).toBe('drutil -drive 2 burn -noverify -mount -test /Users/me/My image.iso')
  })

  it('of erasing and of the tray', () => {
    expect(eraseCommand(1, false).args).toEqual(['-drive', '1', 'erase', 'quick'])
    expect(eraseCommand(1, true).args).toEqual(['-drive', '1', 'erase', 'full'])
    expect(trayCommand(1, 'eject').args).toEqual(['-drive', '1', 'tray', 'eject'])
    expect(trayCommand(1, 'load').args).toEqual(['-drive', '1', 'tray', 'close'])
  })
})

it('a failure has a sentence', () => {
  expect(macosFailure('hdiutil', 'hdiutil: burn failed - There is not enough space on the disc\n', 'exit code 1').report.code).toBe(
    'disc-too-small',
  )
  expect(macosFailure('hdiutil', 'hdiutil: burn failed - something\n', 'exit code 1').report).toMatchObject({
    code: 'burning-failed',
    technical: 'hdiutil ended with exit code 1: hdiutil: burn failed - something',
  })
})
