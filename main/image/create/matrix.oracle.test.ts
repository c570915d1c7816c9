/**
 * Every combination of file systems, over trees that try them: each foreign reader that knows one of the trees gives back
 * what was announced of it, name by name and byte by byte. Where readers differ: docs/foreign-readers.md.
 */
import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statfsSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Change } from '../../../shared/image-model.ts'
import { defaultCreateOptions, type FileSystemKind } from '../../../shared/image-project.ts'
import { udfinfo } from '../../udf/testing/foreign-udf.ts'
import { allCombinations, type Combination, titleOf, usualCombination } from '../testing/combinations.ts'
import {
  bsdtar,
  extractedTree,
  type ForeignReader,
  fileSha256,
  type HostEntry,
  hostTree,
  isoinfoContents,
  isoinfoSizes,
  sevenZipOf,
  xorriso,
} from '../testing/foreign-readers.ts'
import { quietControl } from '../testing/quiet-control.ts'
import { scratchRoot } from '../testing/scratch.ts'
import { makeAwkwardTree, makeDeepTree, makeManyFiles, makeSmallTree } from '../testing/source-trees.ts'
import { createImage } from './create-image.ts'

type Tree = ReadonlyMap<string, HostEntry>

/** Every combination over every tree takes several minutes: `ISOMER_MATRIX=all`. */
const isWhole = process.env['ISOMER_MATRIX'] === 'all'

/** Each kind of tree in each neighbourhood once. */
const someCombinations: readonly Combination[] = [
  { ...usualCombination, fileSystems: ['iso9660', 'joliet', 'rockridge', 'udf'] },
  { fileSystems: ['iso9660', 'joliet', 'rockridge', 'udf'], isoLevel: 4, udfRevision: '2.50', jolietUnits: 103 },
  { ...usualCombination, fileSystems: ['iso9660', 'udf'], udfRevision: '2.01' },
  { ...usualCombination, fileSystems: ['udf'], udfRevision: '1.50' },
  { ...usualCombination, fileSystems: ['udf'], udfRevision: '2.60' },
  { ...usualCombination, fileSystems: ['iso9660', 'joliet'], isoLevel: 4, jolietUnits: 103 },
  { ...usualCombination, fileSystems: ['iso9660', 'rockridge'] },
  { ...usualCombination, fileSystems: ['iso9660'], isoLevel: 1 },
]

const titled = (combinations: Iterable<Combination>) => [...combinations].map((combination) => [titleOf(combination), combination] as const)

let scratch: string
let source: string
let image: string
let truth: Tree

function prepare(make: (folder: string) => void): void {
  scratch = mkdtempSync(join(scratchRoot(), 'isomer-matrix-'))
  source = join(scratch, 'source')
  image = join(scratch, 'image.iso')
  mkdirSync(source)
  make(source)
  truth = hostTree(source)
}

async function create(combination: Combination): Promise<Change[]> {
  let changes: Change[] = []
  const project = {
    version: 1,
    steps: [{ step: 'add', hostPath: source, into: '/', contentsOnly: true }],
    options: { ...defaultCreateOptions, ...combination, udfForLargeFiles: false, sha256: false },
  } as const
  const onChanges = (all: Iterable<Change>) => {
    changes = [...all]
  }
  await createImage({ project, outPath: image, overwrite: true, onChanges }, quietControl())
  return changes
}

/** The source's tree under the names that were announced for a file system, without what it leaves out. */
function announced(changes: readonly Change[], kind: FileSystemKind): Map<string, HostEntry> {
  const own = changes.filter((change) => change.fileSystem === kind && change.kind !== 'caution')
  const omitted = new Set(own.filter((change) => change.kind === 'omitted').map(({ path }) => path))
  const names = new Map(
    own.filter(({ becomes, path }) => becomes !== null && path !== '/').map(({ path, becomes }) => [path, becomes as string]),
  )
  const nameIn = (parts: readonly string[], i: number) => names.get(`/${parts.slice(0, i + 1).join('/')}`) ?? parts[i]
  const renamed = (path: string) => {
    const parts = path.slice(1).split('/')
    return parts.map((_, i) => `/${nameIn(parts, i)}`).join('')
  }
  return new Map([...truth].filter(([path]) => !omitted.has(path)).map(([path, entry]) => [renamed(path), entry]))
}

const lines = (tree: Tree, withLinks: boolean) =>
  [...tree].filter(([, entry]) => withLinks || entry.kind !== 'link').map(([path, { kind, content }]) => `${path} ${kind} ${content}`)
const contents = (tree: Tree) =>
  [...tree.values()]
    .filter(({ kind }) => kind === 'file')
    .map(({ content }) => content)
    .sort()
const sizes = () =>
  [...truth.values()]
    .filter(({ kind }) => kind === 'file')
    .map(({ sizeBytes }) => sizeBytes)
    .sort((a, b) => a - b)

