/** Boot files that no firmware would start, but that look like real ones to everything that only reads. */
import { FatBootSector } from '../fat-boot-sector.ts'
import { MasterBootRecord, MBR_SIGNATURE, MbrPartitionEntry } from '../master-boot-record.ts'

/** Bytes that differ from place to place, so that a wrong place shows. */
export function patterned(sizeBytes: number, seed: number): Buffer {
  const bytes = Buffer.alloc(sizeBytes)
  for (let i = 0; i < sizeBytes; i++) bytes[i] = (i * 31 + (i >>> 8) * 7 + seed) & 0xff
  return bytes
}

/** A FAT file system by its boot sector alone. */
export function fatImage(sizeBytes: number, sectorsPerTrack = 32, heads = 64): Buffer {
  const bytes = patterned(sizeBytes, 3)
  const totalSectors = sizeBytes / 512
  const sector = {
    jump: Buffer.of(0xeb, 0x3c, 0x90),
    oemName: Buffer.from('FAKEFAT '),
    bytesPerSector: 512,
    sectorsPerCluster: 4,
    reservedSectors: 1,
    fatCount: 2,
    rootEntryCount: 512,
    totalSectors16: totalSectors > 0xffff ? 0 : totalSectors,
    mediaByte: 0xf8,
    sectorsPerFat16: 9,
    sectorsPerTrack,
    heads,
    hiddenSectors: 0,
    totalSectors32: totalSectors > 0xffff ? totalSectors : 0,
    signature: 0xaa55,
  }
  FatBootSector.serialise(sector, bytes)
  return bytes
}

/** A hard disk with one active partition from sector 63 to its end. */
export function hardDiskImage(sizeBytes: number, type: number): Buffer {
  const bytes = patterned(sizeBytes, 9)
  const sectorCount = sizeBytes / 512 - 63
  const partitions = MbrPartitionEntry.serialise({
    status: 0x80,
    firstChs: { cylinder: 0, head: 1, sector: 1 },
    type,
    lastChs: { cylinder: 1, head: 0, sector: 63 },
    firstSector: 63,
    sectorCount,
  })
  MasterBootRecord.serialise(
    { bootCode: bytes.subarray(0, 432), bootImageSector: 0, diskId: 7, partitions, signature: MBR_SIGNATURE },
    bytes,
  )
  return bytes
}

/** A PE program of one section that ends where it ends. */
export function efiProgram(sizeBytes: number): Buffer {
  const bytes = patterned(sizeBytes, 5)
  bytes.write('MZ', 0, 'latin1')
  bytes.writeUInt32LE(0x80, 0x3c)
  bytes.write('PE\0\0', 0x80, 'latin1')
  bytes.writeUInt16LE(1, 0x86)
  bytes.writeUInt16LE(0, 0x94)
  bytes.writeUInt32LE(sizeBytes - 512, 0x98 + 16)
  bytes.writeUInt32LE(512, 0x98 + 20)
  return bytes
}
