/** What real discs have that today's writers hardly make: small blocks, interleaved files, XA, compression, level 4. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FileSystemKind } from '../../shared/image-project.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import { DirectoryRecord } from '../iso9660/directory-record.ts'
import { PrimaryVolumeDescriptor, SECTOR_BYTES } from '../iso9660/volume-descriptor.ts'
import { checkImage } from './check-image.ts'
import { entryContent } from './entry-content.ts'
import { imageFacts } from './image-facts.ts'
import { openImage } from './open-image.ts'
import { hostTree } from './testing/foreign-readers.ts'
import { scratchRoot } from './testing/scratch.ts'
import { withBlockBytes } from './testing/smaller-blocks.ts'
import { lba, nm, px, record, tinyImage, use } from './testing/tiny-image.ts'
import { pathOfStep, walkView } from './walk-view.ts'

const quiet = { checkpoint: () => undefined }

let scratch: string
let source: string
let image: string
beforeAll(() => {
  scratch = mkdtempSync(join(scratchRoot(), 'isomer-odd-'))
  source = join(scratch, 'source')
  image = join(scratch, 'image.iso')
  mkdirSync(join(source, 'FOLDER', 'DEEP'), { recursive: true })
  writeFileSync(join(source, 'ZEROS.BIN'), Buffer.alloc(400_000))
  writeFileSync(join(source, 'FOLDER', 'TEXT.TXT'), Array.from({ length: 40_000 }, (_, i) => `${i}\n`).join(''))
  writeFileSync(join(source, 'FOLDER', 'DEEP', 'SMALL'), 'small')
  writeFileSync(join(source, 'FOLDER', 'DEEP', 'EMPTY'), '')
})
beforeEach(() => rmSync(image, { force: true }))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

interface Seen {
  /** Path to content, or to why there is none. */
  readonly contents: Map<string, Buffer | string>
  readonly codes: string[]
}

async function look(kind: FileSystemKind | 'auto' = 'auto'): Promise<Seen> {
  const opened = openImage(image)
  try {
    const view = opened.view(kind)
    const contents = new Map<string, Buffer | string>()
    for (const step of walkView(view, view.root, '/', new FindingLog())) {
      if (step.entry.type !== 'file') continue
      try {
        const pieces: Buffer[] = []
        for (const piece of entryContent(view, step.entry)) pieces.push(Buffer.from(piece))
        contents.set(pathOfStep(step), Buffer.concat(pieces))
      } catch (error) {
        contents.set(pathOfStep(step), (error as Error).message)
      }
    }
    return { contents, codes: (await checkImage(opened, quiet)).map(({ code }) => code) }
  } finally {
    opened.close()
  }
}

/** Files of the source folder, as `look` gives them. */
function sourceContents(): Map<string, Buffer> {
  const files = [...hostTree(source)].filter(([, { kind }]) => kind === 'file')
  return new Map(files.map(([path]) => [path, readFileSync(join(source, path))]))
}

/** Lengths and digests are shorter to compare, and to read when they differ. */
function digests(contents: Map<string, Buffer | string>): Map<string, string> {
  const sha256 = (content: Buffer | string) => `${content.length} ${createHash('sha256').update(content).digest('hex')}`
  return new Map([...contents].sort().map(([path, content]) => [path, sha256(content)]))
}

describe.each([512, 1024] as const)('blocks of %i bytes', (blockBytes) => {
  beforeEach(() => {
    execFileSync('genisoimage', ['-quiet', '-iso-level', '2', '-o', image, source], { stdio: 'ignore' })
    writeFileSync(image, withBlockBytes(readFileSync(image), blockBytes))
  })

  // Of the readers that the tests use as judges, none reads them.
  it('are read', async () => {
    const { contents, codes } = await look()
    expect(digests(contents)).toEqual(digests(sourceContents()))
    expect(codes).toEqual([])
  })

  it('count in the size of the volume', async () => {
    const opened = openImage(image)
    const { fileSystems } = await imageFacts(opened, quiet)
    opened.close()
    expect(fileSystems[0]).toMatchObject({ blockBytes, volumeSizeBytes: readFileSync(image).length })
  })
})