/** What a reader takes out is what was announced of the tree that it reads; of plain ISO 9660, whose names are its own, every content. */
function expectAnnounced(reader: ForeignReader, kind: FileSystemKind, changes: readonly Change[]): void {
  const seen = extractedTree(reader, image, scratch)
  // libarchive composes the letters and accents of Joliet names.
  const asShown = (line: string) => (reader === bsdtar && kind === 'joliet' ? line.normalize() : line)
  const facts = (tree: Tree) =>
    kind === 'iso9660'
      ? contents(tree)
      : lines(tree, kind === 'rockridge')
          .map(asShown)
          .sort()
  expect([reader.name, ...facts(seen)]).toEqual([reader.name, ...facts(announced(changes, kind))])
}

interface Trial {
  readonly hasLinks?: boolean
  /** Names that 7-Zip respells when it writes them. */
  readonly hasOddNames?: boolean
  /** Nothing in it that 7-Zip does not know of Rock Ridge: links upwards, moved folders, names that are continued elsewhere. */
  readonly isPlain?: boolean
  /** Few enough files for isoinfo, which takes out one at a time. */
  readonly isSmall?: boolean
}

const isoinfoTrees = ['iso9660', 'joliet', 'rockridge'] as const

async function judge(
  combination: Combination,
  { hasLinks = false, hasOddNames = false, isPlain = false, isSmall = false }: Trial,
): Promise<void> {
  const changes = await create(combination)
  const has = (kind: FileSystemKind) => combination.fileSystems.includes(kind)
  const best = (['rockridge', 'joliet', 'iso9660'] as const).find(has)
  if (best !== undefined) {
    expectAnnounced(xorriso, has('rockridge') ? 'rockridge' : 'iso9660', changes)
    expectAnnounced(bsdtar, best, changes)
    // Links and the places of moved folders are empty files to it.
    const hasMore = has('rockridge')
    expect(isoinfoSizes(image, 'iso9660').filter((size) => !hasMore || size > 0)).toEqual(sizes().filter((size) => !hasMore || size > 0))
    if (has('joliet')) expect(isoinfoSizes(image, 'joliet')).toEqual(sizes())
    if (isSmall) {
      const inTruth = contents(new Map([...truth].filter(([, { sizeBytes }]) => sizeBytes > 0)))
      for (const tree of isoinfoTrees.filter(has)) expect([tree, ...isoinfoContents(image, tree)]).toEqual([tree, ...inTruth])
    }
    const sevenZipKind = has('joliet') ? 'joliet' : best
    if (sevenZipKind !== 'rockridge' || isPlain) expectBySevenZip('iso', sevenZipKind, changes, hasOddNames)
  }
  if (!has('udf')) return
  const linksAreIn = hasLinks && best !== undefined
  if (!linksAreIn) expectBySevenZip('udf', 'udf', changes, hasOddNames)
  const inUdf = [...truth.values()].filter(({ kind }) => kind !== 'link' || linksAreIn)
  const isFolder = ({ kind }: HostEntry) => kind === 'folder'
  expect(Object.fromEntries(udfinfo(image))).toMatchObject({
    udfwriterev: combination.udfRevision,
    numfiles: String(inUdf.filter((entry) => !isFolder(entry)).length),
    numdirs: String(inUdf.filter(isFolder).length + 1),
    integrity: 'closed',
  })
}

function expectBySevenZip(format: 'iso' | 'udf', kind: FileSystemKind, changes: readonly Change[], hasOddNames: boolean): void {
  const reader = sevenZipOf(format)
  if (!hasOddNames) {
    expectAnnounced(reader, kind, changes)
    return
  }
  // It respells some names when it writes them; in ISO 9660 and Joliet it never shows a last dot.
  const shown = (path: string) => (format === 'iso' ? path.replace(/\.$/, '') : path)
  if (kind !== 'iso9660') {
    const names = [...announced(changes, kind)].filter(([, entry]) => entry.kind === 'file').map(([path]) => shown(path))
    expect([...reader.list(image).keys()].sort()).toEqual(names.sort())
  }
  expect(contents(extractedTree(reader, image, scratch))).toEqual(contents(truth))
}

describe('a small tree with links', () => {
  beforeAll(() => prepare(makeSmallTree))
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))
  it.each(titled(allCombinations()))('%s', (_title, combination) => judge(combination, { hasLinks: true, isSmall: true }))
})

describe.each<[string, (folder: string) => void, Trial]>([
  ['a tree 20 levels deep', (folder) => makeDeepTree(folder, 20), {}],
  ['300 names of all kinds', makeAwkwardTree, { hasOddNames: true }],
  ['3,000 files in one folder', (folder) => makeManyFiles(folder, 3000, 3000), { isPlain: true }],
  ['3,000 files in 300 folders', (folder) => makeManyFiles(folder, 3000, 10), { isPlain: true }],
])('%s', (_title, make, trial) => {
  beforeAll(() => prepare(make))
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))
  it.each(titled(isWhole ? allCombinations() : someCombinations))('%s', (_name, combination) => judge(combination, trial))
})

