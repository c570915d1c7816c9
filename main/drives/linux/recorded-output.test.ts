import { describe, expect, it } from 'vitest'
import type { BurnEvent } from '../burn-event.ts'
import { LineSplitter } from '../line-splitter.ts'
import type { LinuxTool } from './linux-tool.ts'
import { progressOf } from './progress-lines.ts'
import { recording } from './testing/recording.ts'
import { senseIn, toolFailure } from './tool-failure.ts'
import { parseUdevDrive } from './udev-facts.ts'
import { parseXorrisoMedia } from './xorriso-media.ts'

const SECTOR = 2048
const MIB = 1024 * 1024

describe('what xorriso tells of a disc', () => {
  it('a blank DVD+R', () => {
    expect(parseXorrisoMedia(recording('xorriso-blank-dvd-plus-r'))).toEqual({
      vendor: 'LABCORP',
      model: 'DVDWRITER',
      revision: '0010',
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
        writeSpeeds: [],
      },
    })
  })

  it('a CD-R with two sessions', () => {
    expect(parseXorrisoMedia(recording('xorriso-cd-r-two-sessions'))?.medium).toMatchObject({
      kind: 'CD-R',
      state: 'appendable',
      isRewritable: false,
      sessions: [
        { number: 1, startSector: 0, sectorCount: 6043, label: 'AAA' },
        { number: 2, startSector: 17_445, sectorCount: 2649, label: 'S2' },
      ],
      readableBytes: 20_246 * SECTOR,
      freeBytes: 332_703 * SECTOR,
      label: 'S2',
    })
  })

  it('a closed CD-R, a formatted DVD-RW, a virtual disc', () => {
    expect(parseXorrisoMedia(recording('xorriso-closed-cd-r'))?.medium).toMatchObject({ state: 'closed', freeBytes: 0 })
    const virtual = { kind: 'virtual disc', isRewritable: true, isOverwritable: true }
    expect(parseXorrisoMedia(recording('xorriso-virtual-blank'))?.medium).toMatchObject({ ...virtual, state: 'blank' })
    expect(parseXorrisoMedia(recording('xorriso-virtual-two-sessions'))?.medium).toMatchObject({
      ...virtual,
      state: 'appendable',
      label: 'S2',
    })
    const formatted = `${recording('xorriso-blank-and-format')}Drive type   : vendor 'V' product 'P' revision '1'\n`
    expect(parseXorrisoMedia(formatted)?.medium).toMatchObject({ kind: 'DVD-RW', isOverwritable: true, state: 'blank' })
  })

  it('speeds, in the form of its manual and source', () => {
    const speeds =
      'Write speed  :  8467k , 48.0xC\nWrite speed  :   706k ,  4.0xC\nWrite speed L:   706k ,  4.0xC\nWrite speed H:  8467k , 48.0xC\n'
    expect(parseXorrisoMedia(recording('xorriso-closed-cd-r') + speeds)?.medium?.writeSpeeds).toEqual([
      { kilobytesPerSecond: 8467, times: '48x' },
      { kilobytesPerSecond: 706, times: '4x' },
    ])
  })

  it('an empty drive, and none at all', () => {
    const empty =
      "Drive type   : vendor 'V' product 'P' revision '1'\nMedia current: is not recognizable\nMedia status : is not recognizable\n"
    expect(parseXorrisoMedia(empty)).toEqual({ vendor: 'V', model: 'P', revision: '1', medium: null })
    expect(parseXorrisoMedia(recording('xorriso-no-drive'))).toBeNull()
  })
})

describe('what udev noted', () => {
  it('of a blank DVD+R', () => {
    expect(parseUdevDrive(recording('udev-blank-dvd-plus-r'), 0)).toMatchObject({
      vendor: 'LABCORP',
      model: 'DVDWRITER',
      revision: '0010',
      medium: { kind: 'DVD+R', state: 'blank', isRewritable: false, readableBytes: 0 },
    })
  })

  it('of a blank DVD-R DL', () => {
    expect(parseUdevDrive(recording('udev-blank-dvd-r-dl'), 0)).toMatchObject({
      model: 'VIRTUAL BURNER',
      medium: { kind: 'DVD-R DL', state: 'blank', capacityBytes: 8_543_666_176 },
    })
  })

  it('of a pressed CD', () => {
    expect(parseUdevDrive(recording('udev-cd-rom'), 12_963_840)).toMatchObject({
      model: 'LAB-DVD',
      medium: { kind: 'CD-ROM', state: 'closed', label: 'LAB_DISC', readableBytes: 12_963_840 },
    })
  })

  it('of an empty drive', () => {
    expect(parseUdevDrive('E:ID_CDROM=1\nE:ID_MODEL=DVD_RW\n', 0)).toMatchObject({ model: 'DVD RW', medium: null })
  })
})

function eventsOf(tool: LinuxTool, name: string): BurnEvent[] {
  const events: BurnEvent[] = []
  const splitter = new LineSplitter((line) => {
    const event = progressOf(tool, line)
    if (event !== null) events.push(event)
  })
  // In odd pieces, as a pipe gives them.
  for (const piece of recording(name).match(/[\s\S]{1,17}/g) ?? []) splitter.feed(piece)
  splitter.end()
  return events
}
const phasesOf = (events: readonly BurnEvent[]) => events.map(({ phase }) => phase).filter((phase, i, all) => phase !== all[i - 1])
const writtenOf = (events: readonly BurnEvent[]) => events.flatMap(({ doneBytes }) => (doneBytes === null ? [] : [doneBytes]))

