/** Images with one thing wrong each: what is found, and that everything else can still be read. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Finding } from '../../shared/image-model.ts'
import type { FileSystemKind } from '../../shared/image-project.ts'
import { Problem } from '../../shared/problem.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import { SECTOR_BYTES } from '../iso9660/volume-descriptor.ts'
import { checkImage } from './check-image.ts'
import { openImage } from './open-image.ts'
import { quietControl } from './testing/quiet-control.ts'
import {
  bigRecord,
  both32,
  ce,
  docsRecord,
  helloRecord,
  jolietRoot,
  lba,
  nm,
  px,
  record,
  sl,
  TINY_SECTORS,
  tinyImage,
  ucs2,
  use,
} from './testing/tiny-image.ts'
import { pathOfStep, walkView } from './walk-view.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'isomer-damaged-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Seen {
  readonly codes: string[]
  readonly findings: Finding[]
  paths(kind: FileSystemKind): string[]
}

async function look(bytes: Uint8Array): Promise<Seen> {
  const path = join(folder, 'image.iso')
  writeFileSync(path, bytes)
  const image = openImage(path)
  try {
    const findings = await checkImage(image, quietControl())
    const paths = new Map<FileSystemKind, string[]>()
    for (const kind of image.viewKinds) {
      const view = image.view(kind)
      paths.set(kind, [...walkView(view, view.root, '/', new FindingLog())].map(pathOfStep))
    }
    return { codes: findings.map(({ code }) => code), findings, paths: (kind) => paths.get(kind) ?? [] }
  } finally {
    image.close()
  }
}

const WHOLE = ['/big.bin', '/docs', '/docs/note.txt', '/hello.txt']
const DIRECTORY = 2
const MULTI_EXTENT = 0x80

/** A copy of the usual image with bytes changed at an offset in a sector. */
function patched(sector: number, offset: number, ...bytes: number[]): Buffer {
  const image = tinyImage()
  image.set(bytes, sector * SECTOR_BYTES + offset)
  return image
}

/** Where a record begins, by its Rock Ridge name or identifier. */
function find(image: Buffer, sector: number, name: string): number {
  for (let at = sector * SECTOR_BYTES; at < (sector + 1) * SECTOR_BYTES; at += image[at] as number) {
    const length = image[at] as number
    if (length === 0) break
    if (image.subarray(at + 33, at + length).includes(name)) return at
  }
  throw new Error(`no record ${name}`)
}

function withRecordPatched(name: string, offset: number, ...bytes: number[]): Buffer {
  const image = tinyImage()
  image.set(bytes, find(image, lba.root, name) + offset)
  return image
}

const le32 = (value: number): number[] => [...both32(value).subarray(0, 4)]
const both = (value: number): number[] => [...both32(value)]
const rootWith = (...records: Uint8Array[]): Buffer => tinyImage({ root: [bigRecord(), docsRecord(), helloRecord(), ...records] })
const file = (name: string, rrName: string | Uint8Array, ...systemUse: Uint8Array[]): Buffer =>
  record({ name, lba: lba.hello, sizeBytes: 6, systemUse: [nm(rrName), px(0o100644), ...systemUse] })

describe('a whole image', () => {
  it('has no findings in any tree', async () => {
    const seen = await look(tinyImage())
    expect(seen.findings).toEqual([])
    expect(seen.paths('rockridge')).toEqual(WHOLE)
    expect(seen.paths('joliet')).toEqual(WHOLE)
    expect(seen.paths('iso9660')).toEqual(['/BIG.BIN', '/DOCS', '/DOCS/NOTE.TXT', '/HELLO.TXT'])
  })
})

describe('images that can not be read at all are refused with a reason', () => {
  const refused: [string, Uint8Array, string][] = [
    ['an empty file', new Uint8Array(), 'image-too-small'],
    ['fewer than 17 sectors', new Uint8Array(16 * SECTOR_BYTES), 'image-too-small'],
    ['no volume descriptor', new Uint8Array(40 * SECTOR_BYTES), 'not-an-image'],
  ]
  it.each(refused)('%s', async (_, bytes, code) => {
    await expect(look(bytes)).rejects.toSatisfy((error) => error instanceof Problem && error.report.code === code)
  })
})