describe('interleaved files', () => {
  const UNIT = DirectoryRecord.fields.fileUnitSizeBlocks.offset
  const GAP = DirectoryRecord.fields.interleaveGapBlocks.offset
  const ATTRIBUTES = DirectoryRecord.fields.extendedAttributeBlocks.offset

  /** A file of two and a half sectors, in the four sectors of BIG.BIN, which are numbered. */
  function interleaved(unit: number, gap: number, attributeBlocks = 0): void {
    const file = record({ name: 'FILM.DAT;1', lba: lba.big, sizeBytes: 2.5 * SECTOR_BYTES })
    file[UNIT] = unit
    file[GAP] = gap
    file[ATTRIBUTES] = attributeBlocks
    const bytes = tinyImage({ rockRidge: false, joliet: false, root: [file] })
    const larger = Buffer.concat([bytes, Buffer.alloc(8 * SECTOR_BYTES)])
    for (let i = 0; i < 12; i++)
      larger.fill(`${String.fromCharCode(65 + i)}`, (lba.big + i) * SECTOR_BYTES, (lba.big + i + 1) * SECTOR_BYTES)
    writeFileSync(image, larger)
  }

  /** Letters of the sectors that a content comes from. */
  const sectorsOf = (content: Buffer | string | undefined) => [...new Set(content?.toString('latin1'))].join('')

  it.each([
    ['one block, gap of one', 1, 1, 0, 'ACE'],
    ['two blocks, gap of three', 2, 3, 0, 'ABF'],
    ['longer units than the file', 4, 1, 0, 'ABC'],
    ['attributes in the first unit', 2, 1, 1, 'DEG'],
    ['no gap', 2, 0, 0, 'ABC'],
    ['no unit', 0, 2, 0, 'ABC'],
  ])('%s', async (_, unit, gap, attributeBlocks, letters) => {
    interleaved(unit, gap, attributeBlocks)
    const { contents } = await look()
    const content = contents.get('/FILM.DAT')
    expect([sectorsOf(content), content?.length]).toEqual([letters, 2.5 * SECTOR_BYTES])
  })

  it('that reach beyond the image are incomplete', async () => {
    interleaved(1, 200)
    const { contents, codes } = await look()
    expect(contents.get('/FILM.DAT')).toContain('is incomplete')
    expect(codes).toContain('extent-outside-image')
  })
})

describe('CD-ROM XA', () => {
  const xa = (attributes: number): Buffer => Buffer.concat([Buffer.of(0, 0, 0, 0, attributes >> 8, 0), Buffer.from('XA'), Buffer.alloc(6)])

  function volume(announced: boolean): void {
    const files = [
      record({ name: 'DATA.TXT;1', lba: lba.hello, sizeBytes: 6, systemUse: [xa(0x0800)] }),
      record({ name: 'FILM.DAT;1', lba: lba.big, sizeBytes: 100, systemUse: [xa(0x1000)] }),
      record({ name: 'TRACK.DA;1', lba: lba.big, sizeBytes: 100, systemUse: [xa(0x4000)] }),
    ]
    const bytes = tinyImage({ joliet: false })
    const root = lba.root * SECTOR_BYTES
    let at = root
    for (let i = 0; i < 2; i++) at += bytes[at] as number
    bytes.fill(0, at, root + SECTOR_BYTES)
    Buffer.concat(files).copy(bytes, at)
    const { offset } = PrimaryVolumeDescriptor.fields.applicationUse
    if (announced) bytes.write('CD-XA001', lba.primary * SECTOR_BYTES + offset + 141, 'latin1')
    writeFileSync(image, bytes)
  }

  it('tells which files an image of 2048-byte sectors does not hold whole', async () => {
    volume(true)
    const { contents, codes } = await look('iso9660')
    expect([...contents.keys()]).toEqual(['/DATA.TXT', '/FILM.DAT', '/TRACK.DA'])
    expect(codes).toEqual(expect.arrayContaining(['xa-form-2', 'xa-audio']))
  })

  it('is believed only where the volume announces it', async () => {
    volume(false)
    expect((await look('iso9660')).codes).not.toContain('xa-form-2')
  })

  it('may stand before Rock Ridge in the same area', async () => {
    const skipping = use('SP', 0xbe, 0xef, 14)
    const file = record({ name: 'A.TXT;1', lba: lba.hello, sizeBytes: 6, systemUse: [xa(0x0800), nm('a long name.txt'), px(0o100640)] })
    const bytes = tinyImage({ joliet: false, root: [file] })
    const self = record({
      name: '\u0000',
      lba: lba.root,
      sizeBytes: SECTOR_BYTES,
      flags: 2,
      systemUse: [xa(0x8800), skipping, px(0o40755, 0, 2)],
    })
    const parent = record({ name: '\u0001', lba: lba.root, sizeBytes: SECTOR_BYTES, flags: 2 })
    bytes.fill(0, lba.root * SECTOR_BYTES, (lba.root + 1) * SECTOR_BYTES)
    Buffer.concat([self, parent, file]).copy(bytes, lba.root * SECTOR_BYTES)
    writeFileSync(image, bytes)
    expect([...(await look('rockridge')).contents.keys()]).toEqual(['/a long name.txt'])
  })
})

