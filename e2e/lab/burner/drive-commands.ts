/** Commands about the drive itself: who it is, what it can, its tray, its modes and speeds. */
import { zeros } from './bytes.ts'
import { byteAt, type Command, wordAt } from './command.ts'
import { configuration } from './features.ts'
import { inquiry } from './inquiry.ts'
import { modeSense, WRITE_PARAMETERS_PAGE } from './mode-pages.ts'
import { ejectFailed, invalidField, noSense, removalPrevented } from './sense.ts'
import { performance } from './speeds.ts'

const EVENT_CLASS_MEDIA = 0x10

const nothing = (name: string): Command => ({ name, run: () => null })

function takeModePages(writeParameters: Buffer, pages: Buffer): void {
  if (((pages[0] ?? 0) & 0x3f) === WRITE_PARAMETERS_PAGE) pages.copy(writeParameters, 2, 2, Math.min(pages.length, writeParameters.length))
}

export const driveCommands: readonly (readonly [opcode: number, command: Command])[] = [
  [
    0x03,
    {
      name: 'REQUEST SENSE',
      isAlwaysAnswered: true,
      allocation: byteAt(4),
      run: (drive) => {
        const sense = drive.busySense ?? drive.lastSense
        drive.lastSense = noSense()
        return sense.bytes
      },
    },
  ],
  [
    0x12,
    {
      name: 'INQUIRY',
      isAlwaysAnswered: true,
      allocation: wordAt(3),
      run: (drive, cdb) => inquiry(drive.identity, byteAt(1)(cdb) & 1 ? byteAt(2)(cdb) : null),
    },
  ],
  [
    0x15,
    {
      name: 'MODE SELECT(6)',
      run: (drive, _cdb, data) => {
        if (data !== null) takeModePages(drive.writeParameters, data.subarray(4 + (data[3] ?? 0)))
        return null
      },
    },
  ],
  [
    0x55,
    {
      name: 'MODE SELECT(10)',
      run: (drive, _cdb, data) => {
        if (data !== null && data.length > 8) takeModePages(drive.writeParameters, data.subarray(8 + data.readUInt16BE(6)))
        return null
      },
    },
  ],
  [
    0x1a,
    {
      name: 'MODE SENSE(6)',
      allocation: byteAt(4),
      run: (drive, cdb) => modeSense(drive, { page: byteAt(2)(cdb) & 0x3f, asksChangeable: byteAt(2)(cdb) >> 6 === 1, isLong: false }),
    },
  ],
  [
    0x5a,
    {
      name: 'MODE SENSE(10)',
      allocation: wordAt(7),
      run: (drive, cdb) => modeSense(drive, { page: byteAt(2)(cdb) & 0x3f, asksChangeable: byteAt(2)(cdb) >> 6 === 1, isLong: true }),
    },
  ],
  [
    0x1b,
    {
      name: 'START STOP UNIT',
      run: (drive, cdb) => {
        const action = byteAt(4)(cdb)
        if ((action & 0xf0) !== 0 || (action & 2) === 0) return null
        if (action & 1) drive.load()
        else if (drive.isLocked) throw removalPrevented()
        else if (drive.faults.stuck) throw ejectFailed()
        else drive.open()
        return null
      },
    },
  ],
  [
    0x1e,
    {
      name: 'PREVENT ALLOW MEDIUM REMOVAL',
      run: (drive, cdb) => {
        drive.lock((byteAt(4)(cdb) & 1) !== 0)
        return null
      },
    },
  ],
  [
    0x46,
    {
      name: 'GET CONFIGURATION',
      isAlwaysAnswered: true,
      allocation: wordAt(7),
      run: (drive, cdb) => configuration(drive.disc, drive.identity.serial, { asked: byteAt(1)(cdb) & 3, startCode: cdb.readUInt16BE(2) }),
    },
  ],
  [
    0x4a,
    {
      name: 'GET EVENT STATUS NOTIFICATION',
      isAlwaysAnswered: true,
      allocation: wordAt(7),
      run: (drive, cdb) => {
        const isPolled = (byteAt(1)(cdb) & 1) !== 0
        if (!isPolled) throw invalidField()
        if ((byteAt(4)(cdb) & EVENT_CLASS_MEDIA) === 0) return Buffer.from([0, 2, 0x80, EVENT_CLASS_MEDIA])
        const state = (drive.trayIsOpen ? 1 : 0) | (drive.disc === null ? 0 : 2)
        return Buffer.from([0, 6, 4, EVENT_CLASS_MEDIA, drive.takeEvent(), state, 0, 0])
      },
    },
  ],
  [
    0xa0,
    {
      name: 'REPORT LUNS',
      isAlwaysAnswered: true,
      allocation: (cdb) => cdb.readUInt32BE(6),
      // Logical unit 1: some initiators keep 0 for themselves.
      run: () => Buffer.from([0, 0, 0, 8, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]),
    },
  ],
  [0xa7, nothing('SET READ AHEAD')],
  [
    0xac,
    {
      name: 'GET PERFORMANCE',
      run: (drive, cdb) => {
        const { readSpeeds, writeSpeeds, writeSpeed, disc } = drive
        const flags = byteAt(1)(cdb)
        return performance(
          { readSpeeds, writeSpeeds, writeSpeed, blocks: disc?.blocks ?? 1 },
          {
            type: byteAt(10)(cdb),
            asksWriting: (flags & 4) !== 0,
            asksExceptions: (flags & 3) !== 0,
            mostRows: cdb.readUInt16BE(8),
          },
        )
      },
    },
  ],
  [
    0xb6,
    {
      name: 'SET STREAMING',
      run: (drive, _cdb, data) => {
        const isReset = data !== null && ((data[0] ?? 0) & 4) !== 0
        if (data === null || data.length < 28 || isReset) return null
        const perMilliseconds = data.readUInt32BE(24)
        drive.chooseSpeed(Math.round(data.readUInt32BE(20) / (perMilliseconds / 1000 || 1)))
        return null
      },
    },
  ],
  [
    0xbb,
    {
      name: 'SET CD SPEED',
      run: (drive, cdb) => {
        drive.chooseSpeed(cdb.readUInt16BE(4))
        return null
      },
    },
  ],
  [
    0xbd,
    {
      name: 'MECHANISM STATUS',
      allocation: wordAt(8),
      run: (drive) => Buffer.from([0, drive.trayIsOpen ? 0x10 : 0, ...zeros(6)]),
    },
  ],
]