describe('one thing wrong in the volume descriptors', () => {
  const cases: [string, () => Buffer, string][] = [
    ['no set terminator', () => patched(lba.terminator, 1, 0), 'no-set-terminator'],
    ['a version of 0', () => patched(lba.terminator, 6, 0), 'descriptor-version'],
    ['a second primary descriptor that differs', () => withSecondPrimary(), 'several-primary-descriptors'],
    ['a supplementary descriptor of an unknown character set', () => patched(lba.joliet, 88, 0x25, 0x2f, 0x7a), 'supplementary-unknown'],
    ['a descriptor after the terminator', () => withDescriptorAfterTerminator(), 'descriptors-after-terminator'],
    ['copies of a number that differ', () => patched(lba.primary, 80 + 4, 0, 0, 0, 99), 'both-endian-mismatch'],
    ['a volume larger than the file', () => patched(lba.primary, 80, ...both(TINY_SECTORS + 5)), 'image-cut-off'],
    ['a volume of 2^32 - 1 blocks', () => patched(lba.primary, 80, ...both(0xffff_ffff)), 'image-cut-off'],
    ['a volume of no size', () => patched(lba.primary, 80, ...both(0)), 'volume-size-too-small'],
    ['half a sector at the end', () => Buffer.concat([tinyImage(), Buffer.alloc(100)]), 'partial-last-sector'],
    ['a date in the 13th month', () => patched(lba.primary, 813 + 4, 0x31, 0x33), 'volume-date-invalid'],
    ['a root record of 68 bytes', () => patched(lba.primary, 156, 68), 'root-record-length'],
    ['a root that is not marked as a directory', () => patched(lba.primary, 156 + 25, 0), 'root-not-directory'],
    ['a root of no size', () => withRootSizeZero(), 'directory-size-zero'],
    ['no path table', () => patched(lba.primary, 132, ...both(0)), 'path-table-missing'],
    ['a path table that lists another number of folders', () => patched(lba.pathTable, 10, 0), 'path-table-differs'],
  ]
  it.each(cases)('%s', async (_, build, code) => {
    const seen = await look(build())
    expect(seen.codes).toContain(code)
    expect(seen.paths('rockridge')).toEqual(WHOLE)
  })

  it('takes the Joliet tree when the primary descriptor is of no use', async () => {
    const seen = await look(patched(lba.primary, 128, 1, 0, 0, 1))
    expect(seen.codes).toContain('block-size-invalid')
    expect(seen.paths('joliet')).toEqual(WHOLE)
  })

  it('believes the copy of the root’s place that lies in the image', async () => {
    const seen = await look(patched(lba.primary, 156 + 2, ...le32(0x7fff_ffff)))
    expect(seen.paths('rockridge')).toEqual(WHOLE)
  })
})

function withSecondPrimary(): Buffer {
  const image = tinyImage()
  image.copy(image, lba.terminator * SECTOR_BYTES, lba.primary * SECTOR_BYTES, (lba.primary + 1) * SECTOR_BYTES)
  image.write('OTHER', lba.terminator * SECTOR_BYTES + 40)
  return image
}

function withDescriptorAfterTerminator(): Buffer {
  const image = tinyImage()
  const copy = Buffer.from(image.subarray(lba.primary * SECTOR_BYTES, (lba.primary + 1) * SECTOR_BYTES))
  image.set(copy, (lba.terminator + 1) * SECTOR_BYTES)
  image.set(both(0), lba.primary * SECTOR_BYTES + 132)
  return image
}

function withRootSizeZero(): Buffer {
  const image = tinyImage({ rockRidge: true })
  image.set(both(0), lba.primary * SECTOR_BYTES + 156 + 10)
  image.set(both(0), lba.joliet * SECTOR_BYTES + 156 + 10)
  return image
}

