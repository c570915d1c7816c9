/** Linux mounts images made by Isomer, and shows the tree they were made of. */
import { closeSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createImage } from '../../main/image/create/create-image.ts'
import { quietControl } from '../../main/image/testing/quiet-control.ts'
import { awkwardNames, makeDeepTree, makeSmallTree, makeSpecialNodes } from '../../main/image/testing/source-trees.ts'
import { type CreateOptions, defaultCreateOptions, udfRevisionNames } from '../../shared/image-project.ts'
import { Guest } from './machine/guest.ts'
import { guestListing, hostListing } from './machine/tree-listing.ts'

let guest: Guest
let scratch: string
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-mounts-'))
  guest = await Guest.start()
})
afterAll(async () => {
  rmSync(scratch, { recursive: true, force: true })
  await guest?.stop()
})

/** Names that each file system holds as they are. */
function makePlainTree(folder: string): void {
  mkdirSync(join(folder, 'docs/letters'), { recursive: true })
  for (const path of ['readme.txt', 'docs/report.pdf', 'docs/letters/aunt.txt']) writeFileSync(join(folder, path), path.repeat(1000))
  writeFileSync(join(folder, 'docs/empty'), '')
}

function makeJolietTree(folder: string): void {
  makePlainTree(folder)
  for (const name of ['Ünïcödé ñ ß.flac', '日本語のファイル.txt', 'ملف عربي.doc', `${'long '.repeat(12)}.txt`])
    writeFileSync(join(folder, name), name)
}

function makeLongNames(folder: string): void {
  makeJolietTree(folder)
  writeFileSync(join(folder, `${'日本語 '.repeat(24)}.txt`), 'long')
}

/** Linux cuts longer ones of Rock Ridge, at a place that depends on how they are split into fields (fs/isofs/rock.c). */
const LINUX_NAME_BYTES = 253

function makeUnixTree(folder: string): void {
  for (const part of ['small', 'special', 'awkward', 'deep']) mkdirSync(join(folder, part))
  makeSmallTree(join(folder, 'small'))
  makeSpecialNodes(join(folder, 'special'))
  for (const name of awkwardNames()) if (Buffer.byteLength(name) <= LINUX_NAME_BYTES) writeFileSync(join(folder, 'awkward', name), name)
  makeDeepTree(join(folder, 'deep'), 12)
}

/** Parts of a link's target can be as long as names in UDF, one byte less than on Linux. */
function makeUdfTree(folder: string): void {
  makeUnixTree(folder)
  rmSync(join(folder, 'special/long link'))
}

/** How Linux is told which tree to show, and what that tree holds. */
const trees = {
  plain: { mount: '-t iso9660 -o norock,nojoliet', attributes: false },
  joliet: { mount: '-t iso9660 -o norock,iocharset=utf8', attributes: false },
  rockRidge: { mount: '-t iso9660', attributes: true },
  udf: { mount: '-t udf', attributes: true },
} as const

/** Title, tree on the host, options, and the trees that Linux is to show. */
const images: readonly [string, (folder: string) => void, Partial<CreateOptions>, (keyof typeof trees)[]][] = [
  ['ISO 9660', makePlainTree, { fileSystems: ['iso9660'], isoLevel: 1 }, ['plain']],
  ['ISO 9660:1999', makePlainTree, { fileSystems: ['iso9660'], isoLevel: 4 }, ['plain']],
  ['Joliet', makeJolietTree, { fileSystems: ['iso9660', 'joliet'] }, ['joliet']],
  ['long Joliet', makeLongNames, { fileSystems: ['iso9660', 'joliet'], jolietUnits: 103 }, ['joliet']],
  ['Rock Ridge', makeUnixTree, { fileSystems: ['iso9660', 'joliet', 'rockridge'] }, ['rockRidge']],
  ['all four', makeJolietTree, { fileSystems: ['iso9660', 'joliet', 'rockridge', 'udf'] }, ['joliet', 'rockRidge', 'udf']],
  ...udfRevisionNames.map(
    (udfRevision) =>
      [`UDF ${udfRevision}`, makeUdfTree, { fileSystems: ['udf'], udfRevision, udfLinks: true }, ['udf']] satisfies (typeof images)[number],
  ),
]

async function makeImage(source: string, name: string, options: Partial<CreateOptions>): Promise<void> {
  const steps = [{ step: 'add' as const, hostPath: source, into: '/', contentsOnly: true }]
  const project = { version: 1 as const, steps, options: { ...defaultCreateOptions, ...options } }
  await createImage({ project, outPath: join(guest.folder, name), overwrite: false }, quietControl())
}

describe.each(images)('%s', (title, makeTree, options, shown) => {
  const source = () => join(scratch, title)
  beforeAll(async () => {
    mkdirSync(source())
    makeTree(source())
    await makeImage(source(), title, options)
  })

  it.each(shown)('%s', async (tree) => {
    const { mount, attributes } = trees[tree]
    expect(await guest.run(`mkdir -p /mnt/image && mount --read-only ${mount} '/lab/${title}' /mnt/image`)).toMatchObject({
      exitCode: 0,
      stderr: '',
    })
    try {
      expect(await guestListing(guest, '/mnt/image', { attributes })).toBe(hostListing(source(), { attributes }))
    } finally {
      await guest.run('umount /mnt/image')
    }
    expect(await guest.run('losetup --list --noheadings')).toMatchObject({ stdout: '' })
  })
})

describe('a file of over 4 GiB', () => {
  const name = 'large'
  const sizeBytes = 2 ** 32 + 10 * 2 ** 20
  /** Around the end of what one extent of ISO 9660 holds, and both ends of the file. */
  const marks = [0, 2 ** 32 - 4096, 2 ** 32 - 2048, 2 ** 32, sizeBytes - 4]
  beforeAll(async () => {
    const source = join(scratch, name)
    mkdirSync(source)
    const fd = openSync(join(source, 'file'), 'w')
    ftruncateSync(fd, sizeBytes)
    for (const [i, mark] of marks.entries()) writeSync(fd, `end${i}`, mark)
    closeSync(fd)
    await makeImage(source, name, { fileSystems: ['iso9660', 'rockridge', 'udf'], sha256: false })
  })
  afterAll(() => {
    for (const folder of [scratch, guest.folder]) rmSync(join(folder, name), { recursive: true, force: true })
  })

  it.each(['rockRidge', 'udf'] as const)('%s', async (tree) => {
    const reads = marks.map((mark) => `dd if=file bs=4 count=1 iflag=skip_bytes skip=${mark} status=none`)
    const script = [
      'mkdir -p /mnt/image',
      `mount --read-only ${trees[tree].mount} /lab/${name} /mnt/image`,
      'cd /mnt/image',
      'stat -c %s file',
    ]
    const { stdout } = await guest.run([...script, ...reads, 'cd /', 'umount /mnt/image'].join('\n'))
    expect(stdout).toBe(`${sizeBytes}\n${marks.map((_, i) => `end${i}`).join('')}`)
  })
})
