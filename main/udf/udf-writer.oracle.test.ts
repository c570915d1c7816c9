/** Volumes of every revision and awkward tree, judged by 7-Zip, udfinfo and our own reader. */
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FileByteSource } from '../bytes/byte-source.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import { extractedTree, sevenZip } from '../image/testing/foreign-readers.ts'
import { scratchRoot } from '../image/testing/scratch.ts'
import { openUdf } from './open-udf.ts'
import { type UdfRevisionName, udfRevisions } from './revision.ts'
import { sevenZipTest, udfinfo } from './testing/foreign-udf.ts'
import { listedTree } from './testing/listed-tree.ts'
import { directory, file, hardLink, SAMPLE_TIME_MS, type SampleEntry, special, symlink } from './testing/sample-tree.ts'
import { assembleUdf } from './testing/udf-assembler.ts'

let scratch: string
let image: string
beforeEach(() => {
  scratch = mkdtempSync(join(scratchRoot(), 'isomer-udf-'))
  image = join(scratch, 'image.udf')
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

const revisionNames = Object.keys(udfRevisions) as UdfRevisionName[]

function readBack<T>(use: (volume: NonNullable<ReturnType<typeof openUdf>>) => T): T {
  const source = FileByteSource.open(image)
  const findings = new FindingLog()
  try {
    const volume = openUdf(source, findings)
    if (volume === null) throw new Error('no UDF volume')
    const result = use(volume)
    expect(findings.list()).toEqual([])
    return result
  } finally {
    source.close()
  }
}

/** Without links and devices, for which 7-Zip refuses the whole volume. */
function plainTree(): SampleEntry {
  const twice = file('first name', Buffer.alloc(300_000, 'twice'), 0o4755)
  return directory('', [
    file('hello.txt', 'hello\n'),
    file('empty', ''),
    directory('日本語', [file('テスト.txt', 'テスト'), file('😀 emoji.txt', 'smile'), file('Ünïcödé', 'latin')]),
    directory('a', [directory('b', [directory('c', [file('leaf', 'leaf')])]), directory('no files', [])]),
    twice,
    hardLink('second name', twice),
    file('x'.repeat(254), 'longest of one byte'),
    file('字'.repeat(80), 'three times as long on the host'),
    file('two blocks', Buffer.alloc(4096, 'b')),
  ])
}

describe.each(revisionNames)('UDF %s', (name) => {
  const revision = udfRevisions[name]

  it('is read whole by 7-Zip, and by us with the same hashes', () => {
    assembleUdf(image, plainTree(), revision, 'Isomer 日本')
    sevenZipTest(image)
    const seen = extractedTree(sevenZip, image, scratch)
    const ours = readBack(({ view }) => listedTree(view))
    const asOurs = new Map([...seen].map(([path, entry]) => [path, entry.kind === 'folder' ? 'directory' : entry.content]))
    expect(new Map([...ours].sort())).toEqual(new Map([...asOurs].sort()))
    expect(ours.size).toBe(16)
  })

  it('is what udfinfo says it is', () => {
    assembleUdf(image, plainTree(), revision, 'Isomer 日本')
    const facts = udfinfo(image)
    expect(Object.fromEntries(facts)).toMatchObject({
      label: 'Isomer 日本',
      lvid: 'Isomer 日本',
      fsid: 'Isomer 日本',
      uuid: '0123456789abcdef',
      // What a reader must know, which 2.60 does not add to.
      udfrev: name === '2.60' ? '2.50' : name,
      udfwriterev: name,
      blocksize: '2048',
      freeblocks: '0',
      behindblocks: '0',
      numfiles: '11',
      numdirs: '6',
      integrity: 'closed',
      accesstype: 'readonly',
      impid: '*Isomer',
    })
  })

  it('holds the longest names, and 7-Zip lists them', () => {
    const names = ['x'.repeat(254), '字'.repeat(127), `${'字'.repeat(125)}😀`]
    assembleUdf(
      image,
      directory(
        '',
        names.map((path) => file(path, path)),
      ),
      revision,
      'L',
    )
    expect([...sevenZip.list(image).keys()].sort()).toEqual(names.map((path) => `/${path}`).sort())
    expect(readBack(({ view }) => [...view.children(view.root)].map((entry) => entry.name))).toEqual(names)
  })

  it('keeps modes, owners, times, links and devices', () => {
    const long = `${'d'.repeat(100)}/`.repeat(39)
    const links = [symlink('link', '../日本語/x'), symlink('root', '/'), symlink('long', `/${long}end`)]
    const nodes = [special('sda1', 'block', 8, 1), special('tty', 'char', 5, 260), special('pipe', 'fifo'), special('socket', 'socket')]
    const twice = file('one', 'x', 0o7644)
    assembleUdf(image, directory('', [...links, ...nodes, directory('sub', [twice]), hardLink('two', twice)]), revision, 'L')
    readBack(({ view }) => {
      expect([...view.children(view.root)].map(({ name, type, target, device }) => [name, type, target, device])).toEqual([
        ['link', 'symlink', '../日本語/x', null],
        ['root', 'symlink', '/', null],
        ['long', 'symlink', `/${long}end`, null],
        ['sda1', 'block', null, { major: 8, minor: 1 }],
        ['tty', 'char', null, { major: 5, minor: 260 }],
        ['pipe', 'fifo', null, null],
        ['socket', 'socket', null, null],
        ['sub', 'directory', null, null],
        ['two', 'file', null, null],
      ])
      const one = view.lookup('/sub/one')
      expect(one).toMatchObject({ mode: 0o107644, uid: 1000, gid: 100, links: 2, modifiedMs: SAMPLE_TIME_MS })
      expect(one?.hardLinkKey).toBe(view.lookup('/two')?.hardLinkKey)
      expect(one?.hardLinkKey).not.toBeNull()
      expect(view.lookup('/sub')).toMatchObject({ mode: 0o040755, links: 1 })
      expect(view.root.links).toBe(2)
    })
  })
})

describe.each(['1.02', '2.50'] as const)('UDF %s, large', (name) => {
  const revision = udfRevisions[name]

  it('holds 3,000 files in one folder', () => {
    const files = Array.from({ length: 3000 }, (_, i) => file(`file ${i} 名前.txt`, `content ${i}`))
    assembleUdf(image, directory('', [directory('many', files)]), revision, 'Many')
    sevenZipTest(image)
    const listing = sevenZip.list(image)
    expect(listing.size).toBe(3000)
    expect(listing.get('/many/file 2999 名前.txt')).toBe(12)
    expect(readBack(({ view }) => listedTree(view)).size).toBe(3001)
  })

  it('holds files of several extents, and of more than one block of extents', () => {
    const sizes = { 'several.bin': 2.5 * 2 ** 30 + 12_345, 'chained.bin': 600 * 2 ** 30 + 1, 'exact.bin': 0x3fff_f800 * 2 }
    const files = Object.entries(sizes).map(([path, sizeBytes]) => file(path, sizeBytes))
    assembleUdf(image, directory('', [...files, file('after', 'after')]), revision, 'Large')
    expect(Object.fromEntries(sevenZip.list(image))).toEqual({
      '/several.bin': sizes['several.bin'],
      '/chained.bin': sizes['chained.bin'],
      '/exact.bin': sizes['exact.bin'],
      '/after': 5,
    })
    readBack(({ view }) => {
      for (const [path, sizeBytes] of Object.entries(sizes)) {
        const entry = view.lookup(path)
        // All in one piece, however many descriptors that took.
        expect(entry?.extents.map((extent) => extent.lengthBytes)).toEqual([sizeBytes])
      }
    })
  })
})

it('is the same each time', () => {
  const bytes = [0, 1].map(() => {
    assembleUdf(image, plainTree(), udfRevisions['2.60'], 'Same')
    const source = FileByteSource.open(image)
    const all = Buffer.alloc(source.sizeBytes)
    source.read(0, all)
    source.close()
    return all
  })
  expect(bytes[0]?.equals(bytes[1] as Buffer)).toBe(true)
})