describe('the progress of a burn', () => {
  it.each<[LinuxTool, string, string[], number]>([
    ['xorriso', 'xorriso-burn', ['prepare', 'write', 'close'], 148 * MIB],
    ['xorriso', 'xorriso-virtual-burn', ['prepare', 'write'], 112 * MIB],
    ['cdrskin', 'cdrskin-burn', ['prepare', 'write'], 144 * MIB],
    ['growisofs', 'growisofs-burn', ['prepare', 'write', 'close'], 127_205_376],
    ['wodim', 'wodim-burn', ['prepare', 'write', 'close'], 11 * MIB],
  ])('by %s: %s', (tool, name, phases, last) => {
    const events = eventsOf(tool, name)
    expect(phasesOf(events)).toEqual(phases)
    const written = writtenOf(events)
    expect(written.at(-1)).toBe(last)
    expect(written).toEqual([...written].sort((a, b) => a - b))
    expect(written.length).toBeGreaterThan(1)
  })

  it('has the buffers', () => {
    expect(eventsOf('xorriso', 'xorriso-burn').at(-2)).toMatchObject({ fifoPercent: 50, bufferPercent: 50 })
    expect(eventsOf('growisofs', 'growisofs-burn').find(({ doneBytes }) => doneBytes === 127_205_376)).toMatchObject({
      fifoPercent: 90.8,
      bufferPercent: 50,
    })
    expect(eventsOf('wodim', 'wodim-burn').at(-2)).toMatchObject({ fifoPercent: 100, bufferPercent: 93 })
  })

  it('without an announced total', () => {
    expect(progressOf('xorriso', 'xorriso : UPDATE :    7 MB written (fifo 98%) [buf  50%]')).toMatchObject({ doneBytes: 7 * MIB })
    expect(progressOf('cdrskin', 'Track 01:    1 MB written (fifo 100%)')).toMatchObject({ doneBytes: MIB, fifoPercent: 100 })
  })
})

describe('the progress of erasing', () => {
  const perMille = (tool: LinuxTool, name: string) =>
    eventsOf(tool, name).flatMap(({ phase, fraction }) =>
      phase !== 'erase' ? [] : [fraction === null ? null : Math.round(fraction * 1000)],
    )

  it('in parts where the program says', () => {
    expect(perMille('xorriso', 'formatting-slowly')).toEqual([10, 174, 338, 502, 665, 829, 829])
    expect(perMille('growisofs', 'formatting-slowly')).toEqual([null, 0, 167, 334, 501, 668, 835])
    expect(perMille('cdrskin', 'closing-and-blanking-slowly')).toEqual([10, 207, 403, 600, 796, null])
  })

  it('as a phase where it does not', () => {
    expect(phasesOf(eventsOf('xorriso', 'xorriso-blank-and-format'))).toEqual(['erase'])
    expect(phasesOf(eventsOf('cdrskin', 'cdrskin-blank'))).toContain('erase')
    expect(phasesOf(eventsOf('wodim', 'wodim-blank'))).toContain('erase')
  })
})

describe('why a burn failed', () => {
  it.each([
    ['xorriso-write-error', 'write-error'],
    ['cdrskin-write-error', 'write-error'],
    ['growisofs-write-error', 'write-error'],
    ['wodim-write-error', 'write-error'],
    ['xorriso-removed', 'medium-removed'],
    ['cdrskin-removed', 'medium-removed'],
    ['growisofs-removed', 'medium-removed'],
    ['wodim-removed', 'medium-removed'],
    ['cdrskin-power-calibration', 'power-calibration'],
    ['growisofs-power-calibration', 'power-calibration'],
    ['wodim-power-calibration', 'power-calibration'],
    ['xorriso-close-fails', 'closing-failed'],
    ['growisofs-close-fails', 'closing-failed'],
    ['xorriso-virtual-too-small', 'disc-too-small'],
    ['xorriso-virtual-full', 'no-space'],
    ['xorriso-no-drive', 'no-drive'],
  ])('%s: %s', (name, code) => {
    const { report } = toolFailure(name.split('-')[0] as string, recording(name), 'exit code 5')
    expect(report.code).toBe(code)
    expect(report.technical).toMatch(/ended with exit code 5: \S/)
  })

  it.each([
    ['libburn : FATAL : SCSI error on write(1,16): [4 09 01] Drive error. Tracking servo failure.', 'drive-hardware'],
    ['xorriso : FAILURE : Closed media with data detected. Need blank or appendable media.', 'disc-closed'],
    [':-( /dev/sr0: 4096 blocks are free, 6043 to be written!', 'disc-too-small'],
    ['FATAL: /dev/sr0 already carries isofs!', 'disc-closed'],
    [':-[ WRITE@LBA=0h failed with SK=7h/WRITE PROTECTED]: Operation not permitted', 'disc-closed'],
    [':-[ WRITE@LBA=0h failed with SK=5h/ASC=30h/ACQ=05h]: Input/output error', 'wrong-medium'],
    ['wodim: Data does not fit on current disk.', 'disc-too-small'],
    ['libburn : SORRY : Cannot open busy device : Device or resource busy', 'drive-busy'],
    ["xorriso : FAILURE : Drive address '/dev/sr9' rejected because: not existing and -drive_class 'caution' '/dev'", 'no-drive'],
    ['something new', 'burning-failed'],
  ])('%s: %s', (text, code) => {
    expect(toolFailure('x', text, 'exit code 1').report.code).toBe(code)
  })

  it('believes what the drive said', () => {
    expect(senseIn(recording('xorriso-write-error'))).toEqual({ key: 3, code: 0x0c, qualifier: 0 })
    expect(senseIn(recording('wodim-removed'))).toEqual({ key: 2, code: 0x3a, qualifier: 2 })
    expect(senseIn('all is well')).toBeNull()
  })
})
