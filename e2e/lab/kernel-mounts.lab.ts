/** Linux mounts images made by Isomer, and shows the tree they were made of. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createImage } from '../../main/image/create/create-image.ts'
import { quietControl } from '../../main/image/testing/quiet-control.ts'
import { awkwardNames, makeDeepTree, makeSmallTree, makeSpecialNodes } from '../../main/image/testing/source-trees.ts'
import { type CreateOptions, defaultCreateOptions } from '../../shared/image-project.ts'
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

/** Linux cuts longer ones of Rock Ridge, at a place that depends on how they are split into fields (fs/isofs/rock.c). */
const LINUX_NAME_BYTES = 253

function makeUnixTree(folder: string): void {
  for (const part of ['small', 'special', 'awkward', 'deep']) mkdirSync(join(folder, part))
  makeSmallTree(join(folder, 'small'))
  makeSpecialNodes(join(folder, 'special'))
  for (const name of awkwardNames()) if (Buffer.byteLength(name) <= LINUX_NAME_BYTES) writeFileSync(join(folder, 'awkward', name), name)
  makeDeepTree(join(folder, 'deep'), 12)
}

interface MountedImage {
  readonly title: string
  readonly make: (folder: string) => void
  readonly options: Partial<CreateOptions>
  /** For mount, behind `-o loop,ro`. */
  readonly mount: string
  readonly attributes: boolean
}

const images: readonly MountedImage[] = [
  { title: 'ISO 9660', make: makePlainTree, options: { fileSystems: ['iso9660'], isoLevel: 1 }, mount: '', attributes: false },
  {
    title: 'Joliet',
    make: makeJolietTree,
    options: { fileSystems: ['iso9660', 'joliet'] },
    mount: ',norock,iocharset=utf8 -t iso9660',
    attributes: false,
  },
  {
    title: 'Rock Ridge',
    make: makeUnixTree,
    options: { fileSystems: ['iso9660', 'joliet', 'rockridge'] },
    mount: ' -t iso9660',
    attributes: true,
  },
]

it.each(images.map((image) => [image.title, image] as const))('%s', async (title, { make, options, mount, attributes }) => {
  const source = join(scratch, title)
  mkdirSync(source)
  make(source)
  const name = `${title}.iso`
  await createImage(
    {
      project: {
        version: 1,
        steps: [{ step: 'add', hostPath: source, into: '/', contentsOnly: true }],
        options: { ...defaultCreateOptions, ...options },
      },
      outPath: join(guest.folder, name),
      overwrite: false,
    },
    quietControl(),
  )
  expect(await guest.run(`mkdir -p /mnt/image && mount -o loop,ro${mount} '/lab/${name}' /mnt/image`)).toMatchObject({
    exitCode: 0,
    stderr: '',
  })
  try {
    expect(await guestListing(guest, '/mnt/image', { attributes })).toBe(hostListing(source, { attributes }))
  } finally {
    await guest.run('umount /mnt/image')
  }
  expect(await guest.run('losetup --list --noheadings')).toMatchObject({ stdout: '' })
})
