/** Small images of every kind that Isomer makes or reads, for sweeps and mutations. */
import { linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CreateOptions, defaultCreateOptions, fileSystemKinds } from '../../../shared/image-project.ts'
import { fatImage } from '../../boot/testing/fake-boot-files.ts'
import { isolinuxBootFile, isolinuxMbrTemplate } from '../../boot/testing/mbr-templates.ts'
import { type UdfRevisionName, udfRevisions } from '../../udf/revision.ts'
import { Surgery } from '../../udf/testing/image-surgery.ts'
import { directory, file, hardLink, special, symlink } from '../../udf/testing/sample-tree.ts'
import { sparablePartition, virtualPartition } from '../../udf/testing/special-partitions.ts'
import { createImage } from '../create/create-image.ts'
import { hybridImage } from './damage/boot-damage.ts'
import { compressedImage } from './damage/content-damage.ts'
import { quietControl } from './quiet-control.ts'
import { scratchRoot } from './scratch.ts'
import { tinyImage } from './tiny-image.ts'

export interface SampleImage {
  readonly name: string
  readonly build: () => Promise<Buffer> | Buffer
}

/** Folders deep enough to be moved, names long enough to be continued, links, an empty file and folder. */
function makeSampleTree(folder: string): void {
  const deep = join(folder, 'one/two/three/four/five/six/seven/eight/nine')
  mkdirSync(deep, { recursive: true })
  mkdirSync(join(folder, 'empty folder'))
  writeFileSync(join(deep, 'deep.txt'), 'deep\n')
  writeFileSync(join(folder, `${'a long name '.repeat(18)}.txt`), 'long\n')
  writeFileSync(join(folder, 'empty'), '')
  writeFileSync(join(folder, 'readme.txt'), 'read me\n')
  writeFileSync(join(folder, '名前 🎉.bin'), Buffer.alloc(5000, 7))
  linkSync(join(folder, 'readme.txt'), join(folder, 'one/again.txt'))
  symlinkSync('../readme.txt', join(folder, 'one/link'))
  for (let i = 0; i < 30; i++) writeFileSync(join(folder, 'one/two', `file ${i}`), `${i}`)
}

/** `more` is given the folder of the sources. */
async function created(options: Partial<CreateOptions>, more: (source: string) => Partial<CreateOptions> = () => ({})): Promise<Buffer> {
  const scratch = mkdtempSync(join(scratchRoot(), 'isomer-sample-'))
  try {
    const source = join(scratch, 'source')
    mkdirSync(source)
    makeSampleTree(source)
    const project = {
      version: 1,
      steps: [{ step: 'add', hostPath: source, into: '/', contentsOnly: true }],
      options: { ...defaultCreateOptions, label: 'SAMPLE', reproducible: true, sha256: false, ...options, ...more(source) },
    } as const
    await createImage({ project, outPath: join(scratch, 'image.iso'), overwrite: false }, quietControl())
    return readFileSync(join(scratch, 'image.iso'))
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** Starts computers of both kinds, from disc and stick; equal files stored once, an MD5 implanted. */
function bootable(source: string): Partial<CreateOptions> {
  const loader = join(source, 'loader.bin')
  const efi = join(source, 'efi.img')
  const mbr = join(source, 'mbr.bin')
  writeFileSync(loader, isolinuxBootFile())
  writeFileSync(efi, fatImage(64 * 1024))
  writeFileSync(mbr, isolinuxMbrTemplate())
  const usual = { emulation: 'none', loadSectors: null } as const
  return {
    bootFiles: [
      { platform: 'bios', hostPath: loader, ...usual },
      { platform: 'uefi', hostPath: efi, ...usual },
    ],
    hybrid: true,
    mbrCodePath: mbr,
    implantMd5: true,
    dedupe: true,
  }
}

/** All file systems over one copy of the data. */
export const bridgeImage = (udfRevision: UdfRevisionName): Promise<Buffer> => created({ fileSystems: fileSystemKinds, udfRevision })

function udf(revision: UdfRevisionName): Buffer {
  const twice = file('twice', 'twice')
  const children = [
    twice,
    hardLink('again', twice),
    symlink('link', '../a/b'),
    special('device', 'block', 8, 1),
    directory('folder', [directory('deeper', [file('名前', Buffer.alloc(5000, 'x'))]), file('empty', '')]),
  ]
  return new Surgery(directory('', children), udfRevisions[revision]).bytes
}

export const sampleImages: readonly SampleImage[] = [
  { name: 'a tiny image', build: () => tinyImage() },
  { name: 'plain ISO 9660, level 1', build: () => created({ fileSystems: ['iso9660'], isoLevel: 1 }) },
  { name: 'Joliet', build: () => created({ fileSystems: ['iso9660', 'joliet'] }) },
  { name: 'Rock Ridge', build: () => created({ fileSystems: ['iso9660', 'rockridge'] }) },
  { name: 'Joliet and Rock Ridge', build: () => created({}) },
  {
    name: 'ISO 9660:1999 and long Joliet names',
    build: () => created({ fileSystems: ['iso9660', 'joliet'], isoLevel: 4, jolietUnits: 103 }),
  },
  { name: 'everything, with UDF 1.02', build: () => bridgeImage('1.02') },
  { name: 'everything, with UDF 2.50', build: () => bridgeImage('2.50') },
  { name: 'everything that starts computers', build: () => created({}, bootable) },
  { name: 'a hybrid for disc and stick', build: hybridImage },
  { name: 'a compressed file', build: () => compressedImage() },
  ...(['1.02', '1.50', '2.01', '2.50', '2.60'] as const).map((revision) => ({ name: `UDF ${revision}`, build: () => udf(revision) })),
  { name: 'UDF with virtual blocks', build: () => virtualPartition('trailer').bytes },
  { name: 'UDF with replaced packets', build: () => sparablePartition().bytes },
]
