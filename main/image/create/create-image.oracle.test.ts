/** Images of every awkward tree, judged by other people's readers: every name, size and byte. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CreateOptions, defaultCreateOptions } from '../../../shared/image-project.ts'
import {
  bsdtar,
  bsdtarLines,
  extractedTree,
  type ForeignReader,
  fileSha256,
  type HostEntry,
  hostTree,
  isoinfo,
  isoinfoLineCount,
  sevenZip,
  xorriso,
} from '../testing/foreign-readers.ts'
import { quietControl } from '../testing/quiet-control.ts'
import { scratchRoot } from '../testing/scratch.ts'
import { makeAwkwardTree, makeDeepTree, makeManyFiles, makeSmallTree, makeSpecialNodes } from '../testing/source-trees.ts'
import { type ChangeListener, createImage } from './create-image.ts'

let scratch: string
let source: string
let image: string
beforeEach(() => {
  scratch = mkdtempSync(join(scratchRoot(), 'isomer-oracle-'))
  source = join(scratch, 'source')
  image = join(scratch, 'image.iso')
  mkdirSync(source)
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

async function create(options: Partial<CreateOptions> = {}, onChanges?: ChangeListener) {
  return createImage(
    {
      project: {
        version: 1,
        steps: [{ step: 'add', hostPath: source, into: '/', contentsOnly: true }],
        options: { ...defaultCreateOptions, ...options },
      },
      outPath: image,
      overwrite: false,
      ...(onChanges && { onChanges }),
    },
    quietControl(),
  )
}

const onlyFiles = (tree: ReadonlyMap<string, HostEntry>) => new Map([...tree].filter(([, entry]) => entry.kind === 'file'))
const contents = (tree: ReadonlyMap<string, HostEntry>) => [...onlyFiles(tree).values()].map((entry) => entry.content).sort()
const sizes = (tree: ReadonlyMap<string, HostEntry>) => new Map([...onlyFiles(tree)].map(([path, entry]) => [path, entry.sizeBytes]))
const sorted = <T>(map: ReadonlyMap<string, T>) => new Map([...map].sort(([a], [b]) => (a < b ? -1 : 1)))

/** The whole tree: names, sizes, hashes, links. */
function expectSameTree(reader: ForeignReader) {
  const truth = hostTree(source)
  const seen = extractedTree(reader, image, scratch)
  const links = reader.tree === 'rockridge'
  const keep = (tree: ReadonlyMap<string, HostEntry>) => sorted(new Map([...tree].filter(([, entry]) => links || entry.kind !== 'link')))
  expect(keep(seen)).toEqual(keep(truth))
}

describe('a small tree with links', () => {
  beforeEach(() => makeSmallTree(source))

  it.each([xorriso, bsdtar, sevenZip])('$name gives back every name and byte', async (reader) => {
    await create()
    expectSameTree(reader)
  })

  it.each([isoinfo('rockridge'), isoinfo('joliet')])('$name lists and gives back every file', async (reader) => {
    await create()
    expect(sorted(reader.list(image))).toEqual(sorted(sizes(hostTree(source))))
    expect(onlyFiles(extractedTree(reader, image, scratch))).toEqual(onlyFiles(hostTree(source)))
  })

  it('has the size it said and the SHA-256 of its file', async () => {
    const result = await create()
    expect(result.sha256).toBe(fileSha256(image))
    expect(result).toMatchObject({ files: 7, directories: 3, skipped: [] })
  })

  it('stores a hard-linked file once, and says so to Rock Ridge readers', async () => {
    await create()
    expect(bsdtar.list(image).size).toBe(5) // the second name is listed as a link
  })

  it.each<[string, CreateOptions['fileSystems'], ForeignReader]>([
    ['ISO 9660 with Joliet', ['iso9660', 'joliet'], sevenZip],
    ['ISO 9660 with Rock Ridge', ['iso9660', 'rockridge'], bsdtar],
    ['plain ISO 9660', ['iso9660'], sevenZip],
  ])('keeps every byte in %s of level 1', async (_name, fileSystems, reader) => {
    await create({ fileSystems, isoLevel: 1 })
    expect(contents(extractedTree(reader, image, scratch))).toEqual(contents(hostTree(source)))
  })
})

