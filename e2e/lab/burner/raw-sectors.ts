/** READ CD: the fields of sectors that are asked for (MMC-6, 6.21). Subchannels are zeros. */
import { mode1Sector } from '../../../main/containers/whole-sectors.ts'
import { timeOf } from './cd-time.ts'
import type { Disc } from './disc.ts'
import { DATA_BYTES } from './disc-store.ts'
import { wrongTrackMode } from './sense.ts'

const SYNC = Buffer.from([0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0])
/** Where detection and correction of errors begin in a raw sector (ECMA-130 14.3). */
const CORRECTION_AT = 2064
/** Byte 9 of the command. */
const fields = { sync: 0x80, header: 0x20, data: 0x10, correction: 0x08, main: 0xf8 } as const
const AUDIO_EXPECTED = 1

export function rawSectors(disc: Disc, lba: number, count: number, cdb: Buffer): Buffer {
  const flags = cdb[9] as number
  if (!disc.type.isCd) {
    if ((flags & fields.main) !== fields.data) throw wrongTrackMode(lba)
    return disc.read(lba, count)
  }
  disc.requireReadable(lba, count)
  const stored = disc.store.read(lba, count)
  const expected = ((cdb[1] as number) >> 2) & 7
  const extra = Buffer.alloc(errorBytes(flags) + subchannelBytes((cdb[10] as number) & 7))
  const parts: Buffer[] = []
  for (let n = 0; n < count; n++) {
    const isAudio = disc.trackAt(lba + n)?.isAudio === true
    if ((expected === AUDIO_EXPECTED && !isAudio) || (expected > AUDIO_EXPECTED && isAudio)) throw wrongTrackMode(lba + n)
    const sector = stored.subarray(n * disc.store.sectorBytes, (n + 1) * disc.store.sectorBytes)
    if (!isAudio) parts.push(...dataFields(sector, lba + n, flags))
    else if ((flags & fields.main) !== 0) parts.push(sector)
    parts.push(extra)
  }
  return Buffer.concat(parts)
}

function dataFields(sector: Buffer, lba: number, flags: number): Buffer[] {
  const parts: Buffer[] = []
  if (flags & fields.sync) parts.push(SYNC)
  if (flags & fields.header) parts.push(Buffer.from([...timeOf(lba).map(bcd), 1]))
  if (flags & fields.data) parts.push(sector.subarray(0, DATA_BYTES))
  if (flags & fields.correction) parts.push(mode1Sector(sector.subarray(0, DATA_BYTES), lba).subarray(CORRECTION_AT))
  return parts
}

const bcd = (value: number): number => Math.floor(value / 10) * 16 + (value % 10)
const errorBytes = (flags: number): number => [0, 294, 296, 0][(flags >> 1) & 3] as number
const subchannelBytes = (wanted: number): number => (wanted === 0 ? 0 : wanted === 2 ? 16 : 96)