const BEYOND_4_GIB = 4.5 * 2 ** 30
/** The most that one extent of ISO 9660 holds. */
const ONE_EXTENT = 2 ** 32 - 2048
const largeFolder = scratchRoot()
const largeFacts = statfsSync(largeFolder)

/** Commands that give the SHA-256 of a file in $IMAGE; through a pipe, so that nobody stores what is taken out. */
const sha256Of: Readonly<Record<string, (path: string) => string>> = {
  xorriso: (path) => `xorriso -osirrox on -indev "stdio:$IMAGE" -concat pipe + "$(command -v openssl)" dgst -sha256 -r + "${path}" --`,
  bsdtar: (path) => `bsdtar -xOf "$IMAGE" "${path.slice(1)}" | openssl dgst -sha256 -r`,
  '7z iso': (path) => `7z e -so -tiso "$IMAGE" "${path.slice(1)}" | openssl dgst -sha256 -r`,
  '7z udf': (path) => `7z e -so -tudf "$IMAGE" "${path.slice(1)}" | openssl dgst -sha256 -r`,
}

describe.skipIf(largeFacts.bavail * largeFacts.bsize < BEYOND_4_GIB + 2 ** 30)('a large sparse file', () => {
  const sums = new Map<number, string>()
  beforeAll(() => {
    scratch = mkdtempSync(join(largeFolder, 'isomer-matrix-'))
    source = join(scratch, 'source')
    image = join(scratch, 'image.iso')
    mkdirSync(source)
    writeFileSync(join(source, 'before.txt'), 'before')
    writeFileSync(join(source, 'zebra.txt'), 'after')
  })
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))

  /** Makes the large file and gives its SHA-256. */
  function makeLarge(sizeBytes: number): string {
    const large = join(source, 'large.bin')
    rmSync(large, { force: true })
    writeFileSync(large, 'start')
    truncateSync(large, sizeBytes)
    // Marks where one extent ends and the next begins, in either file system.
    const fd = openSync(large, 'r+')
    for (const at of [0x3fff_f800 - 2, 2 ** 31, 2 ** 32 - 2049 - 5, 2 ** 32 - 1, sizeBytes - 5])
      if (at + 5 <= sizeBytes) writeSync(fd, `@${at}`.slice(0, 5), at)
    closeSync(fd)
    const sum = sums.get(sizeBytes) ?? fileSha256(large)
    sums.set(sizeBytes, sum)
    return sum
  }

  function readersOf({ fileSystems }: Combination): readonly (readonly [string, ForeignReader])[] {
    const hasUdf = fileSystems.includes('udf')
    const ofUdf = hasUdf ? ([['7z udf', sevenZipOf('udf')]] as const) : []
    if (!fileSystems.includes('iso9660')) return ofUdf
    return [['xorriso', xorriso], ['bsdtar', bsdtar], ['7z iso', sevenZipOf('iso')], ...ofUdf]
  }

  const combinations = isWhole
    ? allCombinations()
    : ([
        { ...usualCombination, fileSystems: ['iso9660', 'joliet', 'rockridge', 'udf'] },
        { ...usualCombination, fileSystems: ['udf'], udfRevision: '2.50' },
      ] satisfies Combination[])
  it.each(titled(combinations))(
    '%s',
    async (_title, combination) => {
      const endsAt4GiB = combination.fileSystems.includes('iso9660') && combination.isoLevel < 3
      const largeBytes = endsAt4GiB ? ONE_EXTENT : BEYOND_4_GIB
      const sum = makeLarge(largeBytes)
      await create(combination)
      for (const [name, reader] of readersOf(combination)) {
        const listing = [...reader.list(image)]
        expect([name, ...listing.map(([, sizeBytes]) => sizeBytes).sort((a, b) => a - b)]).toEqual([name, 5, 6, largeBytes])
        const [path = ''] = listing.find(([, sizeBytes]) => sizeBytes === largeBytes) ?? []
        const { stdout } = spawnSync('sh', ['-c', sha256Of[name]?.(path) ?? ''], {
          encoding: 'utf8',
          env: { ...process.env, IMAGE: image },
        })
        expect([name, stdout.slice(0, 64)]).toEqual([name, sum])
      }
      for (const tree of (['iso9660', 'joliet'] as const).filter((kind) => combination.fileSystems.includes(kind)))
        expect(isoinfoSizes(image, tree).reduce((sumBytes, sizeBytes) => sumBytes + sizeBytes, 0)).toBe(largeBytes + 5 + 6)
      if (combination.fileSystems.includes('udf'))
        expect(Object.fromEntries(udfinfo(image))).toMatchObject({
          udfwriterev: combination.udfRevision,
          numfiles: '3',
          integrity: 'closed',
        })
    },
    600_000,
  )
})
