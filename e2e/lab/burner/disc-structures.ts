/** READ DISC STRUCTURE: what is pressed into a DVD or Blu-ray disc (MMC-6, 6.24). */
import { be16, be32, zeros } from './bytes.ts'
import type { Disc } from './disc.ts'
import { profiles } from './disc-kinds.ts'
import { invalidField, wrongMedium } from './sense.ts'

/** Where the data of a DVD begins, in the numbers of its physical sectors. */
const DVD_FIRST_SECTOR = 0x3_0000
const MAKER = 'VBURN'
const MAKER_ON_PLUS = 'VBURN\0\0\0D01'

const formats = { physical: 0x00, prerecorded: 0x0e, lastBorderOut: 0x10, adip: 0x11, layerCapacity: 0x20, writeProtection: 0xc0 } as const

export function discStructure(disc: Disc, format: number): Buffer {
  if (format >= 0xff) return reply([0x00, 0x40, ...be16(2052), 0x0e, 0x40, ...be16(40), 0xc0, 0x40, ...be16(8)])
  if (format === formats.writeProtection) return reply(zeros(4))
  if (disc.type.isCd) throw wrongMedium(2)
  const structure = disc.profile >= profiles.bdRom ? bluRayStructure(disc, format) : dvdStructure(disc, format)
  if (structure === null) throw invalidField()
  return reply(structure)
}

const reply = (body: Iterable<number>): Buffer => {
  const bytes = [...body]
  return Buffer.from([...be16(bytes.length + 2), 0, 0, ...bytes])
}

/** One unit of disc information. */
function bluRayStructure(disc: Disc, format: number): Buffer | null {
  if (format !== formats.physical) return null
  const unit = Buffer.alloc(4096)
  unit.write('DI', 0)
  unit[2] = 1
  unit.write(disc.kind === 'bd-r' ? 'BDR' : 'BDW', 8)
  unit.write(MAKER, 100)
  unit.write('D01', 106)
  return unit
}

function dvdStructure(disc: Disc, format: number): Buffer | null {
  const isPlus = disc.kind.startsWith('dvd+')
  if (format === formats.physical || (format === formats.lastBorderOut && disc.kind.startsWith('dvd-r')))
    return physicalFormat(disc, isPlus)
  if (format === formats.prerecorded && !isPlus) return filled(40, ['VBURN1', 17], ['VBURN2', 25])
  if (format === formats.adip && isPlus) {
    const adip = filled(256, [MAKER_ON_PLUS, 19])
    adip[0] = disc.type.book ?? 0
    return adip
  }
  if (format === formats.layerCapacity && disc.type.layers === 2) return Buffer.from([0x80, 0, 0, 0, ...be32(disc.blocks / 2)])
  return null
}

function physicalFormat(disc: Disc, isPlus: boolean): Buffer {
  const body = isPlus ? filled(2048, [MAKER_ON_PLUS, 19]) : Buffer.alloc(2048)
  const isDual = disc.type.layers === 2
  const blocks = disc.isSequential ? disc.endBlock || disc.blocks : disc.blocks
  const lastSector = DVD_FIRST_SECTOR + blocks - 1
  const lastOfFirstLayer = isDual ? DVD_FIRST_SECTOR + disc.blocks / 2 - 1 : 0
  body.set([disc.type.book ?? 0, 0x0f, (isDual ? 0x20 : 0) | 0x02, 0])
  body.set([...be32(DVD_FIRST_SECTOR), ...be32(lastSector), ...be32(lastOfFirstLayer)], 4)
  return body
}

function filled(length: number, ...texts: [text: string, at: number][]): Buffer {
  const bytes = Buffer.alloc(length)
  for (const [text, at] of texts) bytes.write(text, at, 'latin1')
  return bytes
}
