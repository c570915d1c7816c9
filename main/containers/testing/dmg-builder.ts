/** Puts .dmg files together field by field: no tool here writes them. */
import { execFileSync } from 'node:child_process'
import { crc32, deflateSync } from 'node:zlib'
import {
  ADC,
  BlockRun,
  BlockTableHeader,
  BZIP2,
  KOLY,
  KolyTrailer,
  LZFSE,
  MISH,
  SECTOR_BYTES,
  STORED,
  TERMINATOR,
  UNUSED,
  XZ,
  ZEROS,
  ZLIB,
} from '../dmg/dmg-structures.ts'
import { packLzfse } from './lzfse-encoder.ts'

const RUN_BYTES = 128 * 1024

export const dmgPackers: Readonly<Record<string, { readonly kind: number; readonly pack: (bytes: Buffer) => Buffer }>> = {
  stored: { kind: STORED, pack: (bytes) => bytes },
  zlib: { kind: ZLIB, pack: (bytes) => deflateSync(bytes) },
  bzip2: { kind: BZIP2, pack: (bytes) => execFileSync('bzip2', ['-c'], { input: bytes }) },
  xz: { kind: XZ, pack: (bytes) => execFileSync('xz', ['-c'], { input: bytes }) },
  adc: { kind: ADC, pack: packAdc },
  lzfse: { kind: LZFSE, pack: packLzfse },
}

/** Literals, runs of one byte, and copies of what stands 1000 bytes before. */
function packAdc(bytes: Buffer): Buffer {
  const out: Buffer[] = []
  for (let at = 0; at < bytes.length; ) {
    const match = [1, 1000, 5000]
      .map((distance) => ({ distance, length: matchLength(bytes, at, distance) }))
      .find(({ length }) => length >= 4)
    if (match === undefined) {
      let count = 1
      while (count < 128 && at + count < bytes.length && ![1, 1000, 5000].some((distance) => matchLength(bytes, at + count, distance) >= 4))
        count++
      out.push(Buffer.of(0x80 | (count - 1)), bytes.subarray(at, at + count))
      at += count
    } else {
      const back = match.distance - 1
      const isShort = back < 1024 && match.length <= 18
      out.push(
        isShort
          ? Buffer.of(((match.length - 3) << 2) | (back >> 8), back & 255)
          : Buffer.of(0x40 | (match.length - 4), back >> 8, back & 255),
      )
      at += match.length
    }
  }
  return Buffer.concat(out)
}

function matchLength(bytes: Buffer, at: number, distance: number): number {
  let length = 0
  if (distance <= at) while (length < 67 && at + length < bytes.length && bytes[at + length] === bytes[at + length - distance]) length++
  return length
}

/** Runs of one kind, but zeros that are not stored; in two tables, as hdiutil writes one for each partition. */
export function buildDmg(disk: Buffer, packer: keyof typeof dmgPackers): Buffer {
  const { kind, pack } = dmgPackers[packer] as (typeof dmgPackers)[string]
  const data: Buffer[] = []
  let dataBytes = 0
  const cut = Math.floor(disk.length / RUN_BYTES / 2) * RUN_BYTES
  const tables = [disk.subarray(0, cut), disk.subarray(cut)].map((part, partIndex) => {
    const runs: Uint8Array[] = []
    let sum = 0
    for (let at = 0; at < part.length; at += RUN_BYTES) {
      const bytes = part.subarray(at, at + RUN_BYTES)
      const isZero = bytes.every((byte) => byte === 0)
      const stored = isZero ? Buffer.alloc(0) : pack(bytes)
      const zeroKind = at % (2 * RUN_BYTES) === 0 ? ZEROS : UNUSED
      runs.push(run(isZero ? zeroKind : kind, at / SECTOR_BYTES, bytes.length / SECTOR_BYTES, dataBytes, stored.length))
      data.push(stored)
      // What is unused takes no part in the sum.
      if (!isZero || zeroKind === ZEROS) sum = crc32(bytes, sum)
      dataBytes += stored.length
    }
    runs.push(run(TERMINATOR, part.length / SECTOR_BYTES, 0, dataBytes, 0))
    return blockTable(partIndex * (cut / SECTOR_BYTES), part.length / SECTOR_BYTES, sum, runs)
  })
  const list = Buffer.from(propertyList(tables))
  return Buffer.concat([...data, list, trailer(dataBytes, list.length, disk.length / SECTOR_BYTES)])
}

function run(kind: number, sector: number, sectors: number, offset: number, storedBytes: number): Uint8Array {
  const low = { sectorLow: sector, sectorsLow: sectors, offsetLow: offset, storedLow: storedBytes }
  return BlockRun.serialise({ kind, comment: 0, sectorHigh: 0, sectorsHigh: 0, offsetHigh: 0, storedHigh: 0, ...low })
}

function blockTable(firstSector: number, sectors: number, sum: number, runs: readonly Uint8Array[]): Buffer {
  const checksum = Buffer.alloc(128)
  checksum.writeUInt32BE(sum >>> 0)
  const header = BlockTableHeader.serialise({
    signature: Buffer.from(MISH),
    version: 1,
    firstSectorHigh: 0,
    firstSectorLow: firstSector,
    sectorsHigh: 0,
    sectorsLow: sectors,
    dataOffsetHigh: 0,
    dataOffsetLow: 0,
    buffersNeeded: RUN_BYTES / SECTOR_BYTES,
    descriptor: 0,
    checksumType: 2,
    checksumBits: 32,
    checksum,
    blocks: runs.length,
  })
  return Buffer.concat([header, ...runs])
}

function propertyList(tables: readonly Buffer[]): string {
  const entries = tables.map(
    (table, i) =>
      `<dict><key>Attributes</key><string>0x0050</string><key>CFName</key><string>part ${i}</string><key>Data</key><data>\n${table.toString('base64')}\n</data><key>ID</key><string>${i}</string><key>Name</key><string>part ${i}</string></dict>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0"><dict><key>resource-fork</key><dict><key>blkx</key><array>${entries.join('')}</array></dict></dict></plist>\n`
}

function trailer(dataBytes: number, listBytes: number, sectors: number): Uint8Array {
  return KolyTrailer.serialise({
    signature: Buffer.from(KOLY),
    version: 4,
    headerBytes: KolyTrailer.sizeBytes,
    flags: 1,
    dataOffsetHigh: 0,
    dataOffsetLow: 0,
    dataBytesHigh: 0,
    dataBytesLow: dataBytes,
    segment: 1,
    segments: 1,
    dataChecksum: Buffer.alloc(136),
    xmlOffsetHigh: 0,
    xmlOffsetLow: dataBytes,
    xmlBytesHigh: 0,
    xmlBytesLow: listBytes,
    masterChecksum: Buffer.alloc(136),
    variant: 1,
    sectorsHigh: 0,
    sectorsLow: sectors,
  })
}
