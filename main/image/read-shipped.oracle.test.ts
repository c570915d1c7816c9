/** Images that others made for real use: what we list and take out is what two other readers take out, byte for byte. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import { checkImage } from './check-image.ts'
import { extractImage } from './extract.ts'
import { imageFacts } from './image-facts.ts'
import { openImage } from './open-image.ts'
import { debianImages, fetchedImage } from './testing/debian-images.ts'
import { bsdtar, extractedTree, type ForeignReader, type HostEntry, hostTree, sevenZip, xorriso } from './testing/foreign-readers.ts'
import { quietControl } from './testing/quiet-control.ts'
import { scratchRoot } from './testing/scratch.ts'

const quiet = { checkpoint: () => undefined }

let scratch: string
beforeAll(() => {
  scratch = mkdtempSync(join(scratchRoot(), 'isomer-shipped-'))
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** Files alone: readers differ in whether they list the folders above. */
const files = (tree: Map<string, HostEntry>) => [...tree].filter(([, { kind }]) => kind === 'file').sort()

/** Contents of a folder's files, in the order of their names, which begin with numbers. */
const contentsIn = (folder: string): Buffer[] =>
  readdirSync(folder)
    .sort()
    .map((name) => readFileSync(join(folder, name)))

async function takenOut(imagePath: string): Promise<Map<string, HostEntry>> {
  const outFolder = join(scratch, 'ours')
  await extractImage({ imagePath, paths: [], view: 'auto', outFolder, overwrite: false }, quietControl())
  const tree = hostTree(outFolder)
  rmSync(outFolder, { recursive: true })
  return tree
}

async function expectSame(path: string, judges: readonly ForeignReader[]): Promise<void> {
  const ours = files(await takenOut(path))
  expect(ours.length).toBeGreaterThan(0)
  for (const judge of judges) expect(files(extractedTree(judge, path, scratch)), judge.name).toEqual(ours)
}

async function findings(path: string): Promise<string[]> {
  const image = openImage(path)
  try {
    return (await checkImage(image, quiet)).map(({ code }) => code)
  } finally {
    image.close()
  }
}

describe.each(debianImages)('the image in Debian’s $packageName', ({ packageName, image }) => {
  const needed = (context: TestContext): string => {
    const found = fetchedImage(packageName, image, scratch)
    if ('reason' in found) context.skip(found.reason)
    return (found as { path: string }).path
  }

  it('gives the files that xorriso and bsdtar take out', async (context) => {
    const path = needed(context)
    await expectSame(path, [xorriso, bsdtar])
    expect(await findings(path)).toEqual([])
  })

  it('gives the boot images that 7-Zip takes out', async (context) => {
    const path = needed(context)
    const opened = openImage(path)
    const { boot } = await imageFacts(opened, quiet)
    opened.close()
    expect(boot.length).toBeGreaterThan(0)
    const outFolder = join(scratch, 'boot')
    await extractImage({ imagePath: path, paths: ['[BOOT]'], view: 'auto', outFolder, overwrite: false }, quietControl())
    const ours = contentsIn(join(outFolder, '[BOOT]'))
    sevenZip.extract(path, join(outFolder, '7z'))
    const theirs = contentsIn(join(outFolder, '7z', '[BOOT]'))
    rmSync(outFolder, { recursive: true })
    expect(ours.map(({ length }) => length)).toEqual(boot.map(({ sizeBytes }) => sizeBytes))
    expect(theirs.length).toBe(ours.length)
    // 7-Zip takes as much of some as firmware loads, and more of others than they have.
    for (const [i, their] of theirs.entries()) {
      const common = Math.min(their.length, ours[i]?.length ?? 0)
      expect(ours[i]?.subarray(0, common).equals(their.subarray(0, common)), `boot image ${i + 1}`).toBe(true)
    }
  })
})

describe('images that programs make', () => {
  let source: string
  beforeAll(() => {
    source = join(scratch, 'source')
    mkdirSync(join(source, 'folder', 'deeper'), { recursive: true })
    for (let i = 0; i < 60; i++) writeFileSync(join(source, 'folder', `file number ${i}.txt`), `${i}\n`.repeat(i * 50))
    writeFileSync(join(source, 'folder', 'deeper', 'large'), Buffer.alloc(300_001, 'large '))
    writeFileSync(join(source, 'Ünïcödé ☃.txt'), 'unicode\n')
  })

  const makers: [name: string, command: string, args: (out: string) => string[], judges: ForeignReader[]][] = [
    ['bsdtar', 'bsdtar', (out) => ['-cf', out, '--format=iso9660', '-C', source, '.'], [xorriso, bsdtar]],
    ['genisoimage', 'genisoimage', (out) => ['-quiet', '-J', '-R', '-o', out, source], [xorriso, bsdtar]],
    ['genisoimage with UDF', 'genisoimage', (out) => ['-quiet', '-udf', '-J', '-R', '-o', out, source], [xorriso, bsdtar]],
    ['xorriso', 'xorriso', (out) => ['-as', 'mkisofs', '-quiet', '-J', '-R', '-o', out, source], [xorriso, bsdtar]],
    [
      'xorriso, ISO 9660:1999',
      'xorriso',
      (out) => ['-as', 'mkisofs', '-quiet', '-iso-level', '4', '-R', '-o', out, source],
      [xorriso, bsdtar],
    ],
    ['grub-mkrescue', 'grub-mkrescue', (out) => ['-o', out, source], [xorriso, bsdtar]],
  ]
  it.for(makers)('%s', async ([name, command, args, judges], context) => {
    const path = join(scratch, `${name}.iso`)
    const made = spawnSync(command, args(path), { stdio: 'ignore', env: { ...process.env, LC_ALL: 'C.UTF-8' } })
    if (made.error) context.skip(`${command} is not installed`)
    expect(made.status).toBe(0)
    await expectSame(path, judges)
    // grub-mkrescue adds a volume for Macs.
    expect(await findings(path)).toEqual(name === 'grub-mkrescue' ? ['other-file-system'] : [])
  })
})
