/**
 * A small image put together record by record, so that a test can say exactly what is wrong with it: plain tree with
 * Rock Ridge, Joliet tree, one folder, three files.
 */

import { DirectoryRecord, recordBaseBytes } from '../../iso9660/directory-record.ts'
import { TypeLPathTableRecord, TypeMPathTableRecord } from '../../iso9660/path-table-record.ts'
import { JolietVolumeDescriptor, PrimaryVolumeDescriptor, SECTOR_BYTES, SetTerminator } from '../../iso9660/volume-descriptor.ts'

export const lba = {
  primary: 16,
  joliet: 17,
  terminator: 18,
  pathTable: 19,
  root: 21,
  docs: 22,
  jolietRoot: 23,
  jolietDocs: 24,
  continuation: 25,
  hello: 26,
  note: 27,
  big: 28,
} as const
export const TINY_SECTORS = 32
export const BIG_BYTES = 4 * SECTOR_BYTES
export const TINY_DATE_MS = Date.UTC(2024, 1, 29, 12, 30, 15)

export interface RecordParts {
  /** Identifier; a string is taken as one byte for each character. */
  readonly name: string | Uint8Array
  readonly lba: number
  readonly sizeBytes: number
  readonly flags?: number
  readonly systemUse?: readonly Uint8Array[]
}

/** One directory record. */
export function record(parts: RecordParts): Buffer {
  const name = Buffer.from(parts.name as string, 'latin1')
  const systemUse = Buffer.concat(parts.systemUse ?? [])
  const lengthBytes = recordBaseBytes(name.length) + systemUse.length
  const bytes = Buffer.alloc(lengthBytes + (lengthBytes % 2))
  DirectoryRecord.serialise(
    {
      recordLengthBytes: bytes.length,
      extendedAttributeBlocks: 0,
      extentLba: parts.lba,
      dataLengthBytes: parts.sizeBytes,
      recordedAt: TINY_DATE_MS,
      fileFlags: parts.flags ?? 0,
      fileUnitSizeBlocks: 0,
      interleaveGapBlocks: 0,
      volumeSequenceNumber: 1,
      identifierLengthBytes: name.length,
    },
    bytes,
  )
  name.copy(bytes, DirectoryRecord.sizeBytes)
  systemUse.copy(bytes, recordBaseBytes(name.length))
  return bytes
}

/** A system use entry: signature, length, version 1, content. */
export function use(signature: string, ...content: readonly (number | Uint8Array)[]): Buffer {
  const body = Buffer.concat(content.map((part) => (typeof part === 'number' ? Buffer.of(part) : part)))
  return Buffer.concat([Buffer.from(signature, 'latin1'), Buffer.of(body.length + 4, 1), body])
}

export function both32(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt32LE(value, 0)
  bytes.writeUInt32BE(value, 4)
  return bytes
}

export const nm = (name: string | Uint8Array, flags = 0): Buffer => use('NM', flags, Buffer.from(name as string))
export const px = (mode: number, serial = 0, links = 1): Buffer =>
  use('PX', both32(mode), both32(links), both32(0), both32(0), both32(serial))
export const ce = (areaLba: number, offsetBytes: number, lengthBytes: number): Buffer =>
  use('CE', both32(areaLba), both32(offsetBytes), both32(lengthBytes))
/** A symbolic link from components of flags and text. */
export const sl = (...components: readonly (readonly [number, string])[]): Buffer =>
  use('SL', 0, ...components.map(([flags, text]) => Buffer.concat([Buffer.of(flags, text.length), Buffer.from(text)])))
export const sp = (): Buffer => use('SP', 0xbe, 0xef, 0)
export const ucs2 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16()

const DIRECTORY = 2
const SELF = '\u0000'
const PARENT = '\u0001'

