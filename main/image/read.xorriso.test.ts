/** Images made by other people's writers, read by ours: every name, size, byte, mode, date and link. */
import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { FileSystemKind } from '../../shared/image-project.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import { checkImage } from './check-image.ts'
import { entrySha256 } from './entry-digest.ts'
import { extractImage } from './extract.ts'
import { imageFacts } from './image-facts.ts'
import type { ImageEntry } from './image-view.ts'
import { type OpenImage, openImage } from './open-image.ts'
import { fileSha256, hostTree } from './testing/foreign-readers.ts'
import { quietControl } from './testing/quiet-control.ts'
import { scratchRoot } from './testing/scratch.ts'
import { pathOfStep, walkView } from './walk-view.ts'

const has = (tool: string): boolean => spawnSync(tool, ['--version']).error === undefined
const DATE_S = 1_600_000_000
const LONG_NAME = `${'long name '.repeat(22)}end.txt`
const DEEP = 'd1/d2/d3/d4/d5/d6/d7/d8/d9/d10'

let scratch: string
let source: string
beforeAll(() => {
  scratch = mkdtempSync(join(scratchRoot(), 'isomer-read-'))
  source = join(scratch, 'source')
  mkdirSync(join(source, DEEP), { recursive: true })
  mkdirSync(join(source, 'empty folder'))
  writeFileSync(join(source, 'hello.txt'), 'hello\n')
  writeFileSync(join(source, 'empty'), '')
  writeFileSync(join(source, LONG_NAME), 'long\n')
  writeFileSync(join(source, 'Ünïcödé ☃ 😀.txt'), 'unicode\n')
  writeFileSync(join(source, DEEP, 'deep.txt'), 'deep\n')
  writeFileSync(join(source, 'script.sh'), '#!/bin/sh\n')
  writeFileSync(join(source, 'large.bin'), Buffer.alloc(700_001, 'large '))
  linkSync(join(source, 'hello.txt'), join(source, 'hello again.txt'))
  symlinkSync('../empty folder/./x', join(source, 'd1/link'))
  symlinkSync('/absolute/target', join(source, 'absolute link'))
  symlinkSync(`${'t'.repeat(90)}/${'u'.repeat(90)}/${'v'.repeat(90)}`, join(source, 'long link'))
  for (let i = 0; i < 120; i++) writeFileSync(join(source, 'd1', `file ${i}.txt`), `file ${i}\n`)
  chmodSync(join(source, 'script.sh'), 0o751)
  utimesSync(join(source, 'hello.txt'), DATE_S, DATE_S)
  lutimesSync(join(source, 'd1/link'), DATE_S, DATE_S)
})
afterEach(() => rmSync(join(scratch, 'out'), { recursive: true, force: true }))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

interface Maker {
  readonly name: string
  readonly tool: string
  readonly args: readonly string[]
}
const makers: Maker[] = [
  { name: 'genisoimage', tool: 'genisoimage', args: ['-quiet', '-iso-level', '3', '-J', '-joliet-long', '-R', '-cache-inodes'] },
  { name: 'genisoimage without relocation', tool: 'genisoimage', args: ['-quiet', '-D', '-R'] },
  { name: 'xorriso', tool: 'xorriso', args: ['-as', 'mkisofs', '-quiet', '-J', '-R', '--hardlinks'] },
  { name: 'xorriso with relocation', tool: 'xorriso', args: ['-as', 'mkisofs', '-quiet', '-R', '-rr_reloc_dir', '/rr_moved'] },
  { name: 'xorriso with RRIP 1.12', tool: 'xorriso', args: ['-compliance', 'new_rr'] },
]

function make(maker: Maker): OpenImage {
  const path = join(scratch, `${maker.name.replaceAll(' ', '-')}.iso`)
  const isNative = maker.args[0] === '-compliance'
  const files = isNative ? ['-outdev', `stdio:${path}`, '-map', source, '/', '-commit'] : ['-o', path, source]
  rmSync(path, { force: true })
  execFileSync(maker.tool, [...maker.args, ...files], { stdio: 'ignore' })
  return openImage(path)
}

function entries(image: OpenImage, kind: FileSystemKind): Map<string, ImageEntry> {
  const view = image.view(kind)
  return new Map([...walkView(view, view.root, '/', new FindingLog())].map((step) => [pathOfStep(step), step.entry]))
}

