/** Commands that write, close, blank and format. */
import { byteAt, type Command, wordAt } from './command.ts'
import { parseCueSheet } from './cue-sheet.ts'
import { profiles } from './disc-kinds.ts'
import { DATA_BYTES, RAW_BYTES } from './disc-store.ts'
import type { Drive } from './drive.ts'
import { writeTypes } from './mode-pages.ts'
import { calibrationFailed, closingFailed, invalidField, invalidParameter, Sense, unknownCommand } from './sense.ts'

/** Sizes in which a sector may come, with or without headers. */
const SECTOR_SIZES = [RAW_BYTES, 2336, 2056, DATA_BYTES]
const WRITE_ERROR = '03/0c/00'
/** Qualifiers of “not ready”. */
const LONG_WRITE = 7
const FORMATTING = 4
/** Kinds on which a whole session is reserved at once. */
const RESERVED_AT_ONCE: readonly number[] = [profiles.dvdR, profiles.dvdRw, profiles.dvdRDual]

async function write(drive: Drive, cdb: Buffer, data: Buffer | null): Promise<null> {
  const lba = cdb.readInt32BE(2)
  const count = cdb[0] === 0xaa ? cdb.readUInt32BE(6) : cdb.readUInt16BE(7)
  if (count === 0) return null
  drive.requireDisc()
  await drive.takeTransferTime(count, true)
  meetFaults(drive, lba, count)
  const disc = drive.requireDisc()
  const sectorBytes = SECTOR_SIZES.find((size) => data?.length === count * size)
  if (data === null || sectorBytes === undefined) throw invalidField()
  // Drives don't practise on discs that are written in place, nor on DVD+R and BD-R.
  const simulate = disc.isSequential && disc.profile !== profiles.bdR && !disc.kind.startsWith('dvd+') && drive.simulates
  if (simulate) drive.beginSimulation()
  disc.write(lba, count, data, { simulate, isAudio: disc.type.isCd === true && sectorBytes === RAW_BYTES })
  return null
}

function meetFaults(drive: Drive, lba: number, count: number): void {
  const { removeAt, writeErrorAt, writeErrorSense = WRITE_ERROR, opc } = drive.faults
  if (removeAt !== undefined && lba + count > removeAt) {
    drive.faults = { ...drive.faults, removeAt: Number.POSITIVE_INFINITY }
    drive.pullOut(true)
  }
  drive.requireDisc()
  // A drive that was not asked to calibrate does so at the first write.
  if (opc) throw calibrationFailed()
  if (writeErrorAt !== undefined && lba + count > writeErrorAt) throw Sense.parse(writeErrorSense, Math.max(lba, writeErrorAt))
}

async function close(drive: Drive, cdb: Buffer): Promise<null> {
  const disc = drive.requireDisc()
  if (drive.isSimulating) {
    drive.endSimulation()
    return null
  }
  if (drive.faults.close) throw closingFailed()
  const what = byteAt(2)(cdb) & 7
  if (what === 0) return null
  await drive.takeTime((byteAt(1)(cdb) & 1) !== 0, LONG_WRITE)
  if (what === 1) disc.closeTrack(cdb.readUInt16BE(4) || null)
  else {
    // DVD+R and BD-R are told in the command which session is the last; other kinds in the write parameters.
    const isTold = disc.kind.startsWith('dvd+') || disc.profile === profiles.bdR
    disc.closeSession(isTold ? what >= 5 : drive.finalizes)
  }
  return null
}

export const writingCommands: readonly (readonly [opcode: number, command: Command])[] = [
  [0x2a, { name: 'WRITE(10)', run: write }],
  [0x2e, { name: 'WRITE AND VERIFY(10)', run: write }],
  [0xaa, { name: 'WRITE(12)', run: write }],
  [
    0x35,
    {
      name: 'SYNCHRONIZE CACHE',
      run: (drive) => {
        const disc = drive.requireDisc()
        if (drive.isSimulating) {
          if (disc.layout !== null || drive.writeType === writeTypes.sessionAtOnce) drive.endSimulation()
        } else {
          // A track at once ends where its data stop.
          if (disc.type.isCd && drive.writeType === writeTypes.trackAtOnce) disc.closeTrack(null)
          disc.synchronize(drive.finalizes)
        }
        return null
      },
    },
  ],
  [
    0x53,
    {
      name: 'RESERVE TRACK',
      run: (drive, cdb) => {
        const disc = drive.requireDisc()
        if (drive.simulates) drive.beginSimulation()
        const isWhole = drive.writeType === writeTypes.sessionAtOnce && RESERVED_AT_ONCE.includes(disc.profile)
        disc.reserve(cdb.readUInt32BE(5), isWhole)
        return null
      },
    },
  ],
  [
    0x54,
    {
      name: 'SEND OPC INFORMATION',
      run: (drive) => {
        drive.requireDisc()
        if (drive.faults.opc) throw calibrationFailed()
        return null
      },
    },
  ],
  [0x5b, { name: 'CLOSE TRACK/SESSION', run: close }],
  [
    0x5c,
    {
      name: 'READ BUFFER CAPACITY',
      allocation: wordAt(7),
      // One sixteenth is free: a drive that is kept busy.
      run: (drive) => {
        const data = Buffer.alloc(12)
        data[1] = 10
        data.writeUInt32BE(drive.bufferBytes, 4)
        data.writeUInt32BE(drive.bufferBytes >> 4, 8)
        return data
      },
    },
  ],
  [
    0x5d,
    {
      name: 'SEND CUE SHEET',
      run: (drive, _cdb, data) => {
        const disc = drive.requireDisc()
        if (!disc.type.isCd) throw unknownCommand()
        if (data === null) throw invalidParameter()
        if (drive.simulates) drive.beginSimulation()
        disc.layOut(parseCueSheet(data))
        return null
      },
    },
  ],
  [
    0xa1,
    {
      name: 'BLANK',
      run: async (drive, cdb) => {
        const disc = drive.requireDisc()
        drive.keepSimulation()
        disc.blank()
        await drive.takeTime((byteAt(1)(cdb) & 0x10) !== 0, LONG_WRITE)
        return null
      },
    },
  ],
  [
    0x04,
    {
      name: 'FORMAT UNIT',
      run: async (drive, _cdb, data) => {
        const disc = drive.requireDisc()
        if (data === null || data.length < 12) throw invalidParameter()
        disc.format((data[8] ?? 0) >> 2, data.readUInt32BE(4))
        await drive.takeTime(((data[1] ?? 0) & 2) !== 0, FORMATTING)
        return null
      },
    },
  ],
]