describe('one thing wrong in a directory', () => {
  const cases: [string, () => Buffer, string, string[]][] = [
    ['a record of 20 bytes', () => withRecordPatched('docs', 0, 20), 'record-too-short', ['/big.bin']],
    ['a record that crosses its sector', () => crossing(), 'record-crosses-sector', WHOLE],
    ['a directory that ends in a record', () => endingInRecord(), 'record-beyond-directory', ['/big.bin', '/docs', '/docs/note.txt']],
    ['a name longer than its record', () => withRecordPatched('docs', 32, 200), 'name-beyond-record', ['/big.bin', '/hello.txt']],
    [
      'a folder outside the image',
      () => withRecordPatched('docs', 2, ...both(5000)),
      'directory-outside-image',
      ['/big.bin', '/docs', '/hello.txt'],
    ],
    ['a folder of 4 GB', () => withRecordPatched('docs', 10, ...both(0xffff_ffff)), 'directory-cut-off', WHOLE],
    [
      'a folder that is its parent',
      () => withRecordPatched('docs', 2, ...both(lba.root)),
      'directory-loop',
      ['/big.bin', '/docs', '/hello.txt'],
    ],
    ['a file outside the image', () => withRecordPatched('hello', 2, ...both(5000)), 'extent-outside-image', WHOLE],
    ['copies of a place that differ', () => withRecordPatched('hello', 6, 1, 2, 3, 4), 'both-endian-mismatch', WHOLE],
    ['an unfinished file of several parts', () => withRecordPatched('hello', 25, MULTI_EXTENT), 'multi-extent-unfinished', WHOLE],
    ['two folders with one content', () => rootWith(sharedFolder()), 'directory-shared', [...WHOLE, '/same', '/same/note.txt']],
    ['two entries of one name', () => rootWith(file('HELLO2.TXT;1', 'hello.txt')), 'duplicate-name', [...WHOLE, '/hello.txt']],
    ['an associated file', () => rootWith(record({ name: 'FORK', lba: lba.hello, sizeBytes: 6, flags: 4 })), 'associated-file', WHOLE],
  ]
  it.each(cases)('%s', async (_, build, code, paths) => {
    const seen = await look(build())
    expect(seen.codes).toContain(code)
    expect(seen.paths('rockridge')).toEqual(paths)
  })

  it('cuts folders nested too deep, and does not recurse', async () => {
    // Each folder's only entry is a folder that begins one sector later.
    const image = Buffer.concat([tinyImage({ joliet: false }), Buffer.alloc(400 * SECTOR_BYTES)])
    const deepLba = (depth: number) => TINY_SECTORS + depth
    for (let depth = 0; depth < 399; depth++) {
      const child = record({ name: 'D', lba: deepLba(depth + 1), sizeBytes: SECTOR_BYTES, flags: DIRECTORY })
      image.set(child, deepLba(depth) * SECTOR_BYTES)
    }
    const docs = find(image, lba.root, 'docs')
    image.set(both(deepLba(0)), docs + 2)
    image.set(both(TINY_SECTORS + 400), lba.primary * SECTOR_BYTES + 80)
    const seen = await look(image)
    expect(seen.codes).toContain('directory-too-deep')
    expect(seen.paths('iso9660').length).toBeLessThan(300)
  })

  it('ends with folders that share each other without end', async () => {
    // Every folder holds the next one twice: 2^60 paths.
    const levels = 60
    const image = Buffer.concat([tinyImage({ joliet: false, rockRidge: false }), Buffer.alloc(levels * SECTOR_BYTES)])
    for (let level = 0; level < levels - 1; level++) {
      const child = (name: string) => record({ name, lba: TINY_SECTORS + level + 1, sizeBytes: SECTOR_BYTES, flags: DIRECTORY })
      image.set(Buffer.concat([child('A'), child('B')]), (TINY_SECTORS + level) * SECTOR_BYTES)
    }
    image.set(both(TINY_SECTORS), lba.primary * SECTOR_BYTES + 156 + 2)
    image.set(both(TINY_SECTORS + levels), lba.primary * SECTOR_BYTES + 80)
    const seen = await look(image)
    expect(seen.codes).toContain('directory-shared-too-often')
  })

  it('does not take a zero-size file’s place for damage', async () => {
    const seen = await look(rootWith(record({ name: 'EMPTY.;1', lba: 0xdead_beef, sizeBytes: 0, systemUse: [nm('empty'), px(0o100644)] })))
    expect(seen.findings).toEqual([])
    expect(seen.paths('rockridge')).toContain('/empty')
    expect(seen.paths('iso9660')).toContain('/EMPTY')
  })
})

const sharedFolder = (): Buffer =>
  record({ name: 'SAME', lba: lba.docs, sizeBytes: SECTOR_BYTES, flags: DIRECTORY, systemUse: [nm('same'), px(0o40755, 0, 2)] })

/** Records of nobody up to near the sector's end, then one that is longer than what is left. */
function crossing(): Buffer {
  const image = tinyImage()
  const end = (lba.root + 1) * SECTOR_BYTES
  let at = find(image, lba.root, 'hello')
  at += image[at] as number
  for (; end - at > 60; at += 34) record({ name: '\u0001', lba: lba.root, sizeBytes: SECTOR_BYTES, flags: DIRECTORY }).copy(image, at)
  image.set([100], at)
  return image
}

/** The root's size ends within its last record. */
function endingInRecord(): Buffer {
  const image = tinyImage()
  const end = find(image, lba.root, 'hello') - lba.root * SECTOR_BYTES + 20
  image.set(both(end), lba.root * SECTOR_BYTES + 10)
  return image
}

