/** What extraction must never do, whatever an image holds and whatever is in the target. */
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Problem, type ProblemReport } from '../../shared/problem.ts'
import { type ExtractRequest, extractImage } from './extract.ts'
import { hostTree } from './testing/foreign-readers.ts'
import { quietControl } from './testing/quiet-control.ts'
import { bigRecord, both32, docsRecord, helloRecord, lba, nm, px, record, sl, tinyImage, use } from './testing/tiny-image.ts'

const ROOT = 8
const PARENT = 4
const DIRECTORY = 2

let scratch: string
let outFolder: string
let imagePath: string
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-extract-'))
  outFolder = join(scratch, 'inside/out')
  mkdirSync(join(scratch, 'inside'))
  imagePath = join(scratch, 'image.iso')
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

const extract = (bytes: Uint8Array, request: Partial<ExtractRequest> = {}, control = quietControl()) => {
  writeFileSync(imagePath, bytes)
  return extractImage({ imagePath, paths: [], view: 'auto', outFolder, overwrite: false, ...request }, control)
}
const made = () => [...hostTree(outFolder).keys()].sort()
const rootWith = (...records: Uint8Array[]) => tinyImage({ root: [bigRecord(), docsRecord(), helloRecord(), ...records] })
const file = (name: string, mode = 0o100644) => record({ name: 'X.;1', lba: lba.hello, sizeBytes: 6, systemUse: [nm(name), px(mode)] })
const link = (name: string, ...components: [number, string][]) =>
  record({ name: 'L.;1', lba: 0, sizeBytes: 0, systemUse: [nm(name), px(0o120777), sl(...components)] })

async function reportOf(work: Promise<unknown>): Promise<ProblemReport> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Problem)) throw new Error(`no Problem but ${String(error)}`)
  return error.report
}

const WHOLE = ['/big.bin', '/docs', '/docs/note.txt', '/hello.txt']

describe('names', () => {
  it.each(['..', '../evil', '/etc/evil', '../../evil', 'a/../../evil'])('%j stays inside', async (name) => {
    await extract(rootWith(file(name)))
    expect(made().length).toBe(WHOLE.length + 1)
    expect(readdirSync(scratch).sort()).toEqual(['image.iso', 'inside'])
    expect(readdirSync(join(scratch, 'inside'))).toEqual(['out'])
  })

  it('gives the second of two equal names a number, and says so', async () => {
    const result = await extract(
      rootWith(file('hello.txt'), record({ name: 'E', lba: lba.docs, sizeBytes: 2048, flags: DIRECTORY, systemUse: [nm('docs')] })),
    )
    expect(made()).toEqual(['/big.bin', '/docs', '/docs (2)', '/docs (2)/note.txt', '/docs/note.txt', '/hello (2).txt', '/hello.txt'])
    expect(result.notes.map(({ path }) => path).sort()).toEqual(['/docs', '/hello.txt'])
  })
})

describe('links', () => {
  it('are not made when they lead out, and nothing goes through them', async () => {
    const outside = join(scratch, 'outside')
    mkdirSync(outside)
    const parts = outside.split('/').slice(1)
    const trap = link('trap', [ROOT, ''], ...parts.map((part): [number, string] => [0, part]))
    const trapFolder = record({ name: 'T', lba: lba.docs, sizeBytes: 2048, flags: DIRECTORY, systemUse: [nm('trap'), px(0o40755)] })
    const result = await extract(rootWith(trap, trapFolder, link('up', [PARENT, '']), link('sly', [0, 'docs'], [PARENT, ''], [PARENT, ''])))
    expect(readdirSync(outside)).toEqual([])
    expect(made()).toEqual([...WHOLE, '/trap', '/trap/note.txt'].sort())
    expect(result.notes.map(({ path }) => path).sort()).toEqual(['/sly', '/trap', '/up'])
  })

  it('are made when they stay inside', async () => {
    await extract(rootWith(link('good', [0, 'docs'], [0, 'note.txt'])))
    expect(readlinkSync(join(outFolder, 'good'))).toBe('docs/note.txt')
  })

  it('never take the place of a file of the image', async () => {
    const result = await extract(rootWith(link('hello.txt', [0, 'docs'])))
    expect(lstatSync(join(outFolder, 'hello.txt')).isFile()).toBe(true)
    expect(result.notes.map(({ path }) => path)).toEqual(['/hello.txt'])
  })
})

