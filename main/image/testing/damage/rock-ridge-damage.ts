/** Damage to system use areas and what Rock Ridge says in them (SUSP 1.12, RRIP 1.12). */
import { SECTOR_BYTES } from '../../../iso9660/volume-descriptor.ts'
import {
  bigRecord,
  both32,
  ce,
  directory,
  docsRecord,
  helloRecord,
  lba,
  nm,
  px,
  record,
  sl,
  TINY_SECTORS,
  tinyImage,
  use,
} from '../tiny-image.ts'
import { type Damage, honest, losing, readable } from './damage.ts'
import { fileRecord, folderRecord, lengthened, rootWith, WHOLE, withBytes } from './tiny-surgery.ts'

const with_ = (path: string) => ({ listed: [...WHOLE, path] })
const AREA = lba.continuation
const CE_BYTES = 28

/** The tiny image with entries in its continuation area. */
const areaWith = (image: Buffer, ...entries: Uint8Array[]): Buffer => withBytes(image, AREA * SECTOR_BYTES, Buffer.concat(entries))
const nameless = (...systemUse: Uint8Array[]): Buffer =>
  record({ name: 'X.;1', lba: lba.hello, sizeBytes: 6, systemUse: [px(0o100644), ...systemUse] })
const link = (...target: Uint8Array[]): Buffer =>
  record({ name: 'LINK.;1', lba: 0, sizeBytes: 0, systemUse: [nm('link'), px(0o120777), ...target] })
const moved = (childLba: number): Buffer =>
  record({ name: 'MOVED.;1', lba: lba.hello, sizeBytes: 6, systemUse: [nm('moved'), px(0o40755), use('CL', both32(childLba))] })
const node = (name: string, mode: number): Buffer =>
  record({
    name: `${name.toUpperCase()}.;1`,
    lba: 0,
    sizeBytes: 0,
    systemUse: [nm(name), px(mode), use('PN', both32(0xffff_ffff), both32(0xffff_ffff))],
  })
const serialled = (name: string, extentLba: number, links: number): Buffer =>
  record({ name: `${name}.;1`, lba: extentLba, sizeBytes: 5, systemUse: [nm(name), px(0o100644, 7, links)] })

/** A date of the long form, as that of the last change. */
const longTime = (digits: string): Buffer => use('TF', 0x82, Buffer.from(digits), 0)

/** Names or targets of `count` pieces of 200 bytes, through one continuation area after the other. */
function chained(piece: Uint8Array, count: number, first: (area: Uint8Array) => Buffer): Buffer {
  const perArea = 4
  const areas = Math.ceil(count / perArea)
  const image = lengthened(
    { root: [bigRecord(), docsRecord(), helloRecord(), first(ce(TINY_SECTORS, 0, perArea * piece.length + CE_BYTES))] },
    areas,
  )
  for (let area = 0; area < areas; area++) {
    const next = area + 1 < areas ? ce(TINY_SECTORS + area + 1, 0, perArea * piece.length + CE_BYTES) : Buffer.alloc(0)
    withBytes(image, (TINY_SECTORS + area) * SECTOR_BYTES, Buffer.concat([...Array.from({ length: perArea }, () => piece), next]))
  }
  return image
}

/** Ten thousand areas, each leading to the next. */
function endlessContinuation(): Buffer {
  const areas = 100
  const image = lengthened(
    { root: [bigRecord(), docsRecord(), helloRecord(), fileRecord('X.;1', 'x', ce(TINY_SECTORS, 0, CE_BYTES))] },
    areas,
  )
  for (let area = 0; area < areas; area++) withBytes(image, (TINY_SECTORS + area) * SECTOR_BYTES, ce(TINY_SECTORS + area + 1, 0, CE_BYTES))
  return image
}

/** The root's record of itself with another first entry. */
function withRootEntry(...entry: number[]): Buffer {
  return withBytes(tinyImage(), lba.root * SECTOR_BYTES + 34, entry)
}

/** The announcement of extensions, in the root's record of itself, says that its texts are longer than it is. */
function announcementTooLong(): Buffer {
  const image = tinyImage()
  const er = use('ER', 200, 200, 200, 1, Buffer.from('RRIP_1991A'))
  const root = directory(lba.root, lba.root, [bigRecord(), docsRecord(), helloRecord()], { isRoot: true })
  const self = root.subarray(0, (root[0] as number) - 1) // without its padding
  const longer = Buffer.concat([self, er, Buffer.alloc((self.length + er.length) % 2)])
  longer[0] = longer.length
  return withBytes(image, lba.root * SECTOR_BYTES, Buffer.concat([longer, root.subarray(self.length + 1)]).subarray(0, SECTOR_BYTES))
}

/** A folder that says it was moved here from elsewhere, though nothing elsewhere leads to it. */
const strandedFolder = (): Buffer =>
  record({ name: 'STRAY', lba: lba.docs, sizeBytes: SECTOR_BYTES, flags: 2, systemUse: [nm('stray'), px(0o40755, 0, 2), use('RE')] })