/** The records of a directory: itself, its parent, then those given. Records that would cross a sector start the next. */
export function directory(selfLba: number, parentLba: number, records: readonly Uint8Array[], options: DirectoryOptions = {}): Buffer {
  const { sectors = 1, rockRidge = true, isRoot = false } = options
  const attributes = rockRidge ? [px(0o40755, 0, 2)] : []
  const all = [
    record({
      name: SELF,
      lba: selfLba,
      sizeBytes: sectors * SECTOR_BYTES,
      flags: DIRECTORY,
      systemUse: isRoot && rockRidge ? [sp(), ...attributes] : attributes,
    }),
    record({ name: PARENT, lba: parentLba, sizeBytes: SECTOR_BYTES, flags: DIRECTORY, systemUse: attributes }),
    ...records,
  ]
  const bytes = Buffer.alloc(sectors * SECTOR_BYTES)
  let at = 0
  for (const part of all) {
    if ((at % SECTOR_BYTES) + part.length > SECTOR_BYTES) at += SECTOR_BYTES - (at % SECTOR_BYTES)
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

interface DirectoryOptions {
  readonly sectors?: number
  readonly rockRidge?: boolean
  readonly isRoot?: boolean
}

export interface TinyOptions {
  /** Records of the root in place of HELLO.TXT, BIG.BIN and DOCS. */
  readonly root?: readonly Uint8Array[]
  /** Records of DOCS in place of NOTE.TXT. */
  readonly docs?: readonly Uint8Array[]
  readonly jolietRoot?: readonly Uint8Array[]
  readonly rockRidge?: boolean
  readonly joliet?: boolean
}

export const helloRecord = (): Buffer =>
  record({ name: 'HELLO.TXT;1', lba: lba.hello, sizeBytes: 6, systemUse: [nm('hello.txt'), px(0o100644)] })
export const bigRecord = (): Buffer =>
  record({ name: 'BIG.BIN;1', lba: lba.big, sizeBytes: BIG_BYTES, systemUse: [nm('big.bin'), px(0o100600)] })
export const docsRecord = (): Buffer =>
  record({ name: 'DOCS', lba: lba.docs, sizeBytes: SECTOR_BYTES, flags: DIRECTORY, systemUse: [nm('docs'), px(0o40755, 0, 2)] })
export const noteRecord = (): Buffer =>
  record({ name: 'NOTE.TXT;1', lba: lba.note, sizeBytes: 5, systemUse: [nm('note.txt'), px(0o100644)] })

export function tinyImage(options: TinyOptions = {}): Buffer {
  const { rockRidge = true, joliet = true } = options
  const image = Buffer.alloc(TINY_SECTORS * SECTOR_BYTES)
  const put = (at: number, bytes: Uint8Array) => image.set(bytes, at * SECTOR_BYTES)
  put(lba.primary, descriptor(1, 'TINY', lba.root, PrimaryVolumeDescriptor))
  if (joliet) put(lba.joliet, descriptor(2, 'Tiny', lba.jolietRoot, JolietVolumeDescriptor))
  put(joliet ? lba.terminator : lba.joliet, SetTerminator.serialise({ type: 255, standardIdentifier: 'CD001', version: 1 }))
  put(lba.pathTable, pathTable(TypeLPathTableRecord))
  put(lba.pathTable + 1, pathTable(TypeMPathTableRecord))
  const plain = (bytes: Buffer) => (rockRidge ? bytes : withoutSystemUse(bytes))
  const root = (options.root ?? [bigRecord(), docsRecord(), helloRecord()]).map((bytes) => plain(Buffer.from(bytes)))
  put(lba.root, directory(lba.root, lba.root, root, { rockRidge, isRoot: true }))
  put(
    lba.docs,
    directory(
      lba.docs,
      lba.root,
      (options.docs ?? [noteRecord()]).map((bytes) => plain(Buffer.from(bytes))),
      { rockRidge },
    ),
  )
  put(lba.jolietRoot, directory(lba.jolietRoot, lba.jolietRoot, options.jolietRoot ?? jolietRoot(), { rockRidge: false }))
  const jolietNote = record({ name: ucs2('note.txt'), lba: lba.note, sizeBytes: 5 })
  put(lba.jolietDocs, directory(lba.jolietDocs, lba.jolietRoot, [jolietNote], { rockRidge: false }))
  put(lba.hello, Buffer.from('hello\n'))
  put(lba.note, Buffer.from('note\n'))
  put(lba.big, Buffer.alloc(BIG_BYTES, 'big '))
  return image
}

export const jolietRoot = (): Buffer[] => [
  record({ name: ucs2('big.bin'), lba: lba.big, sizeBytes: BIG_BYTES }),
  record({ name: ucs2('docs'), lba: lba.jolietDocs, sizeBytes: SECTOR_BYTES, flags: DIRECTORY }),
  record({ name: ucs2('hello.txt'), lba: lba.hello, sizeBytes: 6 }),
]

function withoutSystemUse(bytes: Buffer): Buffer {
  const lengthBytes = recordBaseBytes(DirectoryRecord.fields.identifierLengthBytes.get(bytes, 0))
  const short = Buffer.from(bytes.subarray(0, lengthBytes + (lengthBytes % 2)))
  short[0] = short.length
  return short
}

function pathTable(declared: typeof TypeLPathTableRecord): Buffer {
  const entry = (name: string, extentLba: number) => {
    const bytes = Buffer.alloc(declared.sizeBytes + name.length + (name.length % 2))
    declared.serialise({ identifierLengthBytes: name.length, extendedAttributeBlocks: 0, extentLba, parentNumber: 1 }, bytes)
    bytes.write(name, declared.sizeBytes, 'latin1')
    return bytes
  }
  return Buffer.concat([entry(SELF, lba.root), entry('DOCS', lba.docs)])
}

function descriptor(type: number, label: string, rootLba: number, declared: typeof PrimaryVolumeDescriptor): Uint8Array {
  return declared.serialise({
    type,
    standardIdentifier: 'CD001',
    version: 1,
    volumeFlags: 0,
    systemIdentifier: '',
    volumeIdentifier: label,
    volumeSpaceSizeBlocks: TINY_SECTORS,
    escapeSequences: type === 2 ? Buffer.from('%/E') : new Uint8Array(),
    volumeSetSize: 1,
    volumeSequenceNumber: 1,
    logicalBlockSizeBytes: SECTOR_BYTES,
    pathTableSizeBytes: pathTable(TypeLPathTableRecord).length,
    typeLPathTableLba: lba.pathTable,
    optionalTypeLPathTableLba: 0,
    typeMPathTableLba: lba.pathTable + 1,
    optionalTypeMPathTableLba: 0,
    rootDirectoryRecord: record({ name: SELF, lba: rootLba, sizeBytes: SECTOR_BYTES, flags: DIRECTORY }),
    volumeSetIdentifier: '',
    publisherIdentifier: '',
    dataPreparerIdentifier: '',
    applicationIdentifier: '',
    copyrightFileIdentifier: '',
    abstractFileIdentifier: '',
    bibliographicFileIdentifier: '',
    creationDate: TINY_DATE_MS,
    modificationDate: null,
    expirationDate: null,
    effectiveDate: null,
    fileStructureVersion: 1,
    applicationUse: new Uint8Array(),
  })
}