describe('a tree 20 levels deep', () => {
  beforeEach(() => makeDeepTree(source, 20))

  it.each([xorriso, bsdtar, sevenZip])('$name finds every folder in its place', async (reader) => {
    await create()
    expectSameTree(reader)
  })
  it('isoinfo finds every file in the Joliet tree', async () => {
    await create()
    expect(sorted(isoinfo('joliet').list(image))).toEqual(sorted(sizes(hostTree(source))))
  })
  it('keeps every file without Rock Ridge too, aside in the relocation folder', async () => {
    await create({ fileSystems: ['iso9660'] })
    expect(contents(extractedTree(sevenZip, image, scratch))).toEqual(contents(hostTree(source)))
  })
})

describe.skipIf(process.getuid?.() !== 0)('devices, pipes and links (made by root)', () => {
  beforeEach(() => makeSpecialNodes(source))

  it('bsdtar lists each with its kind and numbers', async () => {
    await create()
    const lines = bsdtarLines(image).map((line) => line.replace(/ +/g, ' '))
    expect(lines.find((line) => line.endsWith(' null'))).toMatch(/^crw.* 1,3 /)
    expect(lines.find((line) => line.endsWith(' loop'))).toMatch(/^brw.* 7,0 /)
    expect(lines.find((line) => line.endsWith(' pipe'))).toMatch(/^prw/)
  })
  it('xorriso gives back links of both kinds', async () => {
    await create()
    const links = [...extractedTree(xorriso, image, scratch)].filter(([, entry]) => entry.kind === 'link')
    expect(new Map(links)).toEqual(new Map([...hostTree(source)].filter(([, entry]) => entry.kind === 'link')))
  })
  it('says that Joliet leaves them out', async () => {
    const omitted: string[] = []
    await create({}, (changes) => {
      for (const change of changes) if (change.kind === 'omitted') omitted.push(`${change.fileSystem} ${change.path}`)
    })
    expect(omitted).toEqual(['joliet /absolute link', 'joliet /long link', 'joliet /loop', 'joliet /null', 'joliet /pipe'])
  })
})

describe('300 awkward names', () => {
  beforeEach(() => makeAwkwardTree(source))

  it.each([xorriso, bsdtar])('$name gives back each in Rock Ridge', async (reader) => {
    await create()
    expectSameTree(reader)
  })
  it('Joliet has as many different names, each with its content', async () => {
    await create()
    const seen = sevenZip.list(image)
    expect(seen.size).toBe(300)
    expect([...seen.values()].sort()).toEqual([...sizes(hostTree(source)).values()].sort())
    expect(isoinfoLineCount(image)).toBe(300)
    expect(contents(extractedTree(sevenZip, image, scratch))).toEqual(contents(hostTree(source)))
  })
  it('level 1 has as many different names', async () => {
    await create({ fileSystems: ['iso9660'], isoLevel: 1 })
    expect(contents(extractedTree(sevenZip, image, scratch))).toEqual(contents(hostTree(source)))
  })
})

describe('many files', () => {
  it('10,000 in one folder come back', async () => {
    makeManyFiles(source, 10_000, 10_000)
    await create()
    expectSameTree(bsdtar)
    expectSameTree(sevenZip)
  })
  it('50,000 in 500 folders come back', async () => {
    makeManyFiles(source, 50_000, 100)
    await create()
    const truth = sizes(hostTree(source))
    for (const reader of [xorriso, bsdtar, sevenZip, isoinfo('rockridge'), isoinfo('joliet')])
      expect(sorted(reader.list(image))).toEqual(sorted(truth))
    expectSameTree(sevenZip)
  }, 240_000)
})
