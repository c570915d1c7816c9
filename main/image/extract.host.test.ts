/** What extraction owes to the host: its names, its room, its marks, whatever an image asks for. */
import {
  fstatSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ProblemReport } from '../../shared/problem.ts'
import { OutputTree } from '../output/output-tree.ts'
import { zoneMarkOf } from '../output/zone-mark.ts'
import { ShortAd } from '../udf/allocation-descriptors.ts'
import { allocationKinds } from '../udf/information-control-block.ts'
import { udfRevisions } from '../udf/revision.ts'
import { Surgery } from '../udf/testing/image-surgery.ts'
import { file, directory as udfFolder } from '../udf/testing/sample-tree.ts'
import { type ExtractRequest, extractImage } from './extract.ts'
import { hostTree } from './testing/foreign-readers.ts'
import { quietControl } from './testing/quiet-control.ts'
import { ce, lba, nm, px, record, tinyImage } from './testing/tiny-image.ts'

let scratch: string
let outFolder: string
let imagePath: string
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-host-'))
  outFolder = join(scratch, 'out')
  imagePath = join(scratch, 'image.iso')
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

const extract = (bytes: Uint8Array, request: Partial<ExtractRequest> = {}, control = quietControl()) => {
  writeFileSync(imagePath, bytes)
  return extractImage({ imagePath, paths: [], view: 'auto', outFolder, overwrite: false, ...request }, control)
}
const made = () => [...hostTree(outFolder).keys()].sort()
const named = (name: string | Uint8Array, ...more: Uint8Array[]) =>
  record({ name: 'X.;1', lba: lba.hello, sizeBytes: 6, systemUse: [nm(name), px(0o100644), ...more] })
const root = (...records: Uint8Array[]) => tinyImage({ joliet: false, root: records })
const reportOf = (work: Promise<unknown>): Promise<ProblemReport> =>
  work.then(
    () => Promise.reject(new Error('it went well')),
    (error) => error.report,
  )

describe('names', () => {
  const awkward = ['CON', 'aux.txt', 'what?.txt', 'dot.', 'C:drive']

  it('are those of the image where the host takes them', async () => {
    await extract(root(...awkward.map((name) => named(name))))
    expect(made()).toEqual(awkward.map((name) => `/${name}`).sort())
  })

  it('fit every system when that is asked for, and each change is said', async () => {
    const { notes } = await extract(root(...awkward.map((name) => named(name))), { portableNames: true })
    expect(made()).toEqual(['/C_drive', '/_CON', '/_aux.txt', '/dot_', '/what_.txt'])
    expect(notes.map(({ path }) => path).sort()).toEqual(awkward.map((name) => `/${name}`).sort())
  })

  it('stay two where they become one', async () => {
    await extract(root(named('a?b'), named('a*b'), named('a_b')), { portableNames: true })
    expect(made()).toEqual(['/a_b', '/a_b (2)', '/a_b (3)'])
  })

  it('that are too long are cut, kept apart, and said', async () => {
    // A record has room for a part of such a name; the rest stands in a continuation area, as writers do it.
    const entry = (end: string, offsetBytes: number) =>
      record({ name: `${end}.;1`, lba: lba.hello, sizeBytes: 6, systemUse: [px(0o100644), ce(lba.continuation, offsetBytes, 400)] })
    const bytes = root(entry('1', 0), entry('2', 1024))
    const rest = (end: string) => Buffer.concat([nm('n'.repeat(200), 1), nm(`${'m'.repeat(100)}${end}`)])
    rest('1').copy(bytes, lba.continuation * 2048)
    rest('2').copy(bytes, lba.continuation * 2048 + 1024)
    const { notes } = await extract(bytes)
    const names = made().map((path) => path.slice(1))
    expect(new Set(names).size).toBe(2)
    expect(Math.max(...names.map((name) => Buffer.byteLength(name)))).toBeLessThanOrEqual(255)
    expect(notes.map(({ reason }) => reason)).toEqual([expect.stringContaining('too long'), expect.stringContaining('too long')])
  })

  it('of no known encoding are escaped the same way each time', async () => {
    await extract(root(named(Buffer.of(0x61, 0xff)), named(Buffer.of(0x61, 0xfe))))
    expect(made()).toEqual(['/a\\xfe', '/a\\xff'])
  })

  it('such as objects have in JavaScript mean nothing', async () => {
    await extract(root(named('__proto__'), named('constructor')))
    expect(made()).toEqual(['/__proto__', '/constructor'])
  })
})

describe('rights and dates', () => {
  it('to run as somebody else are left out, and that is said', async () => {
    const bytes = root(record({ name: 'S.;1', lba: lba.hello, sizeBytes: 6, systemUse: [nm('suid'), px(0o106755)] }))
    const { notes } = await extract(bytes)
    expect(statSync(join(outFolder, 'suid')).mode & 0o7777).toBe(0o755)
    expect(notes).toEqual([{ path: '/suid', reason: expect.stringContaining('somebody else') }])
  })

  it('leave every file and folder readable for who extracts', async () => {
    const folder = record({ name: 'D', lba: lba.docs, sizeBytes: 2048, flags: 2, systemUse: [nm('docs'), px(0o40000)] })
    await extract(root(folder, record({ name: 'N.;1', lba: lba.hello, sizeBytes: 6, systemUse: [nm('none'), px(0o100000)] })))
    expect(statSync(join(outFolder, 'none')).mode & 0o400).toBe(0o400)
    expect(statSync(join(outFolder, 'docs')).mode & 0o700).toBe(0o700)
  })

  it.each([
    ['of 1900', [0, 1, 1, 0, 0, 0, 0]],
    ['of 2155', [255, 12, 31, 23, 59, 59, 0]],
    ['that never was', [124, 2, 31, 0, 0, 0, 0]],
  ])('a date %s loses no file', async (_, date) => {
    const bytes = record({ name: 'A.;1', lba: lba.hello, sizeBytes: 6, systemUse: [nm('dated'), px(0o100644)] })
    bytes.set(date, 18)
    await extract(root(bytes))
    expect(readFileSync(join(outFolder, 'dated'), 'latin1')).toBe('hello\n')
  })
})