describe('types and modes', () => {
  it('makes no devices, pipes or sockets', async () => {
    const node = (name: string, mode: number) =>
      record({ name: 'N', lba: 0, sizeBytes: 0, systemUse: [nm(name), px(mode), use('PN', both32(1), both32(3))] })
    const result = await extract(rootWith(node('null', 0o020666), node('disk', 0o060660), node('pipe', 0o010644), node('sock', 0o140755)))
    expect(made()).toEqual(WHOLE)
    expect(result.notes.map(({ path }) => path)).toEqual(['/null', '/disk', '/pipe', '/sock'])
  })

  it('hands on no set-user-id and no write permission for others', async () => {
    await extract(rootWith(file('suid', 0o106777)))
    expect(statSync(join(outFolder, 'suid')).mode & 0o7777 & ~0o755).toBe(0)
  })
})

describe('what is there already', () => {
  it('keeps a file of the same name, and writes nothing at all', async () => {
    mkdirSync(outFolder)
    writeFileSync(join(outFolder, 'hello.txt'), 'mine')
    const report = await reportOf(extract(tinyImage()))
    expect(report).toMatchObject({ kind: 'usage', code: 'target-exists', kept: 'Nothing was written.' })
    expect(made()).toEqual(['/hello.txt'])
    expect(readFileSync(join(outFolder, 'hello.txt'), 'utf8')).toBe('mine')
  })

  it('replaces it when told to, and leaves other files alone', async () => {
    mkdirSync(outFolder)
    writeFileSync(join(outFolder, 'hello.txt'), 'mine')
    writeFileSync(join(outFolder, 'other.txt'), 'other')
    await extract(tinyImage(), { overwrite: true })
    expect(readFileSync(join(outFolder, 'hello.txt'), 'utf8')).toBe('hello\n')
    expect(made()).toEqual([...WHOLE, '/other.txt'].sort())
  })

  it('does not write through a link in the place of a folder', async () => {
    const outside = join(scratch, 'outside')
    mkdirSync(outside)
    mkdirSync(outFolder)
    symlinkSync(outside, join(outFolder, 'docs'))
    const report = await reportOf(extract(tinyImage(), { overwrite: true }))
    expect(report).toMatchObject({ kind: 'image', code: 'extract-incomplete' })
    expect(readdirSync(outside)).toEqual([])
    expect(existsSync(join(outFolder, 'hello.txt'))).toBe(true)
  })

  it('does not replace a link by a file, even when told to', async () => {
    const precious = join(scratch, 'precious')
    writeFileSync(precious, 'precious')
    mkdirSync(outFolder)
    symlinkSync(precious, join(outFolder, 'hello.txt'))
    await reportOf(extract(tinyImage(), { overwrite: true }))
    expect(readFileSync(precious, 'utf8')).toBe('precious')
    expect(readlinkSync(join(outFolder, 'hello.txt'))).toBe(precious)
  })

  it('never replaces the image itself', async () => {
    mkdirSync(outFolder)
    writeFileSync(imagePath, tinyImage())
    linkSync(imagePath, join(outFolder, 'hello.txt'))
    const work = extractImage({ imagePath, paths: [], view: 'auto', outFolder, overwrite: true }, quietControl())
    expect((await reportOf(work)).message).toContain('the image itself')
    expect(readFileSync(imagePath).equals(tinyImage())).toBe(true)
  })

  it('does not go on in a folder that was swapped for a link meanwhile', async () => {
    const outside = join(scratch, 'outside')
    mkdirSync(outside)
    let turns = 0
    const control = quietControl({
      checkpoint: () => {
        // After the folders are made and before the files are: as another program could.
        if (++turns === 2) {
          rmSync(join(outFolder, 'docs'), { recursive: true })
          symlinkSync(outside, join(outFolder, 'docs'))
        }
        return undefined
      },
    })
    const report = await reportOf(extract(tinyImage(), {}, control))
    expect(report.technical).toContain('/docs/note.txt')
    expect(readdirSync(outside)).toEqual([])
  })
})

