/** Trees by chance, written and read again: every tree of the image holds what the source holds, but for what was announced. */
import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Change } from '../../../shared/image-model.ts'
import {
  type CreateOptions,
  defaultCreateOptions,
  type FileSystemKind,
  fileSystemKinds,
  udfRevisionNames,
} from '../../../shared/image-project.ts'
import { FindingLog } from '../../bytes/finding-log.ts'
import { randomNumbers } from '../../bytes/testing/random.ts'
import { checkImage } from '../check-image.ts'
import { entrySha256 } from '../entry-digest.ts'
import { extractImage } from '../extract.ts'
import { openImage } from '../open-image.ts'
import { hostTree } from '../testing/foreign-readers.ts'
import { quietControl } from '../testing/quiet-control.ts'
import { makeRandomTree } from '../testing/random-tree.ts'
import { scratchRoot } from '../testing/scratch.ts'
import { pathOfStep, walkView } from '../walk-view.ts'
import { createImage } from './create-image.ts'

const SEEDS = [1, 2, 3, 4, 5, 6]
const ENTRIES = 120

let scratch: string
let source: string
let imagePath: string
beforeEach(() => {
  scratch = mkdtempSync(join(scratchRoot(), 'isomer-round-'))
  source = join(scratch, 'source')
  imagePath = join(scratch, 'image.iso')
  mkdirSync(source)
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

async function create(options: Partial<CreateOptions>): Promise<Change[]> {
  let changes: Change[] = []
  const project = {
    version: 1,
    steps: [{ step: 'add', hostPath: source, into: '/', contentsOnly: true }],
    options: { ...defaultCreateOptions, sha256: false, ...options },
  } as const
  const onChanges = (all: Iterable<Change>) => {
    changes = [...all]
  }
  await createImage({ project, outPath: imagePath, overwrite: true, onChanges }, quietControl())
  return changes
}

/** Of an entry, all that a tree can hold: as text, so that a difference reads well. */
interface Facts {
  readonly type: string
  readonly sizeBytes: number
  /** SHA-256 or target. */
  readonly content: string
  readonly modifiedMs: number
  readonly mode: number
  readonly links: number
}

function sourceTree(): Map<string, Facts> {
  const found = new Map<string, Facts>()
  const pending = ['']
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    for (const name of readdirSync(join(source, at))) {
      const path = `${at}/${name}`
      const stat = lstatSync(join(source, path))
      if (stat.isDirectory()) pending.push(path)
      const type = stat.isDirectory() ? 'directory' : stat.isSymbolicLink() ? 'symlink' : 'file'
      const content =
        type === 'file'
          ? createHash('sha256')
              .update(readFileSync(join(source, path)))
              .digest('hex')
          : type === 'symlink'
            ? readlinkSync(join(source, path))
            : ''
      found.set(path, {
        type,
        sizeBytes: type === 'file' ? stat.size : 0,
        content,
        modifiedMs: Math.floor(stat.mtimeMs / 1000) * 1000,
        mode: stat.mode & 0o7777,
        links: stat.nlink,
      })
    }
  }
  return found
}

function imageTree(kind: FileSystemKind): Map<string, Facts> {
  const image = openImage(imagePath)
  try {
    const view = image.view(kind)
    const found = new Map<string, Facts>()
    for (const step of walkView(view, view.root, '/', new FindingLog())) {
      const { type, sizeBytes, target, modifiedMs, mode, links } = step.entry
      const content = type === 'file' ? (entrySha256(view, step.entry) ?? 'unreadable') : (target ?? '')
      found.set(pathOfStep(step), {
        type,
        sizeBytes: type === 'file' ? sizeBytes : 0,
        content,
        modifiedMs: modifiedMs ?? 0,
        mode: (mode ?? 0) & 0o7777,
        links: links ?? 0,
      })
    }
    return found
  } finally {
    image.close()
  }
}

/** The source's tree as a file system holds it by its announced changes. */
function announced(tree: ReadonlyMap<string, Facts>, changes: readonly Change[], kind: FileSystemKind): Map<string, Facts> {
  const own = changes.filter((change) => change.fileSystem === kind && change.kind !== 'caution')
  const omitted = new Set(own.filter((change) => change.kind === 'omitted').map(({ path }) => path))
  const names = new Map(
    own.filter((change) => change.becomes !== null && change.path !== '/').map((change) => [change.path, change.becomes as string]),
  )
  const rename = (path: string) => {
    const parts = path.split('/').slice(1)
    return parts
      .map((part, i) => names.get(`/${parts.slice(0, i + 1).join('/')}`) ?? part)
      .map((name) => `/${name}`)
      .join('')
  }
  return new Map([...tree].filter(([path]) => !omitted.has(path)).map(([path, facts]) => [rename(path), facts]))
}

const sorted = (tree: ReadonlyMap<string, Facts>, ...dropped: (keyof Facts)[]) =>
  [...tree]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, facts]) => `${path} ${JSON.stringify({ ...facts, ...Object.fromEntries(dropped.map((key) => [key, null])) })}`)
