/** Images that computers start from, made of boot files in and beside the sources: judged by xorriso, sfdisk, sgdisk and 7-Zip. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type BootFileChoice, type CreateOptions, defaultCreateOptions, fileSystemKinds } from '../../../shared/image-project.ts'
import { fatImage, hardDiskImage, patterned } from '../../boot/testing/fake-boot-files.ts'
import { foreignBootReport, foreignSystemAreaReport, isInstalled, judge } from '../../boot/testing/foreign-boot-readers.ts'
import { grubBootFile, grubMbrTemplate, isolinuxBootFile, isolinuxMbrTemplate } from '../../boot/testing/mbr-templates.ts'
import { checkImage } from '../check-image.ts'
import { openImage } from '../open-image.ts'
import { fileSha256, hostTree } from '../testing/foreign-readers.ts'
import { quietControl } from '../testing/quiet-control.ts'
import { scratchRoot } from '../testing/scratch.ts'
import { createImage, planProject } from './create-image.ts'
import { StagedImage } from './staged-image.ts'

let scratch: string
let image: string
beforeEach(() => {
  scratch = mkdtempSync(join(scratchRoot(), 'isomer-boot-image-'))
  image = join(scratch, 'image.iso')
  write('source/docs/readme.txt', 'read me')
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

function write(path: string, content: string | Uint8Array): string {
  mkdirSync(join(scratch, dirname(path)), { recursive: true })
  writeFileSync(join(scratch, path), content)
  return join(scratch, path)
}

const bios = (hostPath: string, more: Partial<BootFileChoice> = {}): BootFileChoice => ({
  platform: 'bios',
  hostPath,
  emulation: 'auto',
  loadSectors: null,
  ...more,
})
const uefi = (hostPath: string): BootFileChoice => bios(hostPath, { platform: 'uefi' })

const projectOf = (options: Partial<CreateOptions>) =>
  ({
    version: 1,
    steps: [{ step: 'add', hostPath: join(scratch, 'source'), into: '/', contentsOnly: true }],
    options: { ...defaultCreateOptions, reproducible: true, ...options },
  }) as const

const create = (options: Partial<CreateOptions>) =>
  createImage({ project: projectOf(options), outPath: image, overwrite: true }, quietControl())

const problemOf = async (options: Partial<CreateOptions>): Promise<string> =>
  create(options).then(
    () => 'none',
    (error: { report?: { code: string } }) => error.report?.code ?? String(error),
  )

async function findings(): Promise<string[]> {
  const opened = openImage(image)
  const all = await checkImage(opened, quietControl())
  opened.close()
  return all.map(({ code, message }) => `${code}: ${message}`)
}

describe('boot files', () => {
  it('in a source are used where they are, others are added; no source is changed', async () => {
    const inside = write('source/isolinux/isolinux.bin', isolinuxBootFile())
    const outside = write('elsewhere/efi.img', fatImage(64 * 1024))
    const before = hostTree(scratch)
    const result = await create({ bootFiles: [bios(inside), uefi(outside)] })
    expect(result).toMatchObject({ files: 3, directories: 3 })
    const report = foreignBootReport(image)
    expect(report.text).toMatch(/^El Torito img path : +1 {2}\/isolinux\/isolinux\.bin$/m)
    expect(report.text).toMatch(/^El Torito img opts : +1 {2}boot-info-table isohybrid-suitable$/m)
    expect(report.text).toMatch(/^El Torito img path : +2 {2}\/boot\/efi\.img$/m)
    expect(report.entries.map(({ platform, emulation, sectorCount }) => [platform, emulation, sectorCount])).toEqual([
      ['BIOS', 'none', 4],
      ['UEFI', 'none', 128],
    ])
    expect(await findings()).toEqual([])
    rmSync(image)
    expect(hostTree(scratch)).toEqual(before)
  })

  it('are known by what they are, not by how they are named', async () => {
    const inside = write('source/boot/loader.bin', patterned(4096, 1))
    symlinkSync(inside, join(scratch, 'link to loader'))
    const other = write('elsewhere/loader.bin', patterned(4096, 2))
    expect(await create({ bootFiles: [bios(join(scratch, 'link to loader')), bios(other)] })).toMatchObject({ files: 3, directories: 2 })
    const { text } = foreignBootReport(image)
    expect(text).toMatch(/^El Torito img path : +1 {2}\/boot\/loader\.bin$/m)
    expect(text).toMatch(/^El Torito img path : +2 {2}\/boot\/loader-2\.bin$/m)
  })

  it('of disks are emulated when they look like it, or when they are said to be', async () => {
    const files = {
      floppy: write('source/floppy.img', fatImage(1_474_560, 18, 2)),
      disk: write('source/disk.img', hardDiskImage(200 * 512, 0x0b)),
      loader: write('source/loader.bin', patterned(6000, 7)),
    }
    await create({
      bootFiles: [bios(files.floppy), bios(files.disk), bios(files.loader, { loadSectors: 8 }), bios(files.floppy, { emulation: 'none' })],
    })
    const seen = foreignBootReport(image).entries.map((entry) => [entry.emulation, entry.partitionType, entry.sectorCount])
    expect(seen).toEqual([
      ['fd1.4', 0, 1],
      ['hd', 0x0b, 1],
      ['none', 0, 8],
      ['none', 0, 4],
    ])
    expect(await problemOf({ bootFiles: [bios(files.loader, { emulation: 'floppy' })] })).toBe('boot-medium-mismatch')
    expect(await problemOf({ bootFiles: [bios(files.loader, { emulation: 'hard-disk' })] })).toBe('boot-medium-mismatch')
  })

  it('for a BIOS come first, for that is all it looks at', async () => {
    const efi = write('source/efi.img', fatImage(64 * 1024))
    const loader = write('source/loader.bin', patterned(4096, 7))
    await create({ bootFiles: [uefi(efi), bios(loader)] })
    expect(foreignBootReport(image).entries.map(({ platform }) => platform)).toEqual(['BIOS', 'UEFI'])
    await create({ bootFiles: [uefi(efi)] })
    expect(foreignBootReport(image).entries.map(({ platform }) => platform)).toEqual(['UEFI'])
  })

  it('are in the plan, and not in the tree that is being arranged', async () => {
    const outside = write('elsewhere/loader.bin', patterned(4096, 2))
    const bootFiles = [bios(outside)]
    const staged = new StagedImage({ ...defaultCreateOptions, bootFiles })
    await staged.apply(projectOf({}).steps[0], quietControl())
    expect(staged.rows('/').map(({ name }) => name)).toEqual(['docs'])
    const { sizeBytes } = await planProject(staged.project(), quietControl())
    expect(staged.summary().imageSizeBytes).toBe(sizeBytes)
    const result = await createImage({ project: staged.project(), outPath: image, overwrite: false }, quietControl())
    expect(result).toMatchObject({ sizeBytes, files: 2, directories: 2 })
  })
})

describe('what can’t start is said before anything is written', () => {
  it.each<[string, () => Partial<CreateOptions>]>([
    ['boot-uefi-not-fat', () => ({ bootFiles: [uefi(write('source/loader.bin', patterned(4096, 1)))] })],
    ['boot-file-invalid', () => ({ bootFiles: [bios(write('empty', ''))] })],
    ['boot-file-invalid', () => ({ bootFiles: [bios(join(scratch, 'source'))] })],
    ['enoent', () => ({ bootFiles: [bios(join(scratch, 'missing'))] })],
    ['enoent', () => ({ mbrCodePath: join(scratch, 'missing'), hybrid: true })],
    ['mbr-code-unknown', () => ({ mbrCodePath: write('mbr', patterned(512, 1)), hybrid: true })],
    ['mbr-code-alone', () => ({ mbrCodePath: write('mbr', grubMbrTemplate()), hybrid: true })],
    [
      'mbr-code-mismatch',
      () => ({ mbrCodePath: write('mbr', grubMbrTemplate()), hybrid: true, bootFiles: [bios(write('a', isolinuxBootFile()))] }),
    ],
    ['mbr-code-missing', () => ({ hybrid: true, bootFiles: [bios(write('a', isolinuxBootFile()))] })],
    ['nothing-to-start', () => ({ hybrid: true })],
    ['boot-without-iso9660', () => ({ fileSystems: ['udf'], bootFiles: [bios(write('a', isolinuxBootFile()))] })],
    ['boot-file-too-large', () => ({ bootFiles: [bios(write('a', Buffer.alloc(17 * 2 ** 20)))] })],
  ])('%s', async (code, options) => {
    expect(await problemOf(options())).toBe(code)
    expect(readdirSync(scratch)).not.toContain(basename(image))
  })
})

const loaders = [
  ['GRUB 2', grubBootFile, grubMbrTemplate],
  ['isolinux', isolinuxBootFile, isolinuxMbrTemplate],
] as const
const systems: readonly [string, Partial<CreateOptions>][] = [
  ['everywhere', {}],
  ['with UDF 1.02', { fileSystems: fileSystemKinds }],
  ['with UDF 2.50 and ISO 9660:1999', { fileSystems: fileSystemKinds, udfRevision: '2.50', isoLevel: 4 }],
]
const hasJudges = ['sfdisk', 'sgdisk'].every(isInstalled)

describe.skipIf(!hasJudges).each(systems)('hybrid images, %s', (_name, options) => {
  it.each(loaders)('%s and UEFI', async (_loader, bootFile, mbrCode) => {
    const bootFiles = [bios(write('source/boot/bios.img', bootFile())), uefi(write('source/boot/efi.img', fatImage(512 * 1024)))]
    const request = { ...options, bootFiles, hybrid: true, mbrCodePath: write('mbr', mbrCode()) }
    const { sha256 } = await create(request)
    expect(judge('sfdisk', '--verify', image)).toMatchObject({ status: 0, text: expect.stringContaining('No errors detected') })
    const { text } = judge('sgdisk', '-v', '-p', image)
    expect(text).toContain('No problems found')
    expect(text).toMatch(/^ +2 .*EF00 +EFI system partition$/m)
    expect(foreignSystemAreaReport(image)).toMatch(/^GPT partition path : +2 {2}\/boot\/efi\.img$/m)
    expect(await findings()).toEqual([])
    expect(judge('7z', 't', image).text).toContain('Everything is Ok')
    if (isInstalled('udfinfo') && options.fileSystems) expect(judge('udfinfo', image).text).not.toMatch(/warning|error/i)
    expect((await create(request)).sha256).toBe(sha256)
    expect(fileSha256(image)).toBe(sha256)
  })

  it.each(loaders)('%s alone', async (_loader, bootFile, mbrCode) => {
    await create({ ...options, bootFiles: [bios(write('a.img', bootFile()))], hybrid: true, mbrCodePath: write('mbr', mbrCode()) })
    const sizeSectors = readFileSync(image).length / 512
    expect(foreignSystemAreaReport(image)).toMatch(new RegExp(`^MBR partition +: +1 +0x80 +0x17 +0 +${sizeSectors}$`, 'm'))
    expect(sizeSectors % 2048).toBe(0)
    expect(await findings()).toEqual([])
  })

  it('UEFI alone', async () => {
    await create({ ...options, bootFiles: [uefi(write('efi.img', fatImage(512 * 1024)))], hybrid: true })
    expect(judge('sgdisk', '-v', image).text).toContain('No problems found')
    expect(await findings()).toEqual([])
  })
})