describe('images that grow', () => {
  const GIB = 2 ** 30
  /** Lengths of extents have 30 bits, and these end with a block. */
  const MOST_EXTENT_BYTES = GIB - 2048
  /** Neither allocated nor recorded (ECMA-167 4/14.14.1.1). */
  const NOT_RECORDED = 2 * GIB

  /** Sparse files of UDF: nothing is recorded of all their bytes. */
  function sparse(sizeBytes: number, count = 1): Buffer {
    const names = Array.from({ length: count }, (_, i) => `hole ${i + 1}`)
    const surgery = new Surgery(
      udfFolder(
        '',
        names.map((name) => file(name, 'small')),
      ),
      udfRevisions['1.02'],
    )
    const pieces = Array.from({ length: Math.ceil(sizeBytes / MOST_EXTENT_BYTES) }, (_, i) =>
      Math.min(MOST_EXTENT_BYTES, sizeBytes - i * MOST_EXTENT_BYTES),
    )
    const descriptors = Buffer.concat(
      pieces.map((lengthBytes) => Buffer.from(ShortAd.serialise({ lengthAndType: lengthBytes + NOT_RECORDED, block: 0 }))),
    )
    for (const name of names) surgery.setAllocation(surgery.entryAt(name), allocationKinds.short, descriptors, sizeBytes)
    return surgery.bytes
  }

  it('to many times their size are not taken out unasked', async () => {
    const report = await reportOf(extract(sparse(8 * GIB)))
    expect(report).toMatchObject({ kind: 'usage', code: 'expands-too-far', kept: 'Nothing was written.' })
    expect(readdirSync(scratch)).toEqual(['image.iso'])
  })

  it('a little are', async () => {
    await extract(sparse(2 ** 20))
    expect(statSync(join(outFolder, 'hole 1')).size).toBe(2 ** 20)
  })

  it('beyond the room there is are refused before anything is written', async () => {
    const report = await reportOf(extract(sparse(200 * GIB, 100), { expand: true }))
    expect(report).toMatchObject({ kind: 'io', code: 'no-space' })
    expect(readdirSync(scratch)).toEqual(['image.iso'])
  })

  it('only in what a damaged record claims are no trap', async () => {
    const claims = record({ name: 'C.;1', lba: lba.hello, sizeBytes: 0xffff_f000, systemUse: [nm('claims'), px(0o100644)] })
    const report = await reportOf(extract(root(claims, named('whole'))))
    expect(report.code).toBe('extract-incomplete')
    expect(made()).toEqual(['/whole'])
  })
})

describe('further names of one file', () => {
  it('lead to what was made in this run, or the file is written again', () => {
    const tree = new OutputTree(outFolder, { overwrite: false, sourceIdentities: [] })
    const first = tree.createFile(tree.root, 'first', null)
    const { ino: inode } = fstatSync(first.fd)
    const kept = { path: tree.keep(tree.root, first), inode }
    expect(tree.makeHardLink(tree.root, 'second', kept)).toBe(true)
    // Another program puts something else in its place.
    const other = join(scratch, 'other')
    writeFileSync(other, 'not ours')
    rmSync(kept.path)
    linkSync(other, kept.path)
    expect(tree.makeHardLink(tree.root, 'third', kept)).toBe(false)
    rmSync(kept.path)
    symlinkSync(other, kept.path)
    expect(tree.makeHardLink(tree.root, 'fourth', kept)).toBe(false)
    expect(readdirSync(outFolder).sort()).toEqual(['first', 'second'])
  })
})

describe('the mark of files from elsewhere, on Windows', () => {
  const mark = Buffer.from('[ZoneTransfer]\r\nZoneId=3\r\n')

  it('is read from the image and put on every file', () => {
    // Here the stream is an ordinary file of that name; what is written is the same.
    writeFileSync(`${imagePath}:Zone.Identifier`, mark)
    const zoneMark = zoneMarkOf(imagePath, 'win32')
    expect(zoneMark?.equals(mark)).toBe(true)
    const tree = new OutputTree(outFolder, { overwrite: false, sourceIdentities: [], platform: 'win32', zoneMark })
    tree.keep(tree.root, tree.createFile(tree.root, 'setup.exe', null))
    expect(readFileSync(join(outFolder, 'setup.exe:Zone.Identifier')).equals(mark)).toBe(true)
  })

  it('is not looked for elsewhere, and need not be there', () => {
    writeFileSync(`${imagePath}:Zone.Identifier`, mark)
    expect(zoneMarkOf(imagePath, 'linux')).toBeNull()
    expect(zoneMarkOf(join(scratch, 'none.iso'), 'win32')).toBeNull()
  })
})

it('links are not made on Windows, and each is said', () => {
  const tree = new OutputTree(outFolder, { overwrite: false, sourceIdentities: [], platform: 'win32' })
  expect(() => tree.makeSymlink(tree.root, 'link', 'target')).toThrow('Links are not made on Windows')
  expect(lstatSync(join(outFolder, 'link'), { throwIfNoEntry: false })).toBeUndefined()
})
