/** Damage to directory records and path tables (ECMA-119 10.1, 10.4). */

import { MAX_DIRECTORY_BYTES } from '../../../../shared/limits.ts'
import { SECTOR_BYTES } from '../../../iso9660/volume-descriptor.ts'
import { bigRecord, directory, docsRecord, helloRecord, lba, nm, px, record, TINY_SECTORS, tinyImage } from '../tiny-image.ts'
import { type Damage, honest, losing, readable, type SparseImage } from './damage.ts'
import {
  both,
  DIRECTORY,
  fileRecord,
  findRecordWith,
  folderRecord,
  le32,
  lengthened,
  MULTI_EXTENT,
  patched,
  rootWith,
  WHOLE,
  withBytes,
  withParentOf,
  withPathTableRoot,
  withRecordPatched,
} from './tiny-surgery.ts'

const ROOT_RECORD_AT = lba.primary * SECTOR_BYTES + 156
const without = (...paths: string[]) => WHOLE.filter((path) => !paths.includes(path))
const shape = { listed: WHOLE }

/** The tiny image with another root: sectors of records, without Joliet. */
function withRootSectors(sectors: readonly Uint8Array[]): Buffer {
  const image = lengthened({ joliet: false }, sectors.length)
  for (const [i, sector] of sectors.entries()) image.set(sector, (TINY_SECTORS + i) * SECTOR_BYTES)
  withBytes(image, ROOT_RECORD_AT + 2, both(TINY_SECTORS), both(sectors.length * SECTOR_BYTES))
  withBytes(image, TINY_SECTORS * SECTOR_BYTES + 10, both(sectors.length * SECTOR_BYTES))
  withPathTableRoot(image, TINY_SECTORS)
  return withParentOf(image, lba.docs, TINY_SECTORS)
}

const rootSector = (...records: Uint8Array[]) => directory(TINY_SECTORS, TINY_SECTORS, records, { isRoot: true })
const furtherSector = (...records: Uint8Array[]) => Buffer.concat(records, SECTOR_BYTES)

function zeroWithinSector(): Buffer {
  return withRootSectors([
    rootSector(helloRecord(), Buffer.of(0, 0), fileRecord('LATER.;1', 'hidden behind it')),
    furtherSector(docsRecord(), bigRecord()),
  ])
}

function oddLength(): Buffer {
  const hello = Buffer.concat([helloRecord(), Buffer.of(0)])
  hello[0] = hello.length
  return tinyImage({ root: [hello, docsRecord(), bigRecord()] })
}

/** Records of nobody up to near the sector's end, then one that is longer than what is left. */
function crossing(): Buffer {
  const image = tinyImage()
  const end = (lba.root + 1) * SECTOR_BYTES
  let at = findRecordWith(image, lba.root, 'hello')
  at += image[at] as number
  for (; end - at > 60; at += 34) record({ name: '\u0001', lba: lba.root, sizeBytes: SECTOR_BYTES, flags: DIRECTORY }).copy(image, at)
  image.set([100], at)
  return image
}

/** The root's size ends within its last record. */
function endingInRecord(): Buffer {
  const image = tinyImage()
  const end = findRecordWith(image, lba.root, 'hello') - lba.root * SECTOR_BYTES + 20
  return withBytes(image, lba.root * SECTOR_BYTES + 10, both(end))
}

function nameless(): Buffer {
  const image = tinyImage({ rockRidge: false, joliet: false, root: [bigRecord(), docsRecord(), helloRecord()] })
  const hello = findRecordWith(image, lba.root, 'HELLO')
  image[hello + 32] = 0
  return image
}

/** A folder of 300 MiB, all but its first sector a hole. */
function hugeFolder(): SparseImage {
  const image = withRecordPatched('docs', 2, ...both(TINY_SECTORS), ...both(MAX_DIRECTORY_BYTES + SECTOR_BYTES))
  const sizeBytes = TINY_SECTORS * SECTOR_BYTES + MAX_DIRECTORY_BYTES + 4 * SECTOR_BYTES
  withBytes(image, lba.primary * SECTOR_BYTES + 80, both(sizeBytes / SECTOR_BYTES))
  withBytes(image, lba.joliet * SECTOR_BYTES + 80, both(sizeBytes / SECTOR_BYTES))
  const folder = directory(TINY_SECTORS, lba.root, [fileRecord('NOTE.TXT;1', 'note.txt')])
  return {
    sizeBytes,
    parts: [
      { offsetBytes: 0, bytes: image },
      { offsetBytes: TINY_SECTORS * SECTOR_BYTES, bytes: folder },
    ],
  }
}