describe.each(makers)('an image made by $name', (maker) => {
  const present = has(maker.tool)
  const read = present ? it : it.skip
  if (!present) it.skip(`${maker.tool} is not installed`, () => {})

  read('has the whole tree in Rock Ridge, byte for byte', () => {
    const image = make(maker)
    const view = image.view('auto')
    expect(view.kind).toBe('rockridge')
    const seen = entries(image, 'rockridge')
    const truth = hostTree(source)
    expect([...seen.keys()].sort()).toEqual([...truth.keys()].sort())
    for (const [path, host] of truth) {
      const entry = seen.get(path) as ImageEntry
      if (host.kind === 'file') expect([path, entrySha256(view, entry)]).toEqual([path, host.content])
      if (host.kind === 'link') expect([path, entry.target]).toEqual([path, host.content])
    }
    image.close()
  })

  read('keeps modes and dates', () => {
    const image = make(maker)
    const seen = entries(image, 'rockridge')
    expect((seen.get('/script.sh')?.mode ?? 0) & 0o777).toBe(0o751)
    expect(seen.get('/hello.txt')?.modifiedMs).toBe(DATE_S * 1000)
    expect(seen.get('/d1/link')?.modifiedMs).toBe(DATE_S * 1000)
    expect(seen.get('/d1')?.mode).toBe(statSync(join(source, 'd1')).mode)
    image.close()
  })

  read('has nothing wrong with it', async () => {
    const image = make(maker)
    const findings = await checkImage(image, quietControl())
    expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([])
    image.close()
  })

  read('comes out as it went in', async () => {
    const image = make(maker)
    const { path } = image
    image.close()
    const outFolder = join(scratch, 'out')
    const result = await extractImage({ imagePath: path, paths: [], view: 'auto', outFolder, overwrite: false }, quietControl())
    const truth = hostTree(source)
    // Links that lead elsewhere are listed, not made.
    expect(result.notes.map((note) => note.path)).toEqual(['/absolute link'])
    truth.delete('/absolute link')
    const seen = hostTree(outFolder)
    expect([...seen].sort()).toEqual([...truth].sort())
    expect(statSync(join(outFolder, 'hello.txt')).mtimeMs).toBe(DATE_S * 1000)
    expect(statSync(join(outFolder, 'script.sh')).mode & 0o777).toBe(0o751)
  })
})

const withXorriso = has('xorriso') ? it : it.skip
const withGenisoimage = has('genisoimage') ? it : it.skip

withXorriso('names of one file are told by serial number and place', () => {
  const image = make(makers[2] as Maker)
  const seen = entries(image, 'rockridge')
  const key = seen.get('/hello.txt')?.hardLinkKey
  expect(key).not.toBeNull()
  expect(seen.get('/hello again.txt')?.hardLinkKey).toBe(key)
  expect(seen.get('/script.sh')?.hardLinkKey).toBeNull()
  image.close()
})

withGenisoimage('Joliet has the long names and no attributes', () => {
  const image = make(makers[0] as Maker)
  const seen = entries(image, 'joliet')
  expect(seen.get(`/${DEEP}/deep.txt`)?.sizeBytes).toBe(5)
  expect(seen.get('/script.sh')).toMatchObject({ mode: null, uid: null, gid: null, links: null })
  image.close()
})

withXorriso('plain names come without version and without the dot of an empty extension', () => {
  const image = make(makers[2] as Maker)
  const seen = entries(image, 'iso9660')
  expect(seen.has('/HELLO.TXT')).toBe(true)
  expect(seen.has('/EMPTY')).toBe(true)
  expect([...seen.values()].every((entry) => entry.mode === null)).toBe(true)
  image.close()
})

withXorriso(
  'a file of several extents is read whole',
  async () => {
    const folder = join(scratch, 'huge')
    mkdirSync(folder)
    // Sparse: only its last bytes are there, beyond the first extent.
    const sizeBytes = 4 * 2 ** 30 + 5000
    writeFileSync(join(folder, 'huge.bin'), '')
    truncateSync(join(folder, 'huge.bin'), sizeBytes)
    const image = join(scratch, 'huge.iso')
    execFileSync('xorriso', ['-as', 'mkisofs', '-quiet', '-iso-level', '3', '-R', '-o', image, folder], { stdio: 'ignore' })
    const opened = openImage(image)
    const entry = entries(opened, 'rockridge').get('/huge.bin') as ImageEntry
    expect(entry.sizeBytes).toBe(sizeBytes)
    expect(entry.extents.length).toBe(2)
    const facts = await imageFacts(opened, quietControl())
    expect(facts.fileSystems[0]).toMatchObject({ kind: 'iso9660', level: 3 })
    expect(facts.contentBytes).toBe(sizeBytes)
    opened.close()
    rmSync(image)
    rmSync(folder, { recursive: true })
  },
  120_000,
)

withXorriso('zisofs files are expanded', () => {
  const image = join(scratch, 'zisofs.iso')
  const command = ['-outdev', `stdio:${image}`, '-map', source, '/', '-set_filter_r', '--zisofs', '/large.bin', '--', '-commit']
  execFileSync('xorriso', command, { stdio: 'ignore' })
  const opened = openImage(image)
  const entry = entries(opened, 'rockridge').get('/large.bin') as ImageEntry
  expect(entry.zisofs).not.toBeNull()
  expect(entry.sizeBytes).toBe(700_001)
  expect(entrySha256(opened.view('rockridge'), entry)).toBe(fileSha256(join(source, 'large.bin')))
  opened.close()
})
