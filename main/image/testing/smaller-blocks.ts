/** Turns a foreign image with blocks of 2048 bytes into the same image with smaller ones: every address is multiplied. */
import { DirectoryRecord } from '../../iso9660/directory-record.ts'
import { pathTableRecordBytes, TypeLPathTableRecord } from '../../iso9660/path-table-record.ts'
import { PrimaryVolumeDescriptor, SECTOR_BYTES } from '../../iso9660/volume-descriptor.ts'

const DESCRIPTOR_AT = 16 * SECTOR_BYTES
const DIRECTORY = 2

/** Plain trees only: Rock Ridge has addresses of its own. */
export function withBlockBytes(image: Buffer, blockBytes: 512 | 1024): Buffer {
  const factor = SECTOR_BYTES / blockBytes
  const bytes = Buffer.from(image)
  const { fields } = PrimaryVolumeDescriptor
  const root = DESCRIPTOR_AT + fields.rootDirectoryRecord.offset
  scaleDirectory(bytes, DirectoryRecord.fields.extentLba.get(bytes, root), factor)
  DirectoryRecord.fields.extentLba.set(bytes, root, DirectoryRecord.fields.extentLba.get(bytes, root) * factor)
  for (const name of ['typeLPathTableLba', 'typeMPathTableLba'] as const) {
    const lba = fields[name].get(bytes, DESCRIPTOR_AT)
    scalePathTable(bytes, lba, fields.pathTableSizeBytes.get(bytes, DESCRIPTOR_AT), factor, name === 'typeMPathTableLba')
    fields[name].set(bytes, DESCRIPTOR_AT, lba * factor)
  }
  fields.volumeSpaceSizeBlocks.set(bytes, DESCRIPTOR_AT, fields.volumeSpaceSizeBlocks.get(bytes, DESCRIPTOR_AT) * factor)
  fields.logicalBlockSizeBytes.set(bytes, DESCRIPTOR_AT, blockBytes)
  return bytes
}

/** Addresses in the directory at a sector, and below it; those of itself and its parent are no way down. */
function scaleDirectory(bytes: Buffer, lba: number, factor: number): void {
  const { extentLba, dataLengthBytes, fileFlags, recordLengthBytes } = DirectoryRecord.fields
  const start = lba * SECTOR_BYTES
  const end = start + dataLengthBytes.get(bytes, start)
  let count = 0
  for (let at = start; at < end; ) {
    const lengthBytes = recordLengthBytes.get(bytes, at)
    if (lengthBytes === 0) {
      at += SECTOR_BYTES - (at % SECTOR_BYTES)
      continue
    }
    const child = extentLba.get(bytes, at)
    if (count++ >= 2 && (fileFlags.get(bytes, at) & DIRECTORY) !== 0) scaleDirectory(bytes, child, factor)
    extentLba.set(bytes, at, child * factor)
    at += lengthBytes
  }
}

function scalePathTable(bytes: Buffer, lba: number, sizeBytes: number, factor: number, isBigEndian: boolean): void {
  const start = lba * SECTOR_BYTES
  const lbaAt = TypeLPathTableRecord.fields.extentLba.offset
  for (let at = start; at < start + sizeBytes; at += pathTableRecordBytes(bytes[at] as number)) {
    if (isBigEndian) bytes.writeUInt32BE(bytes.readUInt32BE(at + lbaAt) * factor, at + lbaAt)
    else bytes.writeUInt32LE(bytes.readUInt32LE(at + lbaAt) * factor, at + lbaAt)
  }
}
