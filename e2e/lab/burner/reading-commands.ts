/** Commands that look at the disc or read it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { byteAt, type Command, wordAt } from './command.ts'
import type { Disc } from './disc.ts'
import { discInformation, formatCapacities, trackInformation } from './disc-reports.ts'
import { discStructure } from './disc-structures.ts'
import type { Drive } from './drive.ts'
import { firstIn } from './drive-control.ts'
import { rawSectors } from './raw-sectors.ts'
import { unreadable, wrongTrackMode } from './sense.ts'
import { tableOfContents } from './table-of-contents.ts'

const DEFAULT_SLOW_MS = 1000
const READ_10 = 0x28

const needsDisc = (name: string): Command => ({
  name,
  run: (drive) => {
    drive.requireDisc()
    return null
  },
})

/** The disc, unless a fault lies in the way; takes the time that it takes. */
async function discToRead(drive: Drive, lba: number, count: number): Promise<Disc> {
  drive.requireDisc()
  const { readErrors = [], slow = [], slowMs = DEFAULT_SLOW_MS } = drive.faults
  await drive.takeTransferTime(count, false)
  if (firstIn(slow, lba, count) !== null) await sleep(slowMs)
  const bad = firstIn(readErrors, lba, count)
  if (bad !== null) throw unreadable(bad)
  return drive.requireDisc()
}

async function read(drive: Drive, cdb: Buffer): Promise<Buffer | null> {
  const lba = cdb.readUInt32BE(2)
  const count = cdb[0] === READ_10 ? cdb.readUInt16BE(7) : cdb.readUInt32BE(6)
  return count === 0 ? null : (await discToRead(drive, lba, count)).read(lba, count)
}

export const readingCommands: readonly (readonly [opcode: number, command: Command])[] = [
  [0x00, needsDisc('TEST UNIT READY')],
  [0x01, needsDisc('REZERO UNIT')],
  [0x2b, needsDisc('SEEK(10)')],
  [0x2f, needsDisc('VERIFY(10)')],
  [0x23, { name: 'READ FORMAT CAPACITIES', allocation: wordAt(7), run: (drive) => formatCapacities(drive.disc) }],
  [
    0x25,
    {
      name: 'READ CAPACITY',
      run: (drive) => {
        const data = Buffer.alloc(8)
        data.writeUInt32BE(Math.max(drive.requireDisc().endBlock - 1, 0), 0)
        data.writeUInt32BE(2048, 4)
        return data
      },
    },
  ],
  [READ_10, { name: 'READ(10)', run: read }],
  [0xa8, { name: 'READ(12)', run: read }],
  [
    0x43,
    {
      name: 'READ TOC/PMA/ATIP',
      allocation: wordAt(7),
      run: (drive, cdb) => {
        // Old programs put the format into the control byte.
        const format = byteAt(2)(cdb) & 0x0f || byteAt(9)(cdb) >> 6
        return tableOfContents(drive.requireDisc(), { format, inTime: (byteAt(1)(cdb) & 2) !== 0, startTrack: byteAt(6)(cdb) })
      },
    },
  ],
  [
    0x44,
    {
      name: 'READ HEADER',
      allocation: wordAt(7),
      run: (drive, cdb) => {
        const lba = cdb.readUInt32BE(2)
        if (drive.requireDisc().trackAt(lba)?.isAudio !== false) throw wrongTrackMode(lba)
        return Buffer.from([1, 0, 0, 0, ...cdb.subarray(2, 6)])
      },
    },
  ],
  [0x51, { name: 'READ DISC INFORMATION', allocation: wordAt(7), run: (drive) => discInformation(drive.requireDisc()) }],
  [
    0x52,
    {
      name: 'READ TRACK INFORMATION',
      allocation: wordAt(7),
      run: (drive, cdb) => trackInformation(drive.requireDisc(), { by: byteAt(1)(cdb) & 3, value: cdb.readUInt32BE(2) }),
    },
  ],
  [0xad, { name: 'READ DISC STRUCTURE', allocation: wordAt(8), run: (drive, cdb) => discStructure(drive.requireDisc(), byteAt(7)(cdb)) }],
  [
    0xbe,
    {
      name: 'READ CD',
      run: async (drive, cdb) => {
        const lba = cdb.readInt32BE(2)
        const count = cdb.readUIntBE(6, 3)
        return count === 0 ? null : rawSectors(await discToRead(drive, lba, count), lba, count, cdb)
      },
    },
  ],
]