describe('one thing wrong in Rock Ridge', () => {
  const areaAt =
    (offset: number, ...entries: Uint8Array[]) =>
    (image: Buffer) => {
      image.set(Buffer.concat(entries), lba.continuation * SECTOR_BYTES + offset)
      return image
    }
  const cases: [string, () => Buffer, string, string][] = [
    ['an entry of 2 bytes', () => rootWith(file('X.;1', 'x', Buffer.of(0x41, 0x41, 2, 1))), 'system-use-malformed', '/x'],
    ['an entry longer than its record', () => rootWith(file('X.;1', 'x', Buffer.of(0x41, 0x41, 200, 1))), 'system-use-malformed', '/x'],
    [
      'a continuation that leads to itself',
      () => areaAt(0, ce(lba.continuation, 0, 28))(rootWith(file('X.;1', 'x', ce(lba.continuation, 0, 28)))),
      'continuation-loop',
      '/x',
    ],
    ['a continuation outside the image', () => rootWith(file('X.;1', 'x', ce(900_000, 0, 28))), 'continuation-outside', '/x'],
    ['a continuation of 4 GB', () => rootWith(file('X.;1', 'x', ce(lba.continuation, 0, 0xffff_ffff))), 'continuation-outside', '/x'],
    [
      'two continuations',
      () =>
        areaAt(
          64,
          nm('late'),
        )(
          rootWith(
            record({
              name: 'X.;1',
              lba: lba.hello,
              sizeBytes: 6,
              systemUse: [px(0o100644), ce(lba.continuation, 0, 8), ce(lba.continuation, 64, 9)],
            }),
          ),
        ),
      'several-continuations',
      '/late',
    ],
    ['a name with a slash', () => rootWith(file('X.;1', '../x')), 'name-unsafe', '/..\\x2fx'],
    ['a name of two dots', () => rootWith(file('X.;1', '..')), 'name-unsafe', '/\\x2e\\x2e'],
    ['a name with NUL', () => rootWith(file('X.;1', 'a\u0000b')), 'name-unsafe', '/a\\x00b'],
    ['an empty name', () => rootWith(file('X.;1', '')), 'name-empty', `/unnamed-${lba.hello}`],
    [
      'a link whose component is longer than its entry',
      () => rootWith(link(use('SL', 0, 0, 99, Buffer.from('abc')))),
      'link-malformed',
      '/link',
    ],
    ['a link with the root in its middle', () => rootWith(link(sl([0, 'a'], [8, '']))), 'link-malformed', '/link'],
    ['a link that goes on to nowhere', () => rootWith(link(sl([1, 'a']))), 'link-malformed', '/link'],
    ['a relocated folder that leads to a file', () => rootWith(moved(lba.hello)), 'relocation-invalid', '/moved'],
    ['a relocated folder that leads to its parent', () => rootWith(moved(lba.root)), 'relocation-invalid', '/moved'],
    [
      'mode and owner cut off',
      () => rootWith(record({ name: 'X.;1', lba: lba.hello, sizeBytes: 6, systemUse: [nm('x'), use('PX', both32(0o100644))] })),
      'attributes-cut-short',
      '/x',
    ],
    ['time stamps cut off', () => rootWith(file('X.;1', 'x', use('TF', 0x7f, Buffer.alloc(8)))), 'times-cut-short', '/x'],
    [
      'an entry without Rock Ridge',
      () => rootWith(record({ name: 'PLAIN.;1', lba: lba.hello, sizeBytes: 6 })),
      'rockridge-missing',
      '/PLAIN',
    ],
    ['a sparse file', () => rootWith(file('X.;1', 'x', use('SF', both32(0)))), 'sparse-file', '/x'],
    [
      'a compressed file with blocks of 2^60',
      () => rootWith(file('X.;1', 'x', use('ZF', Buffer.from('pz'), 4, 60, both32(100)))),
      'compression-malformed',
      '/x',
    ],
  ]
  it.each(cases)('%s', async (_, build, code, path) => {
    const seen = await look(build())
    expect(seen.codes).toContain(code)
    expect(seen.paths('rockridge')).toEqual(expect.arrayContaining([...WHOLE, path]))
  })

  it('joins a name from many parts only up to its limit, then falls back to the plain name', async () => {
    const part = nm('n'.repeat(200), 1)
    const chain = (image: Buffer) => {
      for (let i = 0; i < 8; i++) {
        const next = i < 7 ? ce(lba.big, 256 * (i + 1), part.length + 28) : Buffer.alloc(0)
        image.set(Buffer.concat([part, next]), lba.big * SECTOR_BYTES + 256 * i)
      }
      return image
    }
    const start = record({ name: 'LONG.;1', lba: lba.hello, sizeBytes: 6, systemUse: [px(0o100644), ce(lba.big, 0, part.length + 28)] })
    const seen = await look(chain(rootWith(start)))
    expect(seen.codes).toContain('name-too-long')
    expect(seen.paths('rockridge')).toContain('/LONG')
  })

  it('keeps two names apart that are no UTF-8', async () => {
    const seen = await look(rootWith(file('A.;1', Buffer.of(0x63, 0xe9)), file('B.;1', Buffer.of(0x63, 0xe8))))
    expect(seen.paths('rockridge')).toEqual(expect.arrayContaining(['/c\\xe9', '/c\\xe8']))
  })

  it('reads Rock Ridge that is not announced', async () => {
    const image = tinyImage()
    // SP is the first entry of the root's own record; another signature hides it.
    image.write('ZZ', lba.root * SECTOR_BYTES + 34)
    const seen = await look(image)
    expect(seen.codes).toContain('sharing-indicator-missing')
    expect(seen.paths('rockridge')).toEqual(WHOLE)
  })
})