describe('files that xorriso compressed', () => {
  it.each([
    ['zisofs', []],
    ['zisofs2', ['-zisofs', 'version_2=on:block_size=32k:block_size_v2=128k']],
    ['zisofs2 with blocks of 1 MiB', ['-zisofs', 'version_2=on:block_size_v2=1m']],
  ])('%s: are expanded', async (_, options) => {
    const commands = [...options, '-map', source, '/', '-set_filter_r', '--zisofs', '/', '--', '-commit']
    execFileSync('xorriso', ['-outdev', `stdio:${image}`, ...commands], { stdio: 'ignore' })
    const { contents, codes } = await look()
    expect(digests(contents)).toEqual(digests(sourceContents()))
    expect(codes).toEqual([])
    const opened = openImage(image)
    expect(opened.view('auto').lookup('/ZEROS.BIN')?.zisofs).not.toBeNull()
    opened.close()
  })
})

describe('ISO 9660:1999', () => {
  const name = 'A name of more than thirty-one characters, in both cases.text'

  it('of genisoimage is one tree that both descriptors lead to', async () => {
    const folder = join(scratch, 'level 4')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, name), 'long')
    execFileSync('genisoimage', ['-quiet', '-iso-level', '4', '-o', image, folder], { stdio: 'ignore' })
    const opened = openImage(image)
    const { fileSystems } = await imageFacts(opened, quiet)
    opened.close()
    expect(fileSystems.map(({ kind, level }) => [kind, level])).toEqual([['iso9660', 4]])
    expect((await look()).contents).toEqual(new Map([[`/${name}`, Buffer.from('long')]]))
  })

  it('with a tree of its own shows that tree', async () => {
    const bytes = tinyImage({ rockRidge: false })
    // Joliet's descriptor becomes an enhanced one: version 2, no escape sequence, names of one byte.
    const at = lba.joliet * SECTOR_BYTES
    const { escapeSequences, version } = PrimaryVolumeDescriptor.fields
    version.set(bytes, at, 2)
    escapeSequences.set(bytes, at, new Uint8Array())
    const root = lba.jolietRoot * SECTOR_BYTES
    let end = root
    for (let i = 0; i < 2; i++) end += bytes[end] as number
    bytes.fill(0, end, root + SECTOR_BYTES)
    record({ name, lba: lba.hello, sizeBytes: 6 }).copy(bytes, end)
    writeFileSync(image, bytes)
    expect((await look()).contents).toEqual(new Map([[`/${name}`, Buffer.from('hello\n')]]))
  })
})

describe('volumes of Macs', () => {
  it.each([
    ['HFS', 'genisoimage', ['-quiet', '-hfs']],
    ['HFS+', 'xorriso', ['-as', 'mkisofs', '-quiet', '-hfsplus']],
  ])('of %s are noticed beside the tree that is shown', async (kind, tool, options) => {
    execFileSync(tool, [...options, '-o', image, source], { stdio: 'ignore' })
    const opened = openImage(image)
    const { otherFileSystems, findings } = await imageFacts(opened, quiet)
    opened.close()
    expect(otherFileSystems).toEqual([kind])
    expect(findings.map(({ code }) => code)).toEqual(['other-file-system'])
  })
})