/** Each folder's only entry is a folder that begins one sector later. */
function nested(depth: number): Buffer {
  const image = lengthened({ joliet: false, rockRidge: false, root: [folderRecord('D', '', TINY_SECTORS)] }, depth + 1)
  for (let level = 0; level < depth; level++) {
    const at = TINY_SECTORS + level
    image.set(directory(at, at - 1, [folderRecord('D', '', at + 1)].map(plain), { rockRidge: false }), at * SECTOR_BYTES)
  }
  return image
}

/** Every folder holds the next one twice: 2^60 paths. */
function doubling(): Buffer {
  const levels = 60
  const image = lengthened({ joliet: false, rockRidge: false, root: [folderRecord('D', '', TINY_SECTORS)] }, levels)
  for (let level = 0; level < levels - 1; level++) {
    const at = TINY_SECTORS + level
    const children = [folderRecord('A', '', at + 1), folderRecord('B', '', at + 1)].map(plain)
    image.set(directory(at, at - 1, children, { rockRidge: false }), at * SECTOR_BYTES)
  }
  return image
}

/** A record without its system use area. */
function plain(bytes: Buffer): Buffer {
  const count = bytes[32] as number
  const short = Buffer.from(bytes.subarray(0, 33 + count + (count % 2 === 0 ? 1 : 0)))
  short[0] = short.length
  return short
}

const part = (name: string, extentLba: number, flags: number, sizeBytes = SECTOR_BYTES): Buffer =>
  record({ name, lba: extentLba, sizeBytes, flags, systemUse: [nm('parts'), px(0o100644)] })

/** A file of more parts than any has, all of them one sector. */
function manyParts(): Buffer {
  const parts = Array.from({ length: 20_000 }, (_, i) => plain(part('P', lba.big, i === 19_999 ? 0 : MULTI_EXTENT)))
  const perSector = Math.floor(SECTOR_BYTES / (parts[0]?.length ?? 1))
  const sectors: Buffer[] = [rootSector()]
  for (let at = 0; at < parts.length; at += perSector) sectors.push(furtherSector(...parts.slice(at, at + perSector)))
  return withRootSectors(sectors)
}

function dotsMissing(): Buffer {
  const image = tinyImage()
  const folder = Buffer.alloc(SECTOR_BYTES)
  fileRecord('NOTE.TXT;1', 'note.txt').copy(folder)
  return withBytes(image, lba.docs * SECTOR_BYTES, folder)
}

function dotsSwapped(): Buffer {
  const image = tinyImage()
  const at = lba.docs * SECTOR_BYTES
  image[at + 33] = 1
  image[at + (image[at] as number) + 33] = 0
  return image
}

function dotsElsewhere(): Buffer {
  const image = tinyImage()
  const at = lba.docs * SECTOR_BYTES
  withBytes(image, at + 2, both(5000))
  return withBytes(image, at + (image[at] as number) + 2, both(0))
}

const pathTable = lba.pathTable * SECTOR_BYTES
const ofDocs = 10

