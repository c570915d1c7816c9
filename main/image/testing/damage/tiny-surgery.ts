/** Changes to the tiny image: bytes at a place, records by name. */
import { SECTOR_BYTES } from '../../../iso9660/volume-descriptor.ts'
import { bigRecord, both32, docsRecord, helloRecord, lba, nm, px, record, type TinyOptions, tinyImage } from '../tiny-image.ts'

/** What the tiny image lists. */
export const WHOLE: readonly string[] = ['/big.bin', '/docs', '/docs/note.txt', '/hello.txt']
export const PLAIN_WHOLE: readonly string[] = ['/BIG.BIN', '/DOCS', '/DOCS/NOTE.TXT', '/HELLO.TXT']
export const DIRECTORY = 0x02
export const MULTI_EXTENT = 0x80

export const le32 = (value: number): number[] => [...both32(value).subarray(0, 4)]
export const both = (value: number): number[] => [...both32(value)]

/** The tiny image with bytes changed at an offset in a sector. */
export function patched(sector: number, offset: number, ...bytes: number[]): Buffer {
  const image = tinyImage()
  image.set(bytes, sector * SECTOR_BYTES + offset)
  return image
}

/** The same in the primary descriptor and in Joliet's. */
export function patchedInBoth(offset: number, ...bytes: number[]): Buffer {
  const image = patched(lba.primary, offset, ...bytes)
  image.set(bytes, lba.joliet * SECTOR_BYTES + offset)
  return image
}

/** Where the record in a sector begins that holds this text. */
export function findRecordWith(image: Buffer, sector: number, text: string): number {
  for (let at = sector * SECTOR_BYTES; at < (sector + 1) * SECTOR_BYTES; at += image[at] as number) {
    const length = image[at] as number
    if (length === 0) break
    if (image.subarray(at + 33, at + length).includes(text)) return at
  }
  throw new Error(`no record ${text}`)
}

/** The tiny image with bytes changed in the root's record of that Rock Ridge name. */
export function withRecordPatched(name: string, offset: number, ...bytes: number[]): Buffer {
  const image = tinyImage()
  image.set(bytes, findRecordWith(image, lba.root, name) + offset)
  return image
}

/** The tiny image without Joliet, with further records in its root. */
export const rootWith = (...records: Uint8Array[]): Buffer =>
  tinyImage({ joliet: false, root: [bigRecord(), docsRecord(), helloRecord(), ...records] })

/** The tiny image made longer; its descriptors say so. */
export function lengthened(options: TinyOptions, sectors: number): Buffer {
  const image = tinyImage(options)
  const longer = Buffer.concat([image, Buffer.alloc(sectors * SECTOR_BYTES)])
  longer.set(both(longer.length / SECTOR_BYTES), lba.primary * SECTOR_BYTES + 80)
  if (options.joliet !== false) longer.set(both(longer.length / SECTOR_BYTES), lba.joliet * SECTOR_BYTES + 80)
  return longer
}

/** The record of a small file: that of hello.txt under another name. */
export const fileRecord = (name: string, rrName: string | Uint8Array, ...systemUse: Uint8Array[]): Buffer =>
  record({ name, lba: lba.hello, sizeBytes: 6, systemUse: [nm(rrName), px(0o100644), ...systemUse] })

/** The record of a folder with this content. */
export const folderRecord = (name: string, rrName: string, extentLba: number, sizeBytes = SECTOR_BYTES): Buffer =>
  record({ name, lba: extentLba, sizeBytes, flags: DIRECTORY, systemUse: [nm(rrName), px(0o40755, 0, 2)] })

export function withBytes(image: Buffer, offsetBytes: number, ...bytes: (Uint8Array | number[])[]): Buffer {
  let at = offsetBytes
  for (const part of bytes) {
    image.set(part, at)
    at += part.length
  }
  return image
}

/** A folder's record of its parent leads to another place. */
export function withParentOf(image: Buffer, folderLba: number, parentLba: number): Buffer {
  const at = folderLba * SECTOR_BYTES
  return withBytes(image, at + (image[at] as number) + 2, both(parentLba))
}

/** Both path tables place the root elsewhere. */
export function withPathTableRoot(image: Buffer, rootLba: number): Buffer {
  image.writeUInt32LE(rootLba, lba.pathTable * SECTOR_BYTES + 2)
  image.writeUInt32BE(rootLba, (lba.pathTable + 1) * SECTOR_BYTES + 2)
  return image
}
