/** Files of equal content stored once, whatever their names: every reader gives each of them back. */
import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type CreateOptions, defaultCreateOptions, fileSystemKinds } from '../../../shared/image-project.ts'
import { checkImage } from '../check-image.ts'
import { openImage } from '../open-image.ts'
import { bsdtar, extractedTree, fileSha256, hostTree, sevenZip, xorriso } from '../testing/foreign-readers.ts'
import { quietControl } from '../testing/quiet-control.ts'
import { scratchRoot } from '../testing/scratch.ts'
import { createImage, planProject } from './create-image.ts'

const SIZE_BYTES = 300_000

let scratch: string
let source: string
let image: string
beforeEach(() => {
  scratch = mkdtempSync(join(scratchRoot(), 'isomer-equal-'))
  source = join(scratch, 'source')
  image = join(scratch, 'image.iso')
  mkdirSync(join(source, 'copies'), { recursive: true })
  writeFileSync(join(source, 'first.bin'), Buffer.alloc(SIZE_BYTES, 'a'))
  writeFileSync(join(source, 'copies/second.bin'), Buffer.alloc(SIZE_BYTES, 'a'))
  writeFileSync(join(source, 'copies/third.bin'), Buffer.alloc(SIZE_BYTES, 'a'))
  linkSync(join(source, 'copies/third.bin'), join(source, 'link to third.bin'))
  writeFileSync(join(source, 'other head.bin'), Buffer.alloc(SIZE_BYTES, 'a').fill('b', 0, 1))
  writeFileSync(join(source, 'other tail.bin'), Buffer.alloc(SIZE_BYTES, 'a').fill('b', SIZE_BYTES - 1))
  for (const name of ['empty', 'empty too']) writeFileSync(join(source, name), '')
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

const projectOf = (options: Partial<CreateOptions>) =>
  ({
    version: 1,
    steps: [{ step: 'add', hostPath: source, into: '/', contentsOnly: true }],
    options: { ...defaultCreateOptions, ...options },
  }) as const

const create = (options: Partial<CreateOptions>, control = quietControl()) =>
  createImage({ project: projectOf(options), outPath: image, overwrite: true }, control)

it('takes the room of one, and the size is known before', async () => {
  const { sizeBytes: apart } = await create({})
  const { sizeBytes } = await create({ dedupe: true })
  expect(apart - sizeBytes).toBeGreaterThanOrEqual(2 * SIZE_BYTES - 16 * 2048)
  expect((await planProject(projectOf({ dedupe: true }), quietControl())).sizeBytes).toBe(sizeBytes)
})

it.each([xorriso, bsdtar, sevenZip])('$name gives back every file', async (reader) => {
  await create({ dedupe: true, fileSystems: fileSystemKinds, isoLevel: 4 })
  const files = (tree: ReturnType<typeof hostTree>) => new Map([...tree].filter(([, { kind }]) => kind === 'file').sort())
  expect(files(extractedTree(reader, image, scratch))).toEqual(files(hostTree(source)))
})

it('keeps files apart that are only stored together', async () => {
  await create({ dedupe: true, fileSystems: fileSystemKinds, udfRevision: '2.50' })
  const opened = openImage(image)
  for (const kind of ['rockridge', 'udf'] as const) {
    const view = opened.view(kind)
    const places = ['/first.bin', '/copies/second.bin', '/copies/third.bin'].map((path) => view.lookup(path)?.extents[0]?.lba)
    expect(new Set(places).size).toBe(1)
    expect([view.lookup('/first.bin')?.links, view.lookup('/copies/third.bin')?.links]).toEqual([1, 2])
    expect(view.lookup('/other tail.bin')?.extents[0]?.lba).not.toBe(places[0])
  }
  expect(await checkImage(opened, quietControl())).toEqual([])
  opened.close()
})

it('is reproducible', async () => {
  const { sha256 } = await create({ dedupe: true, reproducible: true })
  expect((await create({ dedupe: true, reproducible: true })).sha256).toBe(sha256)
  expect(fileSha256(image)).toBe(sha256)
})

it('stops when a file changes after it was compared', async () => {
  // The output is opened when all is planned.
  const temporary = (path: string | null) => {
    if (path !== null) utimesSync(join(source, 'first.bin'), 1, 1)
  }
  const changing = quietControl({ temporary })
  await expect(create({ dedupe: true }, changing)).rejects.toMatchObject({ report: { code: 'source-changed' } })
})

it('leaves boot files alone, which are changed on the way', async () => {
  const loader = Buffer.alloc(4096)
  for (const name of ['loader.bin', 'copy of loader.bin']) writeFileSync(join(source, name), loader)
  const bootFiles = [{ platform: 'bios', hostPath: join(source, 'loader.bin'), emulation: 'none', loadSectors: null }] as const
  await create({ dedupe: true, bootFiles })
  const copy = execFileSync('bsdtar', ['-xOf', image, 'copy of loader.bin'])
  expect(copy.equals(loader)).toBe(true)
})