export const directoryDamage: readonly Damage[] = [
  honest('a zero within a sector, and records behind it', zeroWithinSector, {
    listed: ['/hello.txt', '/docs', '/docs/note.txt', '/big.bin'],
  }),
  ...[1, 20, 33].map((length) =>
    readable(`a record of ${length} bytes`, 'record-too-short', () => withRecordPatched('docs', 0, length), { listed: ['/big.bin'] }),
  ),
  readable('a record of odd length', 'record-length-odd', oddLength, { listed: ['/hello.txt', '/docs', '/docs/note.txt', '/big.bin'] }),
  readable('a record that crosses its sector', 'record-crosses-sector', crossing, shape),
  readable('a folder that ends within a record', 'record-beyond-directory', endingInRecord, { listed: without('/hello.txt') }),
  readable('a name longer than its record', 'name-beyond-record', () => withRecordPatched('docs', 32, 200), {
    listed: without('/docs', '/docs/note.txt'),
  }),
  readable('a name of no length', 'name-empty', nameless, { listed: ['/BIG.BIN', '/DOCS', '/DOCS/NOTE.TXT', `/unnamed-${lba.hello}`] }),

  readable('a folder of no size', 'directory-size-zero', () => withRecordPatched('docs', 10, ...both(0)), shape),
  readable(
    'a folder whose size is no whole number of sectors, and not the one it gives itself',
    'directory-size-differs',
    () => withRecordPatched('docs', 10, ...both(SECTOR_BYTES - 700)),
    shape,
  ),
  readable('a folder of 4 GB', 'directory-cut-off', () => withRecordPatched('docs', 10, ...both(0xffff_ffff)), shape),
  readable('a folder of more than 256 MiB', 'directory-cut-off', hugeFolder, shape),
  readable('a folder outside the image', 'directory-outside-image', () => withRecordPatched('docs', 2, ...both(5000)), {
    listed: without('/docs/note.txt'),
  }),
  readable('a folder that is its parent', 'directory-loop', () => withRecordPatched('docs', 2, ...both(lba.root)), {
    listed: without('/docs/note.txt'),
  }),
  readable('a folder that contains itself', 'directory-loop', () => tinyImage({ docs: [folderRecord('ME', 'me', lba.docs)] }), {
    listed: ['/big.bin', '/docs', '/docs/me', '/hello.txt'],
  }),
  readable('two folders with one content', 'directory-shared', () => rootWith(folderRecord('SAME', 'same', lba.docs)), {
    listed: [...WHOLE, '/same', '/same/note.txt'],
  }),
  readable('folders that share their content 2⁶⁰ times', 'directory-shared-too-often', doubling),
  readable('folders ten thousand deep', 'directory-too-deep', () => nested(10_000)),
  readable('a folder whose first two records are missing', 'dot-records', dotsMissing, shape),
  readable('a folder whose first two records are swapped', 'dot-records', dotsSwapped, shape),
  readable('a folder whose first two records lead elsewhere', 'dot-records', dotsElsewhere, shape),

  readable('two files of one name', 'duplicate-name', () => rootWith(fileRecord('HELLO2.TXT;1', 'hello.txt')), {
    listed: [...WHOLE, '/hello.txt'],
  }),
  readable('a file and a folder of one name', 'duplicate-name', () => rootWith(folderRecord('H', 'hello.txt', lba.docs)), {
    listed: [...WHOLE, '/hello.txt', '/hello.txt/note.txt'],
  }),
  honest('names that differ only in case', () => rootWith(fileRecord('HELLO2.TXT;1', 'HELLO.txt')), { listed: [...WHOLE, '/HELLO.txt'] }),
  honest(
    'two versions of a file',
    () => tinyImage({ joliet: false, rockRidge: false, root: [docsRecord(), helloRecord(), fileRecord('HELLO.TXT;2', '')] }),
    {
      listed: ['/DOCS', '/DOCS/NOTE.TXT', '/HELLO.TXT', '/HELLO.TXT;2'],
    },
  ),
  honest(
    'names that mean something to programs',
    () => rootWith(...['__proto__', 'constructor', 'toString'].map((name, i) => fileRecord(`N${i}.;1`, name))),
    {
      listed: [...WHOLE, '/__proto__', '/constructor', '/toString'],
    },
  ),

  losing('a file outside the image', 'extent-outside-image', () => withRecordPatched('hello', 2, ...both(5000)), shape),
  losing('a file half outside the image', 'extent-outside-image', () => withRecordPatched('big', 10, ...both(40_000)), shape),
  losing('a file at block 2³¹', 'extent-outside-image', () => withRecordPatched('hello', 2, ...both(0x8000_0000)), shape),
  readable('copies of a file’s place that differ', 'both-endian-mismatch', () => withRecordPatched('hello', 6, 1, 2, 3, 4), shape),
  readable(
    'a file’s place of which only the second copy can be',
    'both-endian-mismatch',
    () => withRecordPatched('hello', 2, ...le32(0x7fff_ffff)),
    shape,
  ),
  honest(
    'empty files and links that lie nowhere',
    () => rootWith(record({ name: 'EMPTY.;1', lba: 0xdead_beef, sizeBytes: 0, systemUse: [nm('empty'), px(0o100644)] })),
    { listed: [...WHOLE, '/empty'] },
  ),
  honest('two files with one content', () => rootWith(fileRecord('AGAIN.;1', 'again')), { listed: [...WHOLE, '/again'] }),
  readable(
    'a file over the volume descriptors',
    'extent-over-metadata',
    () => rootWith(record({ name: 'PVD.;1', lba: lba.primary, sizeBytes: 100, systemUse: [nm('pvd'), px(0o100644)] })),
    {
      listed: [...WHOLE, '/pvd'],
    },
  ),
  readable(
    'a file over a folder',
    'extent-over-metadata',
    () => rootWith(record({ name: 'OVER.;1', lba: lba.docs, sizeBytes: 100, systemUse: [nm('over'), px(0o100644)] })),
    {
      listed: [...WHOLE, '/over'],
    },
  ),
  losing('an extended attribute record longer than the image', 'extent-outside-image', () => withRecordPatched('hello', 1, 200), shape),

  readable(
    'a file of several parts without its last',
    'multi-extent-unfinished',
    () => withRecordPatched('hello', 25, MULTI_EXTENT),
    shape,
  ),
  readable(
    'a file of several parts that goes on under another name',
    'multi-extent-unfinished',
    () => rootWith(part('P.;1', lba.big, MULTI_EXTENT), part('Q.;1', lba.big + 1, 0)),
    { listed: [...WHOLE, '/parts', '/parts'] },
  ),
  readable(
    'a file of several parts that goes on as a folder',
    'multi-extent-unfinished',
    () => rootWith(part('P.;1', lba.big, MULTI_EXTENT), part('P.;1', lba.docs, DIRECTORY)),
    { listed: [...WHOLE, '/parts', '/parts', '/parts/note.txt'] },
  ),
  readable(
    'parts of a file that lie over each other',
    'multi-extent-overlap',
    () => rootWith(part('P.;1', lba.big, MULTI_EXTENT, 2 * SECTOR_BYTES), part('P.;1', lba.big + 1, 0)),
    { listed: [...WHOLE, '/parts'] },
  ),
  honest('parts of a file in another order', () => rootWith(part('P.;1', lba.big + 1, MULTI_EXTENT), part('P.;1', lba.big, 0)), {
    listed: [...WHOLE, '/parts'],
  }),
  losing('a file of twenty thousand parts', 'multi-extent-endless', manyParts, { listed: ['/P'] }),

  readable(
    'an associated file',
    'associated-file',
    () => rootWith(record({ name: 'FORK', lba: lba.hello, sizeBytes: 6, flags: 4 })),
    shape,
  ),
  honest(
    'everything hidden',
    () => tinyImage({ root: [bigRecord(), docsRecord(), helloRecord()].map((bytes) => withBytes(bytes, 25, [(bytes[25] as number) | 1])) }),
    shape,
  ),

  readable('no path table', 'path-table-missing', () => patched(lba.primary, 132, ...both(0)), shape),
  readable('a path table outside the image', 'path-table-missing', () => patched(lba.primary, 140, ...le32(5000)), shape),
  readable('a path table of 4 GB', 'path-table-missing', () => patched(lba.primary, 132, ...both(0xffff_ffff)), shape),
  readable('a path table that lists fewer folders', 'path-table-differs', () => patched(lba.pathTable, ofDocs, 0), shape),
  ...(
    [
      ['nobody', 0],
      ['itself', 2],
      ['a later folder', 9],
    ] as const
  ).map(([name, parent]) =>
    readable(
      `a path table in which a folder lies in ${name}`,
      'path-table-differs',
      () => withBytes(tinyImage(), pathTable + ofDocs + 6, [parent, 0]),
      shape,
    ),
  ),
  readable(
    'a path table that places a folder elsewhere',
    'path-table-differs',
    () => withBytes(tinyImage(), pathTable + ofDocs + 2, le32(lba.note)),
    shape,
  ),
]
