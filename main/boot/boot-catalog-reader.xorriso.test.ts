/** Boot catalogs that xorriso made: our reading of them beside its own. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MemoryByteSource } from '../bytes/byte-source.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import { bootImages } from './boot-catalog.ts'
import { checkBootInfoTables, readBootCatalog } from './boot-catalog-reader.ts'
import { efiProgram, fatImage, hardDiskImage, patterned } from './testing/fake-boot-files.ts'
import { foreignBootReport, makeForeignImage } from './testing/foreign-boot-readers.ts'

let scratch: string
let folder: string
let image: string
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-boot-'))
  folder = join(scratch, 'source')
  image = join(scratch, 'image.iso')
  mkdirSync(folder)
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

const platforms: Record<string, string> = { BIOS: 'bios', PPC: 'powerpc', Mac: 'mac', UEFI: 'uefi' }
const emulations: Record<string, string> = {
  none: 'none',
  'fd1.2': 'floppy-1.2M',
  'fd1.4': 'floppy-1.44M',
  'fd2.8': 'floppy-2.88M',
  hd: 'hard-disk',
}

/** Makes the image and holds our reading against xorriso's. */
function readAgainstXorriso(files: Record<string, Buffer>, ...options: string[]) {
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes)
  makeForeignImage(image, folder, '-c', 'boot.cat', ...options)
  const bytes = readFileSync(image)
  const findings = new FindingLog()
  const source = new MemoryByteSource(bytes)
  const catalog = readBootCatalog(source, {}, findings)
  if (catalog === null) throw new Error('no catalog found')
  const foreign = foreignBootReport(image)
  expect(catalog.catalogLba).toBe(foreign.catalogLba)
  expect(catalog.isValid).toBe(true)
  expect(
    catalog.entries.map((entry) => ({
      platform: entry.platform,
      bootable: entry.bootable,
      media: entry.media,
      loadSegment: entry.loadSegment,
      type: entry.systemType,
      sectors: entry.sectorCount,
      lba: entry.extentLba,
    })),
  ).toEqual(
    foreign.entries.map((entry) => ({
      platform: platforms[entry.platform],
      bootable: entry.bootable,
      media: emulations[entry.emulation],
      loadSegment: entry.loadSegment,
      type: entry.partitionType,
      sectors: entry.sectorCount,
      lba: entry.lba,
    })),
  )
  checkBootInfoTables(source, catalog, findings)
  const images = bootImages(catalog)
  const contents = images.map(({ extentLba, sizeBytes }) => bytes.subarray(extentLba * 2048, extentLba * 2048 + sizeBytes))
  return { catalog, images, contents, findings: findings.list().map(({ code }) => code), bytes }
}

const bios = ['-b', 'bios.img', '-no-emul-boot', '-boot-load-size', '4']
const uefi = ['-eltorito-alt-boot', '-e', 'efi.img', '-no-emul-boot']

describe('catalogs made by xorriso', () => {
  it('one BIOS image, told its place', () => {
    const { catalog, images, contents, findings } = readAgainstXorriso({ 'bios.img': patterned(5000, 1) }, ...bios, '-boot-info-table')
    expect(images).toMatchObject([{ name: '1-bios.img', sizeBytes: 5000, sizeIsGuess: true }])
    expect(contents[0]?.subarray(64)).toEqual(patterned(5000, 1).subarray(64))
    expect(catalog.entries[0]).toMatchObject({ hasBootInfoTable: true, hasGrub2BootInfo: false, image: { basis: 'boot-info-table' } })
    expect(findings).toEqual([])
  })

  it('BIOS and UEFI in sections of their own; the FAT image says how long it is', () => {
    const files = { 'bios.img': patterned(4096, 1), 'efi.img': fatImage(1024 * 1024) }
    const { images, contents, findings } = readAgainstXorriso(files, ...bios, '-boot-info-table', '--grub2-boot-info', ...uefi)
    expect(images.map(({ name }) => name)).toEqual(['1-bios.img', '2-uefi.img'])
    expect(contents[1]?.equals(files['efi.img'])).toBe(true)
    expect(images[0]?.entry.hasGrub2BootInfo).toBe(true)
    expect(images[1]?.entry).toMatchObject({ section: expect.any(String), image: { basis: 'fat' } })
    expect(findings).toEqual([])
  })

  it('a UEFI image whose length does not fit in the catalog', () => {
    const files = { 'bios.img': patterned(2048, 1), 'efi.img': fatImage(34 * 1024 * 1024) }
    const { contents } = readAgainstXorriso(files, ...bios, ...uefi)
    expect(contents[1]?.equals(files['efi.img'])).toBe(true)
  })

  it('a bare EFI program', () => {
    const files = { 'bios.img': patterned(2048, 1), 'efi.img': efiProgram(70_144) }
    const { contents, images } = readAgainstXorriso(files, ...bios, ...uefi, '-boot-load-size', '1')
    expect(images[1]?.entry.image?.basis).toBe('efi-program')
    expect(contents[1]?.equals(files['efi.img'])).toBe(true)
  })

  it.each([1_228_800, 1_474_560, 2_949_120])('a floppy disk of %i bytes', (sizeBytes) => {
    const sectorsPerTrack = sizeBytes / 512 / 160
    const { contents, images, findings } = readAgainstXorriso({ 'bios.img': fatImage(sizeBytes, sectorsPerTrack, 2) }, '-b', 'bios.img')
    expect(images[0]).toMatchObject({ sizeBytes, sizeIsGuess: false })
    expect(contents[0]?.equals(fatImage(sizeBytes, sectorsPerTrack, 2))).toBe(true)
    expect(findings).toEqual([])
  })

  it('a hard disk', () => {
    const disk = hardDiskImage(512 * 1000, 0x06)
    const { contents, images, findings } = readAgainstXorriso({ 'bios.img': disk }, '-b', 'bios.img', '-hard-disk-boot')
    expect(images[0]).toMatchObject({ name: '1-bios-hard-disk.img', sizeIsGuess: true })
    expect(contents[0]?.equals(disk)).toBe(true)
    expect(findings).toEqual([])
  })

  it('several images, with platforms and names of sections', () => {
    const files = { 'bios.img': patterned(2048, 1), 'second.img': patterned(4096, 2), 'third.img': patterned(8192, 4) }
    const second = ['-eltorito-alt-boot', '-eltorito-platform', 'PPC', '-eltorito-id', 'Power', '-b', 'second.img', '-no-emul-boot']
    const third = ['-eltorito-alt-boot', '-eltorito-platform', 'Mac', '-b', 'third.img', '-no-emul-boot']
    const { catalog, contents } = readAgainstXorriso(files, ...bios, ...second, ...third)
    expect(catalog.entries[1]?.section).toBe('Power')
    expect(contents[1]?.equals(files['second.img'])).toBe(true)
    expect(contents[2]?.equals(files['third.img'])).toBe(true)
  })

  it('no catalog', () => {
    writeFileSync(join(folder, 'file'), 'text')
    makeForeignImage(image, folder)
    const findings = new FindingLog()
    expect(readBootCatalog(new MemoryByteSource(readFileSync(image)), {}, findings)).toBeNull()
    expect(findings.list()).toEqual([])
  })
})
