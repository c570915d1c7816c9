/** Which runs of sectors a .dmg is made of: its trailer leads to a property list, and that holds the tables. */
import { MAX_DMG_LIST_BYTES, MAX_DMG_RUNS, MAX_PACKED_IMAGE_BYTES } from '../../../shared/limits.ts'
import type { ByteSource } from '../../bytes/byte-source.ts'
import { readUpTo } from '../../bytes/byte-source.ts'
import { packedDamage, packedRefusal } from '../packed-problem.ts'
import { BlockRun, BlockTableHeader, COMMENT, KOLY, KolyTrailer, MISH, SECTOR_BYTES, TERMINATOR, wide } from './dmg-structures.ts'

export interface DmgRun {
  readonly kind: number
  /** In the image. */
  readonly startBytes: number
  readonly lengthBytes: number
  /** In the file. */
  readonly storedAt: number
  readonly storedBytes: number
}

export interface DmgFacts {
  readonly sizeBytes: number
  /** In the order of the image; none overlaps another. */
  readonly runs: readonly DmgRun[]
}

/** Throws an `image` Problem when trailer, list or tables are damaged, and for one part of several. */
export function readDmgFacts(stored: ByteSource): DmgFacts {
  const trailer = findTrailer(stored)
  if (trailer.segments > 1) {
    const message = `The Mac disk image is one part of ${trailer.segments}, and can’t be read alone.`
    throw packedRefusal('packed-parts', message, 'Put the parts together with “hdiutil convert” on a Mac, and open that.')
  }
  const listBytes = wide(trailer.xmlBytesHigh, trailer.xmlBytesLow)
  if (listBytes === 0)
    throw packedRefusal(
      'packed-version',
      'The Mac disk image is of an old sort, without a property list.',
      'Convert it with “hdiutil convert” on a Mac.',
    )
  if (listBytes > MAX_DMG_LIST_BYTES) throw packedDamage('its property list is longer than can be')
  const list = readUpTo(stored, wide(trailer.xmlOffsetHigh, trailer.xmlOffsetLow), listBytes)
  if (list.length < listBytes) throw packedDamage('its property list leads out of the file')
  const dataAt = wide(trailer.dataOffsetHigh, trailer.dataOffsetLow)
  const runs = blockTables(list.toString('latin1')).flatMap((table) => runsOf(table, dataAt))
  if (runs.length === 0 || runs.length > MAX_DMG_RUNS) throw packedDamage('its tables of blocks are wrong')
  runs.sort((a, b) => a.startBytes - b.startBytes)
  requireApart(runs)
  const last = runs.at(-1) as DmgRun
  const sizeBytes = Math.max(wide(trailer.sectorsHigh, trailer.sectorsLow) * SECTOR_BYTES, last.startBytes + last.lengthBytes)
  if (sizeBytes > MAX_PACKED_IMAGE_BYTES) throw packedDamage(`it claims ${sizeBytes} bytes of content`)
  return { sizeBytes, runs }
}

/** At the end, and in files that were written in one go at the beginning. */
function findTrailer(stored: ByteSource) {
  for (const at of [stored.sizeBytes - KolyTrailer.sizeBytes, 0]) {
    const bytes = readUpTo(stored, at, KolyTrailer.sizeBytes)
    if (bytes.length === KolyTrailer.sizeBytes && bytes.toString('latin1', 0, 4) === KOLY) return KolyTrailer.parse(bytes)
  }
  throw packedDamage('its trailer is missing')
}

/** The `Data` of each entry of `blkx`. The list is written by a program and always in one form. */
function blockTables(list: string): Buffer[] {
  const from = list.indexOf('<key>blkx</key>')
  const to = list.indexOf('</array>', from)
  if (from < 0 || to < 0) throw packedDamage('its property list is wrong')
  const tables: Buffer[] = []
  for (let at = list.indexOf('<data>', from); at >= 0 && at < to; at = list.indexOf('<data>', at + 1)) {
    const end = list.indexOf('</data>', at)
    if (end < 0) throw packedDamage('its property list is wrong')
    const table = Buffer.from(list.slice(at + '<data>'.length, end), 'base64')
    if (table.toString('latin1', 0, 4) === MISH) tables.push(table)
  }
  return tables
}

function runsOf(table: Buffer, dataAt: number): DmgRun[] {
  if (table.length < BlockTableHeader.sizeBytes) throw packedDamage('a table of blocks is cut off')
  const header = BlockTableHeader.parse(table)
  if (header.blocks * BlockRun.sizeBytes > table.length - BlockTableHeader.sizeBytes) throw packedDamage('a table of blocks is cut off')
  const firstSector = wide(header.firstSectorHigh, header.firstSectorLow)
  const tableAt = dataAt + wide(header.dataOffsetHigh, header.dataOffsetLow)
  const runs: DmgRun[] = []
  for (let i = 0; i < header.blocks; i++) {
    const run = BlockRun.parse(table, BlockTableHeader.sizeBytes + i * BlockRun.sizeBytes)
    if (run.kind === TERMINATOR) break
    const lengthBytes = wide(run.sectorsHigh, run.sectorsLow) * SECTOR_BYTES
    if (run.kind === COMMENT || lengthBytes === 0) continue
    runs.push({
      kind: run.kind,
      startBytes: (firstSector + wide(run.sectorHigh, run.sectorLow)) * SECTOR_BYTES,
      lengthBytes,
      storedAt: tableAt + wide(run.offsetHigh, run.offsetLow),
      storedBytes: wide(run.storedHigh, run.storedLow),
    })
  }
  return runs
}

function requireApart(runs: readonly DmgRun[]): void {
  let end = 0
  for (const { startBytes, lengthBytes } of runs) {
    if (startBytes < end || lengthBytes > MAX_PACKED_IMAGE_BYTES) throw packedDamage('its tables of blocks are wrong')
    end = startBytes + lengthBytes
  }
}
