import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { burnCommand, eraseCommand, type MacosBurn, trayCommand } from './burn-command.ts'
import { isChatter, MacosProgress, macosFailure } from './burn-output.ts'
import { chooseBurner, parseBurnerList } from './choose-tool.ts'
import { discDataOf } from './disc-data.ts'
import { diskutilCommands, parseDiskInfo, parseDiskList, wholeDiskOf } from './disk-facts.ts'
import { parseDrutilList, parseDrutilStatus } from './drutil.ts'

const recorded = (file: string) => readFileSync(join(import.meta.dirname, 'testing/recordings', file), 'utf8')
const recording = (name: string) => recorded(`${name}.txt`)
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
    expect(parseDrutilStatus(recording('drutil-status-empty'))).toMatchObject({ model: 'DVD-RAM UJ8E2 S', devicePath: null, medium: null })
    expect(parseDrutilStatus(recording('drutil-status-burnt'))).toMatchObject({
      revision: '1.00',
      devicePath: '/dev/disk7',
      medium: { kind: 'CD-ROM', state: 'closed', isRewritable: false, readableBytes: 0 },
    })
    expect(parseDrutilStatus(recording('drutil-status-blank-dvd'))?.medium).toMatchObject({
      kind: 'DVD-R',
      state: 'blank',
      freeBytes: 2_297_888 * SECTOR,
      isRewritable: false,
      writeSpeeds: [{ times: '8x', kilobytesPerSecond: 11_080 }, { times: '4x' }, { times: '2x' }],
    })
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
    expect(progress.take('MESSAGE:Closing session')?.phase).toBe('close')
    expect([isChatter('.......'), isChatter('Burn failed')]).toEqual([true, false])
  })
})

describe('the program that burns', () => {
  const burners = parseBurnerList(recording('hdiutil-burners'))
  it.each([
    ['the only drive', chooseBurner(1, 1, []), { tool: 'hdiutil', device: null }],
    ['the second of two that hdiutil lists too', chooseBurner(2, 2, burners), { tool: 'hdiutil', device: burners[1] }],
    ['a drive of two, when hdiutil lists others', chooseBurner(2, 2, burners.slice(1)), { tool: 'drutil' }],
  ])('is chosen for %s, with the reason', (_what, choice, expected) => {
    expect(choice).toMatchObject({ ...expected, reason: expect.stringMatching(/./) })
  })
})

describe('where the data of a disc is', () => {
  const list = parseDiskList(recorded('diskutil-list-cd.xml'))
  const info = parseDiskInfo(recorded('diskutil-info-cd.xml'))

  it('on a CD is the slice with 2,048 bytes to a sector, not the whole with 2,352', () => {
    expect(info?.DeviceBlockSize).toBe(2352)
    expect(discDataOf(info as NonNullable<typeof info>, list[0] ?? null)).toEqual({
      path: '/dev/rdisk8s1',
      sizeBytes: 150_515 * SECTOR,
      sectorBytes: SECTOR,
      label: 'Masterpieces',
    })
  })

  it('on a DVD is all of it', () => {
    const dvd = { ...(info as NonNullable<typeof info>), DeviceBlockSize: SECTOR, TotalSize: 4_000_000 * SECTOR, VolumeName: 'FILM' }
    expect(discDataOf(dvd, null)).toEqual({ path: '/dev/rdisk8', sizeBytes: 4_000_000 * SECTOR, sectorBytes: SECTOR, label: 'FILM' })
  })

  it('on an audio disc is nowhere', () => {
    const [cd] = parseDiskList(recorded('diskutil-list-cd.xml').replace('Apple_partition_scheme', 'CD_DA'))
    const onlyTracks = cd === undefined ? null : { ...cd, Partitions: cd.Partitions.slice(0, 1) }
    expect(discDataOf(info as NonNullable<typeof info>, onlyTracks)).toBeNull()
  })

  it('is not told by anything else', () => {
    expect(parseDiskList('Could not find disk: disk9')).toEqual([])
    expect(parseDiskInfo('<?xml version="1.0"?><plist version="1.0"><dict><key>Error</key><true/></dict></plist>')).toBeNull()
    expect(wholeDiskOf('/dev/disk12s1s3')).toBe('disk12')
  })
})

describe('commands', () => {
  const burn = (changes: Partial<MacosBurn> = {}) => {
    const burner = { tool: 'hdiutil', device: null } as const
    const order = { driveNumber: 2, burner, imagePath: '/Users/me/My image.iso', kilobytesPerSecond: null, simulate: false }
    const { program, args } = burnCommand({ ...order, medium: { kind: 'DVD-R' }, ...changes })
    return [program, ...args].join(' ')
  }
  it('of burning', () => {
    expect(burn()).toBe('hdiutil burn /Users/me/My image.iso -puppetstrings -noverifyburn -noeject -forceclose')
    expect(burn({ simulate: true, kilobytesPerSecond: 5540 })).toBe(
      'hdiutil burn /Users/me/My image.iso -puppetstrings -noverifyburn -noeject -forceclose -testburn -speed 4',
    )
    expect(burn({ burner: { tool: 'hdiutil', device: 'IOService:/a/IOBDServices' } })).toBe(
      'hdiutil burn /Users/me/My image.iso -device IOService:/a/IOBDServices -puppetstrings -noverifyburn -noeject -forceclose',
    )
    const sessions = { isAdded: false, leaveOpen: true }
    expect(burn({ sessions })).toBe('hdiutil burn /Users/me/My image.iso -puppetstrings -noverifyburn -noeject -noforceclose')
    expect(burn({ sessions, burner: { tool: 'drutil' } })).toBe('drutil -drive 2 burn -noverify -mount -appendable /Users/me/My image.iso')
    expect(burn({ burner: { tool: 'drutil' }, simulate: true })).toBe('drutil -drive 2 burn -noverify -mount -test /Users/me/My image.iso')
  })

  it('of taking a disc out of use and giving it back', () => {
    expect(diskutilCommands.unmount('disk4').args).toEqual(['unmountDisk', 'disk4'])
    expect(diskutilCommands.mount('disk4').args).toEqual(['mountDisk', 'disk4'])
  })

  it('of erasing and of the tray', () => {
    expect(eraseCommand(1, false).args).toEqual(['-drive', '1', 'erase', 'quick'])
    expect(eraseCommand(1, true).args).toEqual(['-drive', '1', 'erase', 'full'])
    expect(trayCommand(1, 'eject').args).toEqual(['-drive', '1', 'tray', 'eject'])
    expect(trayCommand(1, 'load').args).toEqual(['-drive', '1', 'tray', 'close'])
  })
})

it.each([
  ['hdiutil: burn failed - There is not enough space on the disc\n', 'disc-too-small'],
  [recording('hdiutil-write-error'), 'write-error'],
  ['hdiutil: burn failed - device busy\n', 'drive-busy'],
  ['hdiutil: burn failed - something\n', 'burning-failed'],
])('a failure has a sentence: %#', (text, code) => {
  expect(macosFailure('hdiutil', text, 'exit code 1').report).toMatchObject({
    code,
    technical: `hdiutil ended with exit code 1: ${text.trim().split('\n').at(-1)}`,
  })
})