/** Folders' link counts are a writer's own business, and links have modes of their own only on some systems. */
const withoutOddities = (tree: ReadonlyMap<string, Facts>) =>
  new Map(
    [...tree].map(([path, facts]) => [
      path,
      { ...facts, links: facts.type === 'directory' ? 0 : facts.links, mode: facts.type === 'symlink' ? 0o777 : facts.mode },
    ]),
  )

describe.each(SEEDS)('tree %i', (seed) => {
  beforeEach(() => makeRandomTree(source, randomNumbers(seed), { entries: ENTRIES }))

  it('comes back whole by Rock Ridge, and under the announced names by Joliet', async () => {
    const changes = await create({})
    const truth = sourceTree()
    expect(sorted(withoutOddities(imageTree('rockridge')))).toEqual(sorted(withoutOddities(truth)))
    expect(sorted(imageTree('joliet'), 'mode', 'links')).toEqual(sorted(announced(truth, changes, 'joliet'), 'mode', 'links'))
  })

  it.each(udfRevisionNames)('comes back whole by UDF %s, alone and over the others', async (udfRevision) => {
    for (const fileSystems of [['udf'], fileSystemKinds] as const) {
      const changes = await create({ fileSystems, udfRevision })
      const truth = announced(sourceTree(), changes, 'udf')
      expect(sorted(withoutOddities(imageTree('udf')))).toEqual(sorted(withoutOddities(truth)))
    }
  })

  it('comes back under the announced names by ISO 9660:1999 and long Joliet names', async () => {
    const changes = await create({ fileSystems: ['iso9660', 'joliet'], isoLevel: 4, jolietUnits: 103 })
    const truth = sourceTree()
    expect(sorted(imageTree('joliet'), 'mode', 'links')).toEqual(sorted(announced(truth, changes, 'joliet'), 'mode', 'links'))
    // What is announced of the tree of level 3 are names in capitals; links are in neither.
    const ownChanges = changes.filter(({ kind, reason }) => kind === 'omitted' || reason.includes('9660:1999'))
    expect(sorted(imageTree('iso9660'), 'mode', 'links')).toEqual(sorted(announced(truth, ownChanges, 'iso9660'), 'mode', 'links'))
  })

  it.each<Partial<CreateOptions>>([
    {},
    { fileSystems: ['udf'], udfRevision: '2.60' },
    { fileSystems: fileSystemKinds, isoLevel: 4, jolietUnits: 103 },
  ])('has nothing wrong with it: %o', async (options) => {
    await create(options)
    const image = openImage(imagePath)
    try {
      expect(await checkImage(image, quietControl())).toEqual([])
    } finally {
      image.close()
    }
  })

  it('comes back whole on the host', async () => {
    await create({})
    const outFolder = join(scratch, 'out')
    const { notes } = await extractImage({ imagePath, paths: [], view: 'auto', outFolder, overwrite: false }, quietControl())
    const left = new Set(notes.map(({ path }) => path))
    const truth = new Map([...hostTree(source)].filter(([path]) => !left.has(path)))
    expect(hostTree(outFolder)).toEqual(truth)
    // Nothing is left out but links that lead elsewhere.
    for (const path of left) expect(lstatSync(join(source, path)).isSymbolicLink()).toBe(true)
  })

  it.each([1, 2, 3] as const)('keeps every content in plain ISO 9660, level %i', async (isoLevel) => {
    const changes = await create({ fileSystems: ['iso9660'], isoLevel })
    const contents = (tree: ReadonlyMap<string, Facts>) =>
      [...tree.values()]
        .filter(({ type }) => type === 'file')
        .map(({ content }) => content)
        .sort()
    const truth = sourceTree()
    const plain = imageTree('iso9660')
    expect(contents(plain)).toEqual(contents(truth))
    const omitted = changes.filter((change) => change.kind === 'omitted').length
    const relocation = [...plain.keys()].filter((path) => path === '/RR_MOVED').length
    expect(plain.size - relocation).toBe(truth.size - omitted)
  })
})