describe('what can not be had', () => {
  it('removes a file that the image cuts off, keeps the others and names it', async () => {
    const cut = tinyImage().subarray(0, lba.big * 2048 + 3000)
    const report = await reportOf(extract(cut))
    expect(report).toMatchObject({ kind: 'image', code: 'extract-incomplete' })
    expect(report.message).toContain('/big.bin')
    expect(made()).toEqual(['/docs', '/docs/note.txt', '/hello.txt'])
  })

  it('says what was kept when it is stopped, and leaves no part of a file', async () => {
    const large = Buffer.concat([tinyImage({ root: [largeRecord(), helloRecord()] }), Buffer.alloc(LARGE_BYTES)])
    let turns = 0
    const control = quietControl({
      checkpoint: () => {
        // Once after the small file, then twice within the large one.
        if (++turns > 3) throw Problem.cancelled()
        return undefined
      },
    })
    const report = await reportOf(extract(large, {}, control))
    expect(report.kind).toBe('cancelled')
    expect(made()).toEqual(['/hello.txt'])
    expect(report.kept).toBe('1 file was extracted before and kept.')
  })

  it('leaves no empty folders of its own behind', async () => {
    const control = quietControl({
      checkpoint: () => {
        throw Problem.cancelled()
      },
    })
    await reportOf(extract(tinyImage(), {}, control))
    expect(existsSync(outFolder)).toBe(false)
  })
})

const LARGE_BYTES = 2_000_000
const largeRecord = () => record({ name: 'LARGE.;1', lba: 32, sizeBytes: LARGE_BYTES, systemUse: [nm('large'), px(0o100644)] })

describe('which and where', () => {
  it('takes only what is asked for, under its path', async () => {
    await extract(tinyImage(), { paths: ['/docs/note.txt'] })
    expect(made()).toEqual(['/docs', '/docs/note.txt'])
  })

  it('takes overlapping paths once', async () => {
    const result = await extract(tinyImage(), { paths: ['/docs', '/docs/note.txt', 'hello.txt'] })
    expect(made()).toEqual(['/docs', '/docs/note.txt', '/hello.txt'])
    expect(result.notes).toEqual([])
  })

  it('leaves leading folders off', async () => {
    const result = await extract(tinyImage(), { strip: 1 })
    expect(made()).toEqual(['/note.txt'])
    expect(result.notes.map(({ path }) => path)).toEqual(['/big.bin', '/hello.txt'])
  })

  it('says when there is no such path, and makes nothing', async () => {
    expect(await reportOf(extract(tinyImage(), { paths: ['/nowhere'] }))).toMatchObject({ kind: 'usage', code: 'no-such-path' })
    expect(existsSync(outFolder)).toBe(false)
  })

  it('reports folders that can not be written to', async () => {
    mkdirSync(outFolder)
    chmodSync(outFolder, 0o500)
    if (process.getuid?.() === 0) return // root may write anywhere
    expect((await reportOf(extract(tinyImage()))).kind).toBe('io')
  })

  it('shares the work for many files and makes every one', async () => {
    const count = 3000
    const perSector = 15
    const sectors = Math.ceil(count / perSector)
    const records = Array.from({ length: count }, (_, i) => {
      const sizeBytes = (i * 37) % 3000
      const name = `file ${String(i).padStart(5, '0')}`
      return record({ name: `F${i}.;1`, lba: 40 + sectors + (i % 50), sizeBytes, systemUse: [nm(name), px(0o100644)] })
    })
    const image = manyFilesImage(records, sectors)
    const result = await extract(image)
    expect(result.files).toBe(count)
    expect(readdirSync(outFolder).length).toBe(count)
    for (const i of [0, 1, 777, 2999]) {
      const place = (40 + sectors + (i % 50)) * 2048
      const content = readFileSync(join(outFolder, `file ${String(i).padStart(5, '0')}`))
      expect(content.equals(image.subarray(place, place + ((i * 37) % 3000)))).toBe(true)
    }
  })
})

function manyFilesImage(records: Uint8Array[], sectors: number): Buffer {
  const image = Buffer.concat([tinyImage({ joliet: false }), Buffer.alloc((sectors + 70) * 2048)])
  const rootLba = 40
  const directory = Buffer.alloc(sectors * 2048)
  let at = 0
  for (const part of records) {
    if ((at % 2048) + part.length > 2048) at += 2048 - (at % 2048)
    directory.set(part, at)
    at += part.length
  }
  directory.copy(image, rootLba * 2048)
  for (let i = (rootLba + sectors) * 2048; i < image.length; i++) image[i] = (i * 7 + (i >> 8)) & 0xff
  const root = 16 * 2048 + 156
  image.set(both32(rootLba), root + 2)
  image.set(both32(sectors * 2048), root + 10)
  image.set(both32(image.length / 2048), 16 * 2048 + 80)
  return image
}
