import { describe, expect, it } from 'vitest'
import type { DriveAddress } from '../drive-address.ts'
import { type BurnPlan, burnCommand, eraseCommand, mediaCommand, nextSessionCommand, nextSessionIn, trayCommand } from './burn-command.ts'
import type { linuxTools } from './linux-tool.ts'

const device: DriveAddress = { kind: 'device', path: '/dev/sr0' }
const virtual: DriveAddress = { kind: 'virtual', path: '/home/me/disc.img' }
const plan = (changes: Partial<BurnPlan> = {}): BurnPlan => ({
  drive: device,
  medium: { kind: 'DVD+R' },
  imagePath: '/home/me/My image.iso',
  sizeBytes: 12_376_064,
  kilobytesPerSecond: null,
  simulate: false,
  ...changes,
})
const text = (...[tool, changes]: [Parameters<typeof burnCommand>[0], Partial<BurnPlan>?]) => {
  const { program, args } = burnCommand(tool, plan(changes))
  return [program, ...args].join(' ')
}

describe('burning an image', () => {
  it.each([
    ['xorriso', 'xorriso -as cdrecord -v dev=/dev/sr0 padsize=0 tsize=6043s /home/me/My image.iso'],
    ['cdrskin', 'cdrskin -v gracetime=0 dev=/dev/sr0 padsize=0 tsize=6043s /home/me/My image.iso'],
    ['growisofs', 'growisofs -use-the-force-luke=notray,tty -dvd-compat -Z /dev/sr0=/home/me/My image.iso'],
    ['wodim', 'wodim -v gracetime=2 dev=/dev/sr0 padsize=0 tsize=6043s -data /home/me/My image.iso'],
  ] as const)('with %s', (tool, command) => {
    expect(text(tool)).toBe(command)
  })

  it('keeps a path with blanks one argument', () => {
    expect(burnCommand('xorriso', plan()).args.at(-1)).toBe('/home/me/My image.iso')
  })

  it('writes CDs session-at-once: their last sectors can be read then', () => {
    for (const kind of ['CD-R', 'CD-RW'] as const)
      for (const tool of ['xorriso', 'cdrskin', 'wodim'] as const) expect(text(tool, { medium: { kind } })).toContain(' -sao')
    expect(text('xorriso')).not.toContain('-sao')
  })

  it('has a new BD-RE formatted by cdrskin, which does not do it unasked', () => {
    expect(text('cdrskin', { medium: { kind: 'BD-RE' } })).toContain(' blank=format_if_needed ')
    expect(text('cdrskin')).not.toContain('blank=')
  })

  it('writes sessions track-at-once, on CDs with something behind the data', () => {
    const first = { isAdded: false, leaveOpen: true }
    const last = { isAdded: true, leaveOpen: false }
    expect(text('xorriso', { sessions: first })).toContain(' padsize=0 tsize=6043s -tao -multi ')
    expect(text('cdrskin', { sessions: last })).toContain(' padsize=0 tsize=6043s -tao /home')
    expect(text('wodim', { sessions: first, medium: { kind: 'CD-R' } })).toContain(' padsize=150s tsize=6043s -tao -multi ')
  })

  it('takes a stream, whose size it announces', () => {
    expect(text('xorriso', { imagePath: null, sizeBytes: 4097 })).toMatch(/tsize=3s -$/)
    expect(text('growisofs', { imagePath: null, sizeBytes: 4097 })).toMatch(/tracksize:3 .*-Z \/dev\/sr0=\/dev\/fd\/0$/)
  })

  it('asks for a speed in the way that each program understands', () => {
    const speed = { kilobytesPerSecond: 5540 }
    expect(text('xorriso', speed)).toContain('speed=5540k')
    expect(text('cdrskin', speed)).toContain('speed=5540k')
    expect(text('growisofs', speed)).toContain('-speed=4 ')
    expect(text('growisofs', { kilobytesPerSecond: 17_980, medium: { kind: 'BD-R' } })).toContain('-speed=4 ')
    expect(text('wodim', { kilobytesPerSecond: 1764, medium: { kind: 'CD-R' } })).toContain('speed=10 ')
    expect(text('wodim', { kilobytesPerSecond: 1, medium: { kind: 'CD-R' } })).toContain('speed=1 ')
  })

  it('simulates', () => {
    expect(text('xorriso', { simulate: true })).toContain(' -dummy')
    expect(text('growisofs', { simulate: true })).toContain('tty,dummy')
  })

  it('goes to a virtual disc', () => {
    expect(text('xorriso', { drive: virtual })).toContain('dev=stdio:/home/me/disc.img')
    expect(text('cdrskin', { drive: virtual })).toContain('--allow_emulated_drives')
  })

  it('spares the spare areas of BD-R, without which growisofs can append', () => {
    expect(text('growisofs', { medium: { kind: 'BD-R' } })).toContain('spare:none')
  })
})

describe('erasing', () => {
  const erase = (tool: (typeof linuxTools)[number], isOverwritable: boolean, full: boolean, drive: DriveAddress = device) => {
    const { program, args } = eraseCommand(tool, drive, { isOverwritable }, full)
    return [program, ...args].join(' ')
  }
  it.each([
    ['xorriso', false, false, 'xorriso -abort_on FAILURE -outdev /dev/sr0 -blank as_needed'],
    ['xorriso', false, true, 'xorriso -abort_on FAILURE -outdev /dev/sr0 -blank all'],
    ['xorriso', true, true, 'xorriso -abort_on FAILURE -outdev /dev/sr0 -format full'],
    ['cdrskin', false, false, 'cdrskin -v gracetime=0 dev=/dev/sr0 blank=as_needed'],
    ['cdrskin', false, true, 'cdrskin -v gracetime=0 dev=/dev/sr0 blank=all'],
    ['wodim', false, false, 'wodim -v gracetime=2 dev=/dev/sr0 blank=fast'],
    ['growisofs', false, false, 'dvd+rw-format -blank /dev/sr0'],
    ['growisofs', true, true, 'dvd+rw-format -force=full /dev/sr0'],
  ] as const)('with %s, in place: %s, full: %s', (tool, isOverwritable, full, command) => {
    expect(erase(tool, isOverwritable, full)).toBe(command)
  })

  it('blanks a virtual disc, which can’t be formatted', () => {
    expect(erase('xorriso', true, true, virtual)).toContain('-blank all')
  })
})

it('looks and moves trays', () => {
  expect(mediaCommand(virtual)).toEqual({ program: 'xorriso', args: ['-outdev', 'stdio:/home/me/disc.img', '-toc', '-list_speeds'] })
  expect(trayCommand('xorriso', device, 'eject').args).toEqual(['-as', 'cdrecord', 'dev=/dev/sr0', '-eject'])
  expect(trayCommand('cdrskin', device, 'load')).toEqual({ program: 'cdrskin', args: ['dev=/dev/sr0', '-load'] })
  expect(trayCommand('eject', device, 'eject')).toEqual({ program: 'eject', args: ['/dev/sr0'] })
  expect(trayCommand('eject', device, 'load')).toEqual({ program: 'eject', args: ['-t', '/dev/sr0'] })
})

it('asks where the next session begins', () => {
  expect(nextSessionCommand(device).args).toEqual(['-as', 'cdrecord', 'dev=/dev/sr0', '-msinfo'])
  expect(nextSessionIn('xorriso : NOTE : …\n0,17504\n')).toBe(17_504)
  expect(nextSessionIn('xorriso : FAILURE : -msinfo: Drive or media does not offer appending\n')).toBeNull()
})