/** The same within the folder where such things are kept. */
function strandedInRelocationFolder(): Buffer {
  const image = lengthened({ joliet: false, root: [helloRecord(), folderRecord('RR_MOVED', 'rr_moved', TINY_SECTORS)] }, 1)
  return withBytes(image, TINY_SECTORS * SECTOR_BYTES, directory(TINY_SECTORS, lba.root, [strandedFolder()]))
}

export const rockRidgeDamage: readonly Damage[] = [
  readable(
    'an entry of two bytes',
    'system-use-malformed',
    () => rootWith(fileRecord('X.;1', 'x', Buffer.of(0x41, 0x41, 2, 1))),
    with_('/x'),
  ),
  readable(
    'an entry longer than its record',
    'system-use-malformed',
    () => rootWith(fileRecord('X.;1', 'x', Buffer.of(0x41, 0x41, 200, 1))),
    with_('/x'),
  ),
  honest(
    'entries that nobody knows',
    () => rootWith(fileRecord('X.;1', 'x', use('AL', 1, 2, 3), use('\u00ff\u00fe', 9), use('RR', 0x89))),
    with_('/x'),
  ),
  readable('no announcement of the protocol', 'sharing-indicator-missing', () => withRootEntry(0x5a, 0x5a), { listed: WHOLE }),
  readable(
    'an announcement that skips more than there is',
    'sharing-indicator-malformed',
    () => withRootEntry(0x53, 0x50, 7, 1, 0xbe, 0xef, 255),
    { listed: WHOLE },
  ),
  honest('an announcement of extensions longer than its entry', announcementTooLong, { listed: WHOLE }),
  readable(
    'one entry without Rock Ridge',
    'rockridge-missing',
    () => rootWith(record({ name: 'PLAIN.;1', lba: lba.hello, sizeBytes: 6 })),
    with_('/PLAIN'),
  ),

  readable(
    'a continuation that leads to itself',
    'continuation-loop',
    () => areaWith(rootWith(fileRecord('X.;1', 'x', ce(AREA, 0, CE_BYTES))), ce(AREA, 0, CE_BYTES)),
    with_('/x'),
  ),
  readable(
    'two continuations that lead to each other',
    'continuation-loop',
    () => areaWith(rootWith(fileRecord('X.;1', 'x', ce(AREA, 0, CE_BYTES))), ce(AREA, CE_BYTES, CE_BYTES), ce(AREA, 0, CE_BYTES)),
    with_('/x'),
  ),
  readable('continuations without end', 'continuation-loop', endlessContinuation, with_('/x')),
  readable(
    'a continuation outside the image',
    'continuation-outside',
    () => rootWith(fileRecord('X.;1', 'x', ce(900_000, 0, CE_BYTES))),
    with_('/x'),
  ),
  readable(
    'a continuation beyond its block and the image',
    'continuation-outside',
    () => rootWith(fileRecord('X.;1', 'x', ce(TINY_SECTORS - 1, 2040, 2000))),
    with_('/x'),
  ),
  readable(
    'a continuation of 4 GB',
    'continuation-outside',
    () => rootWith(fileRecord('X.;1', 'x', ce(AREA, 0, 0xffff_ffff))),
    with_('/x'),
  ),
  readable(
    'two continuations of one record',
    'several-continuations',
    () => areaWith(rootWith(nameless(ce(AREA, 100, 8), ce(AREA, 0, 9))), nm('late')),
    with_('/late'),
  ),
  honest(
    'a continuation that begins with the end mark',
    () => areaWith(rootWith(fileRecord('X.;1', 'x', ce(AREA, 0, 20))), use('ST'), nm('y')),
    with_('/x'),
  ),
  honest('a continuation that stands first', () => areaWith(rootWith(nameless(ce(AREA, 0, 9), nm('a', 1))), nm('late')), with_('/alate')),

  readable('a name with a slash', 'name-unsafe', () => rootWith(fileRecord('X.;1', '../x')), with_('/..\\x2fx')),
  readable('a name of one dot', 'name-unsafe', () => rootWith(fileRecord('X.;1', '.')), with_('/\\x2e')),
  readable('a name of two dots', 'name-unsafe', () => rootWith(fileRecord('X.;1', '..')), with_('/\\x2e\\x2e')),
  readable('a name with NUL', 'name-unsafe', () => rootWith(fileRecord('X.;1', 'a\u0000b')), with_('/a\\x00b')),
  readable('an empty name', 'name-empty', () => rootWith(fileRecord('X.;1', '')), with_(`/unnamed-${lba.hello}`)),
  readable(
    'a name that is a path of this system',
    'name-unsafe',
    () => rootWith(fileRecord('X.;1', '/etc/passwd')),
    with_('/\\x2fetc\\x2fpasswd'),
  ),
  honest(
    'a name marked as that of the folder itself, with text',
    () => rootWith(fileRecord('FIRST.;1', 'first'), nameless(nm('text', 2))),
    {
      listed: [...WHOLE, '/first', '/X'],
    },
  ),
  readable('a name of forty parts', 'name-too-long', () => chained(nm('n'.repeat(200), 1), 40, (area) => nameless(area)), with_('/X')),
  honest('names that are no UTF-8', () => rootWith(fileRecord('A.;1', Buffer.of(0x63, 0xe9)), fileRecord('B.;1', Buffer.of(0x63, 0xe8))), {
    listed: [...WHOLE, '/c\\xe9', '/c\\xe8'],
  }),
  honest('names that turn the reading direction', () => rootWith(fileRecord('X.;1', 'photo\u202egpj.exe')), with_('/photo\u202egpj.exe')),

  readable(
    'a link component longer than its entry',
    'link-malformed',
    () => rootWith(link(use('SL', 0, 0, 99, Buffer.from('abc')))),
    with_('/link'),
  ),
  readable('a link with a component cut off', 'link-malformed', () => rootWith(link(use('SL', 0, 0))), with_('/link')),
  readable('a link of no components', 'link-malformed', () => rootWith(link(use('SL', 0))), with_('/link')),
  readable('a link that goes on to nowhere', 'link-malformed', () => rootWith(link(sl([1, 'a']))), with_('/link')),
  readable('a link with the root in its middle', 'link-malformed', () => rootWith(link(sl([0, 'a'], [8, '']))), with_('/link')),
  readable('a link with NUL in it', 'link-malformed', () => rootWith(link(sl([0, 'a\u0000b']))), with_('/link')),
  readable(
    'a link of 64 KiB',
    ['link-malformed', 'continuation-loop'],
    () => chained(sl([1, 'l'.repeat(200)]), 320, (area) => link(area)),
    with_('/link'),
  ),
  honest('links that lead out', () => rootWith(link(sl([8, ''], [0, 'etc'], [0, 'passwd']))), with_('/link')),

  readable('a relocated folder that leads to a file', 'relocation-invalid', () => rootWith(moved(lba.hello)), with_('/moved')),
  readable('a relocated folder that leads to its parent', 'relocation-invalid', () => rootWith(moved(lba.root)), with_('/moved')),
  readable('a relocated folder that leads outside the image', 'relocation-invalid', () => rootWith(moved(0xffff_ffff)), with_('/moved')),
  readable('a relocated folder that leads to an ancestor', 'directory-loop', () =>
    tinyImage({ docs: [folderRecord('DEEPER', 'deeper', lba.docs), moved(lba.root)] }),
  ),
  readable('a folder moved to a place of no such kind', 'relocation-elsewhere', () => rootWith(strandedFolder()), {
    listed: [...WHOLE, '/stray', '/stray/note.txt'],
  }),
  readable('a folder moved away to which nothing leads', 'relocation-lost', strandedInRelocationFolder, {
    listed: ['/hello.txt'],
  }),

  honest(
    'devices, pipes and sockets',
    () => rootWith(node('disk', 0o060666), node('null', 0o020666), node('pipe', 0o010666), node('socket', 0o140666)),
    {
      listed: [...WHOLE, '/disk', '/null', '/pipe', '/socket'],
    },
  ),
  honest(
    'a program that would run as root',
    () => rootWith(record({ name: 'S.;1', lba: lba.hello, sizeBytes: 6, systemUse: [nm('suid'), px(0o106777)] })),
    with_('/suid'),
  ),
  readable(
    'a type that does not exist',
    'mode-type-unknown',
    () => rootWith(record({ name: 'S.;1', lba: lba.hello, sizeBytes: 6, systemUse: [nm('odd'), px(0o030644)] })),
    with_('/odd'),
  ),
  honest('different files that claim to be one', () => rootWith(serialled('a', lba.hello, 0xffff_ffff), serialled('b', lba.note, 0)), {
    listed: [...WHOLE, '/a', '/b'],
  }),
  losing(
    'a sparse file',
    'sparse-file',
    () => rootWith(fileRecord('X.;1', 'x', use('SF', both32(0), both32(0xffff_ffff), 255))),
    with_('/x'),
  ),
  honest(
    'times at the ends of what can be told',
    () => rootWith(fileRecord('OLD.;1', 'old', longTime('1601010100000000')), fileRecord('FAR.;1', 'far', longTime('9999123123595999'))),
    {
      listed: [...WHOLE, '/old', '/far'],
    },
  ),
  readable(
    'attributes cut short',
    'attributes-cut-short',
    () => rootWith(record({ name: 'X.;1', lba: lba.hello, sizeBytes: 6, systemUse: [nm('x'), use('PX', both32(0o100644))] })),
    with_('/x'),
  ),
  readable(
    'time stamps cut short',
    'times-cut-short',
    () => rootWith(fileRecord('X.;1', 'x', use('TF', 0x7f, Buffer.alloc(8)))),
    with_('/x'),
  ),
]