const link = (target: Uint8Array): Buffer =>
  record({ name: 'LINK.;1', lba: 0, sizeBytes: 0, systemUse: [nm('link'), px(0o120777), target] })
const moved = (childLba: number): Buffer =>
  record({ name: 'MOVED.;1', lba: lba.hello, sizeBytes: 6, systemUse: [nm('moved'), px(0o40755), use('CL', both32(childLba))] })

describe('one thing wrong in Joliet', () => {
  const jolietWith = (...records: Uint8Array[]) => tinyImage({ jolietRoot: [...jolietRoot(), ...records] })
  const entry = (name: Uint8Array): Buffer => record({ name, lba: lba.hello, sizeBytes: 6 })
  const cases: [string, () => Buffer, string, string][] = [
    ['half a character', () => jolietWith(entry(Buffer.concat([ucs2('half'), Buffer.of(0)]))), 'joliet-name-odd', '/half'],
    ['a name of 110 units', () => jolietWith(entry(ucs2('x'.repeat(110)))), 'joliet-name-long', `/${'x'.repeat(103)}`],
    ['a slash in a name', () => jolietWith(entry(ucs2('a/b'))), 'name-unsafe', '/a\\x2fb'],
    ['NUL in a name', () => jolietWith(entry(ucs2('a\u0000b'))), 'name-unsafe', '/a\\x00b'],
    [
      'a file that is in no other tree',
      () => jolietWith(record({ name: ucs2('secret'), lba: lba.continuation, sizeBytes: 6 })),
      'only-in-joliet',
      '/secret',
    ],
  ]
  it.each(cases)('%s', async (_, build, code, path) => {
    const seen = await look(build())
    expect(seen.codes).toContain(code)
    expect(seen.paths('joliet')).toContain(path)
  })

  it('keeps lone surrogates apart, and leaves `;1` off', async () => {
    const seen = await look(jolietWith(entry(Buffer.of(0xd8, 0x3d)), entry(Buffer.of(0xd8, 0x3e)), entry(ucs2('v.txt;1'))))
    expect(seen.paths('joliet')).toEqual(expect.arrayContaining(['/\\ud83d', '/\\ud83e', '/v.txt']))
  })
})

describe('a cut-off image', () => {
  it.each(Array.from({ length: TINY_SECTORS - 17 }, (_, i) => 17 + i))(
    'of %i sectors opens or is refused, and shows no more than is there',
    async (sectors) => {
      const whole = tinyImage()
      try {
        const seen = await look(whole.subarray(0, sectors * SECTOR_BYTES))
        expect(seen.codes).toContain('image-cut-off')
        for (const path of seen.paths('rockridge')) expect(WHOLE).toContain(path)
      } catch (error) {
        expect(error).toBeInstanceOf(Problem)
      }
    },
  )
})

describe('bytes changed at random', () => {
  it('never throw anything but a Problem, and always end', async () => {
    let state = 12345
    const random = (below: number) => {
      state = (state * 1103515245 + 12345) % 2147483648
      return state % below
    }
    for (let round = 0; round < 300; round++) {
      const image = tinyImage()
      const changes = 1 + random(8)
      for (let i = 0; i < changes; i++) image[16 * SECTOR_BYTES + random(10 * SECTOR_BYTES)] = random(256)
      try {
        await look(image)
      } catch (error) {
        if (!(error instanceof Problem) || error.report.kind === 'bug') throw error
      }
    }
  })
})
