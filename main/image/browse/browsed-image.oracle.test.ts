/** Images made by other people's writers, looked at as the window does. */
import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { sectorUses } from '../../../shared/browse.ts'
import { scratchRoot } from '../testing/scratch.ts'
import { tinyImage } from '../testing/tiny-image.ts'
import { BrowsedImage } from './browsed-image.ts'
import { type BrowsedTree, ROOT } from './browsed-tree.ts'
import { describeImage } from './describe-image.ts'
import { entryDetails } from './entry-details.ts'
import { Listing } from './listing.ts'
import { NameQuery } from './name-query.ts'

const control = { checkpoint: () => undefined }
/** Lets other work in at every checkpoint, as a busy process does. */
const yielding = { checkpoint: () => new Promise<void>((resolve) => setImmediate(resolve)) }
const byName = { by: 'name', descending: false } as const
const MANY = 3000

let scratch: string
let imagePath: string
let image: BrowsedImage
beforeAll(() => {
  scratch = mkdtempSync(join(scratchRoot(), 'isomer-browse-'))
  const source = join(scratch, 'source')
  mkdirSync(join(source, 'Documents/Letters/Old'), { recursive: true })
  mkdirSync(join(source, 'empty folder'))
  mkdirSync(join(source, 'many'))
  writeFileSync(join(source, 'readme.txt'), 'hello\n')
  writeFileSync(join(source, 'nothing in it.txt'), '')
  writeFileSync(join(source, 'Documents/Letters/Old/a very long name of a letter.txt'), 'dear grandmother')
  writeFileSync(join(source, 'Documents/Zürich.jpg'), Buffer.alloc(70_000, 7))
  writeFileSync(join(source, 'Documents/copy of readme.txt'), 'hello\n')
  symlinkSync('../readme.txt', join(source, 'Documents/link'))
  linkSync(join(source, 'readme.txt'), join(source, 'Documents/again.txt'))
  for (let i = 0; i < MANY; i++) writeFileSync(join(source, 'many', `file ${i}.dat`), `${i}`)
  imagePath = join(scratch, 'image.iso')
  execFileSync('genisoimage', ['-quiet', '-J', '-R', '-udf', '-V', 'BROWSED', '-o', imagePath, source], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))
afterEach(() => image.image.close())

async function opened(kind: 'rockridge' | 'joliet' | 'iso9660' | 'udf' = 'rockridge', path = imagePath): Promise<BrowsedTree> {
  image = await BrowsedImage.open(path, {}, control)
  return image.tree(kind)
}

async function folderNames(tree: BrowsedTree, folder: number, order = { by: 'name', descending: false } as Parameters<Listing['sort']>[0]) {
  const listing = new Listing(tree, order)
  await listing.listFolder(folder, control, control, () => {})
  return [...listing.numbers(0, Number.MAX_SAFE_INTEGER)].map((number) => tree.table.name(number))
}

async function numberOf(tree: BrowsedTree, path: string): Promise<number> {
  const number = await tree.find(path, control)
  if (number === null) throw new Error(`no ${path}`)
  return number
}

describe('a folder', () => {
  it('is listed with folders first and numbers by value', async () => {
    const tree = await opened()
    expect(await folderNames(tree, ROOT)).toEqual(['Documents', 'empty folder', 'many', 'nothing in it.txt', 'readme.txt'])
    const many = await folderNames(tree, await numberOf(tree, '/many'))
    expect(many).toEqual(Array.from({ length: MANY }, (_, i) => `file ${i}.dat`))
  })

  it('is sorted by what is asked for, and chosen rows are followed', async () => {
    const tree = await opened()
    const documents = await numberOf(tree, '/Documents')
    expect((await folderNames(tree, documents, { by: 'size', descending: true }))[1]).toBe('Zürich.jpg')
    const listing = new Listing(tree, byName)
    await listing.listFolder(documents, control, control, () => {})
    const names = () => [...listing.numbers(0, 99)].map((number) => tree.table.name(number))
    expect(names()).toEqual(['Letters', 'again.txt', 'copy of readme.txt', 'link', 'Zürich.jpg'])
    const kept = await listing.sort({ by: 'name', descending: true }, [[1, 3]], control)
    expect(names()).toEqual(['Letters', 'Zürich.jpg', 'link', 'copy of readme.txt', 'again.txt'])
    expect(kept).toEqual([[3, 5]])
  })

  it('gives what it has while it is being read, several at once', async () => {
    const tree = await opened()
    const many = await numberOf(tree, '/many')
    const counts: number[] = []
    const listing = new Listing(tree, byName)
    const listed = listing.listFolder(many, yielding, yielding, () => counts.push(listing.state.count))
    await Promise.all([listed, tree.read(await numberOf(tree, '/Documents'), yielding), tree.walk(yielding)])
    expect(listing.state).toEqual({ count: MANY, isComplete: true, searched: MANY })
    expect(counts.at(-1)).toBe(MANY)
    for (const number of listing.numbers(0, MANY)) expect(tree.table.parent(number)).toBe(many)
  })
})

describe('a search', () => {
  it('goes through everything while folders are still being read', async () => {
    const tree = await opened()
    const listing = new Listing(tree, null)
    await listing.search(new NameQuery('.TXT'), image.walk(tree), yielding, () => {})
    const paths = [...listing.numbers(0, 99)].map((number) => tree.path(number)).sort()
    expect(paths).toEqual([
      '/Documents/Letters/Old/a very long name of a letter.txt',
      '/Documents/again.txt',
      '/Documents/copy of readme.txt',
      '/nothing in it.txt',
      '/readme.txt',
    ])
    expect(listing.state).toMatchObject({ isComplete: true, searched: tree.table.count - 1 })
  })
})

describe('an entry', () => {
  it('has the facts that the image has', async () => {
    const tree = await opened()
    const details = entryDetails(tree, await numberOf(tree, '/Documents/Zürich.jpg'))
    expect(details).toMatchObject({ name: 'Zürich.jpg', sizeBytes: 70_000, extentCount: 1, compressedBytes: null, links: 1 })
    expect(entryDetails(tree, await numberOf(tree, '/Documents/link')).linkTarget).toBe('../readme.txt')
  })

  it('is found in the other trees by what is in it', async () => {
    const tree = await opened()
    const names = async (path: string) =>
      Object.fromEntries((await image.names(tree, await numberOf(tree, path), control)).map((name) => [name.view, name.path]))
    const letter = '/Documents/Letters/Old/a very long name of a letter.txt'
    expect(await names(letter)).toEqual({
      rockridge: letter,
      joliet: letter,
      udf: letter,
      iso9660: '/DOCUMENT/LETTERS/OLD/A_VERY_L.TXT',
    })
    expect(await names('/Documents/Letters')).toMatchObject({ joliet: '/Documents/Letters', iso9660: '/DOCUMENT/LETTERS' })
    expect(await names('/Documents/again.txt')).toMatchObject({ joliet: '/Documents/again.txt', udf: '/Documents/again.txt' })
    expect(await names('/nothing in it.txt')).toMatchObject({ joliet: '/nothing in it.txt' })
    expect(await names('/empty folder')).toMatchObject({ joliet: '/empty folder' })
    expect(await names('/Documents/link')).toMatchObject({ joliet: '/Documents/link', iso9660: '/DOCUMENT/LINK' })
    expect(await names('/')).toEqual({ rockridge: '/', joliet: '/', udf: '/', iso9660: '/' })
  })
})

describe('the sector map', () => {
  it('says of every sector what it is for', async () => {
    const tree = await opened()
    const map = await image.map(tree)
    const drawn = map.draw(1_000_000)
    const bytes = readFileSync(imagePath)
    expect(drawn.cells).toHaveLength(bytes.length / 2048)
    expect(drawn.usedBytes.reduce((sum, used) => sum + used, 0)).toBe(bytes.length)
    const useOf = (lba: number) => sectorUses[drawn.cells[lba] as number]
    expect([useOf(0), useOf(16), useOf(17)]).toEqual(['structure', 'structure', 'structure'])
    const picture = await numberOf(tree, '/Documents/Zürich.jpg')
    const [extent] = entryDetails(tree, picture).extents
    const lba = extent?.lba ?? 0
    expect([useOf(lba), useOf(lba + 34)]).toEqual(['file', 'file'])
    expect(map.contentAt(lba + 34, 1).entries).toEqual([
      { entry: picture, path: '/Documents/Zürich.jpg', startLba: lba, lengthBytes: 70_000 },
    ])
    const root = entryDetails(tree, ROOT).extents[0]?.lba ?? 0
    expect(useOf(root)).toBe('directory')
    expect(map.contentAt(root, 1).entries.map(({ path }) => path)).toEqual(['/'])
    expect(map.contentAt(16, 1).titles).toEqual(['Primary volume descriptor'])
    for (const [cell, use] of drawn.cells.entries())
      if (sectorUses[use] === 'free') expect(bytes.subarray(cell * 2048, cell * 2048 + 2048).every((byte) => byte === 0)).toBe(true)
  })

  it('names all files that share their content, and is drawn as small as asked for', async () => {
    const tree = await opened()
    const map = await image.map(tree)
    const readme = entryDetails(tree, await numberOf(tree, '/readme.txt')).extents[0]?.lba ?? 0
    const shared = map.contentAt(readme, 1).entries.map(({ path }) => path)
    expect(shared).toEqual(expect.arrayContaining(['/readme.txt', '/Documents/again.txt']))
    expect(map.draw(100).cells.length).toBeLessThanOrEqual(100)
  })
})

describe('an image', () => {
  it('is described with what it is', async () => {
    await opened()
    const description = await describeImage(image.image, control)
    expect(description.fileSystems.map(({ kind }) => kind)).toEqual(['iso9660', 'joliet', 'rockridge', 'udf'])
    expect(description).toMatchObject({ files: MANY + 7, boot: [], partitions: [], isHybrid: false, findings: [] })
  })

  it('with a folder that contains itself ends', async () => {
    const tiny = tinyImage()
    // the folder's extent becomes the root's, in the root's records of each tree
    const path = join(scratch, 'loop.iso')
    for (let at = tiny.indexOf('DOCS'); at > 0; at = tiny.indexOf('DOCS', at + 4)) {
      const record = at - 33
      if (tiny[record + 25] !== 2) continue
      tiny.writeUInt32LE(21, record + 2)
      tiny.writeUInt32BE(21, record + 6)
    }
    writeFileSync(path, tiny)
    const tree = await opened('iso9660', path)
    await image.walk(tree)
    expect(tree.isWalked).toBe(true)
    expect(tree.table.count).toBeLessThan(100)
    expect(image.image.findings.map(({ code }) => code)).toContain('directory-loop')
  })
})
