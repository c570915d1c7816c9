/** Boot equipment that we composed, in images of our own, judged by other programs and by our reader. */
import { existsSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { MemoryByteSource } from '../bytes/byte-source.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import { type BootEntryFields, composeBootCatalog } from './boot-catalog-composer.ts'
import { checkBootInfoTables, readBootCatalog } from './boot-catalog-reader.ts'
import { type BootFile, bootEntryFor } from './boot-entry.ts'
import { bootFileNeeds, patchBootFile } from './boot-file-needs.ts'
import { patchBootInfoTable } from './boot-info-table.ts'
import { composeHybrid, hybridSizeBlocks } from './hybrid-composer.ts'
import type { MbrTemplate } from './mbr-composer.ts'
import { mbrCodeKind, requireMbrCode } from './mbr-template.ts'
import { partitionExtents, readPartitionTables } from './partition-tables.ts'
import { BootableImage } from './testing/bootable-image.ts'
import { efiProgram, fatImage, hardDiskImage, patterned } from './testing/fake-boot-files.ts'
import { foreignBootReport, foreignSystemAreaReport, isInstalled, judge } from './testing/foreign-boot-readers.ts'
import { grubBootFile, grubMbrTemplate, isolinuxBootFile, isolinuxMbrTemplate } from './testing/mbr-templates.ts'

let image: BootableImage | undefined
afterEach(() => image?.remove())

type Wanted = Omit<BootFile, 'sizeBytes' | 'head'> & Partial<BootEntryFields>

const bios: Wanted = { name: 'bios.img', platform: 'bios', media: 'none' }
const uefi: Wanted = { name: 'efi.img', platform: 'uefi', media: 'none' }

/** An image of the files with a catalog of the wanted entries; `change` may still patch the files. */
async function bootable(files: Record<string, Buffer>, wanted: readonly Wanted[], change?: (made: BootableImage) => void) {
  const made = await BootableImage.of({ ...files, 'docs/readme.txt': patterned(5000, 99) })
  image = made
  const entries = wanted.map(({ name, platform, media, sectorCount, loadSegment, ...fields }) => {
    const head = files[name] ?? Buffer.alloc(0)
    const file = {
      name,
      platform,
      media,
      head,
      sizeBytes: head.length,
      ...(sectorCount && { sectorCount }),
      ...(loadSegment && { loadSegment }),
    }
    return { ...bootEntryFor(file), ...fields, extentLba: made.lbaOf(name) }
  })
  made.setCatalog(entries, 'ISOMER')
  change?.(made)
  made.save()
  return { made, entries }
}

function ownReading(bytes: Uint8Array) {
  const findings = new FindingLog()
  const source = new MemoryByteSource(bytes)
  const tables = readPartitionTables(source, findings)
  const catalog = readBootCatalog(source, { partitions: partitionExtents(tables) }, findings)
  if (catalog === null) throw new Error('no catalog')
  checkBootInfoTables(source, catalog, findings)
  return { tables, catalog, codes: findings.list().map(({ code }) => code) }
}

describe('boot catalogs', () => {
  it('xorriso sees BIOS and UEFI entries where they are, and the files still read', async () => {
    const files = { 'bios.img': isolinuxBootFile(), 'efi.img': fatImage(256 * 1024) }
    const { made, entries } = await bootable(files, [bios, uefi], (one) =>
      one.patch('bios.img', (file, fileLba) => patchBootInfoTable(file, { primaryDescriptorLba: 16, fileLba })),
    )
    const report = foreignBootReport(made.path)
    const common = { bootable: true, emulation: 'none', loadSegment: 0, partitionType: 0 }
    expect(report.entries).toEqual([
      { ...common, platform: 'BIOS', sectorCount: 4, lba: entries[0]?.extentLba },
      { ...common, platform: 'UEFI', sectorCount: 512, lba: made.lbaOf('efi.img') },
    ])
    expect(report.text).toMatch(/^El Torito img path : +1 {2}\/bios\.img$/m)
    expect(report.text).toMatch(/^El Torito img opts : +1 {2}boot-info-table isohybrid-suitable$/m)
    expect(report.text).toMatch(/^El Torito img path : +2 {2}\/efi\.img$/m)
    expect(ownReading(made.bytes).codes).toEqual([])
  })

  it('floppy and hard disk emulation, several sections, platforms and a load segment', async () => {
    const files = {
      'bios.img': fatImage(1_474_560, 18, 2),
      'disk.img': hardDiskImage(200 * 512, 0x0b),
      'small.img': fatImage(1_228_800, 15, 2),
      'large.img': fatImage(2_949_120, 36, 2),
      'efi.img': efiProgram(60_000),
      'mac.img': patterned(4096, 40),
    }
    const wanted: Wanted[] = [
      { ...bios, media: 'floppy-1.44M' },
      { ...bios, name: 'disk.img', media: 'hard-disk' },
      { ...bios, name: 'small.img', media: 'floppy-1.2M' },
      { ...uefi },
      { ...bios, name: 'large.img', media: 'floppy-2.88M', bootable: false },
      { ...bios, name: 'mac.img', platform: 'mac', loadSegment: 0x2000, sectorCount: 8 },
    ]
    const { made } = await bootable(files, wanted)
    const seen = foreignBootReport(made.path).entries.map((one) => [
      one.platform,
      one.emulation,
      one.bootable,
      one.loadSegment,
      one.partitionType,
      one.sectorCount,
    ])
    expect(seen).toEqual([
      ['BIOS', 'fd1.4', true, 0, 0, 1],
      ['BIOS', 'hd', true, 0, 0x0b, 1],
      ['BIOS', 'fd1.2', true, 0, 0, 1],
      ['UEFI', 'none', true, 0, 0, 118],
      ['BIOS', 'fd2.8', false, 0, 0, 1],
      ['Mac', 'none', true, 0x2000, 0, 8],
    ])
    expect(foreignBootReport(made.path).entries.map(({ lba }) => lba)).toEqual(wanted.map(({ name }) => made.lbaOf(name)))
    expect(ownReading(made.bytes)).toMatchObject({ codes: [], catalog: { isValid: true, id: 'ISOMER' } })
  })

  it('what was read makes the same catalog again', async () => {
    const criteria = patterned(19 + 60, 1)
    const wanted: Wanted[] = [
      bios,
      { ...uefi, section: 'first' },
      { ...uefi, section: 'second', selectionCriteriaType: 1, selectionCriteria: criteria },
    ]
    const { made } = await bootable({ 'bios.img': patterned(4096, 1), 'efi.img': fatImage(64 * 1024) }, wanted)
    const { catalog } = ownReading(made.bytes)
    const before = Buffer.from(made.bytes)
    made.bytes.fill(0, catalog.catalogLba * 2048, (catalog.catalogLba + 1) * 2048)
    made.bytes.set(composeBootCatalog(catalog.entries, catalog.id), catalog.catalogLba * 2048)
    expect(made.bytes.equals(before)).toBe(true)
    expect(Buffer.from(catalog.entries[2]?.selectionCriteria ?? []).subarray(0, criteria.length)).toEqual(criteria)
  })

  it('7-Zip believes the checksum, and no wrong one', async () => {
    const { made } = await bootable({ 'bios.img': patterned(4096, 1) }, [bios])
    expect(judge('7z', 'l', made.path).text).toContain('[BOOT]')
    const { catalogLba } = ownReading(made.bytes).catalog
    made.bytes[catalogLba * 2048 + 4] = 0
    made.save()
    expect(judge('7z', 'l', made.path).text).not.toContain('[BOOT]')
    expect(ownReading(made.bytes).codes).toEqual(['boot-catalog-checksum'])
  })
})

/** A hybrid image of a loader's files. */
async function hybrid(template: Buffer | null, files: Record<string, Buffer>, wanted: readonly Wanted[], damage?: (bytes: Buffer) => void) {
  const kind = template && requireMbrCode(template, 'mbr.bin')
  const { made, entries } = await bootable(files, wanted, (one) => {
    if (!('bios.img' in files)) return
    one.patch('bios.img', (file, fileLba) => patchBootFile(file, bootFileNeeds(file), { primaryDescriptorLba: 16, fileLba }))
  })
  const efi = files['efi.img']
  const uefiPlace = efi ? { extentLba: made.lbaOf('efi.img'), sizeBytes: efi.length } : null
  const sizeBlocks = hybridSizeBlocks(made.bytes.length / 2048, efi !== undefined)
  made.padTo(sizeBlocks)
  const biosPlace =
    template && kind ? { template: { kind, code: template } satisfies MbrTemplate, bootImageLba: entries[0]?.extentLba ?? 0 } : null
  const request = { sizeBlocks, bios: biosPlace, uefi: uefiPlace, seed: 'a seed' }
  const { systemArea, tail } = composeHybrid(request)
  expect(composeHybrid(request)).toEqual({ systemArea, tail })
  made.bytes.set(systemArea)
  made.bytes.set(tail, made.bytes.length - tail.length)
  damage?.(made.bytes)
  made.save()
  return { made, ...ownReading(made.bytes), uefiPlace, bootLba: entries[0]?.extentLba ?? 0 }
}

const both = { 'bios.img': grubBootFile(), 'efi.img': fatImage(512 * 1024) }

describe('hybrid images', () => {
  it('GRUB 2, BIOS and UEFI: xorriso names all the parts', async () => {
    const { made, tables, codes, bootLba, uefiPlace } = await hybrid(grubMbrTemplate(), both, [bios, uefi])
    const report = foreignSystemAreaReport(made.path)
    expect(report).toMatch(/^System area summary: MBR .*grub2-mbr.* GPT$/m)
    expect(report).toMatch(/^GPT partition path : +2 {2}\/efi\.img$/m)
    expect(report).toMatch(/^GPT entry array +: +2 +248 +separated$/m)
    expect(foreignBootReport(made.path).text).toMatch(/^El Torito img opts : +1 {2}boot-info-table grub2-boot-info$/m)
    expect(tables).toMatchObject({
      mbr: { bootCode: 'grub2', bootImageLba: bootLba, isProtective: true },
      gpt: { copy: 'primary', partitions: [{}, { startBytes: (uefiPlace?.extentLba ?? 0) * 2048, sizeBytes: 512 * 1024 }, {}] },
    })
    expect(codes).toEqual([])
  })

  it('isolinux, BIOS and UEFI', async () => {
    const { made, tables, codes, bootLba } = await hybrid(isolinuxMbrTemplate(), { ...both, 'bios.img': isolinuxBootFile() }, [bios, uefi])
    expect(made.bytes.readUInt32LE(432)).toBe(bootLba * 4)
    expect(foreignSystemAreaReport(made.path)).toMatch(/^System area summary: MBR .*GPT$/m)
    expect(tables.mbr).toMatchObject({ bootCode: 'isolinux', bootImageLba: bootLba })
    expect(codes).toEqual([])
  })

  it('isolinux alone: the whole image is one partition, as isohybrid makes it', async () => {
    const { made, tables, codes } = await hybrid(isolinuxMbrTemplate(), { 'bios.img': isolinuxBootFile() }, [bios])
    const report = foreignSystemAreaReport(made.path)
    expect(report).toMatch(/^System area summary: MBR isohybrid/m)
    expect(report).toMatch(new RegExp(`^MBR partition +: +1 +0x80 +0x17 +0 +${made.bytes.length / 512}$`, 'm'))
    expect(tables).toMatchObject({ gpt: null, mbr: { partitions: [{ firstSector: 0, lastChs: { head: 63, sector: 32 } }] } })
    expect(codes).toEqual([])
  })

  it('UEFI alone, without any boot code', async () => {
    const { tables, codes } = await hybrid(null, { 'efi.img': fatImage(512 * 1024) }, [uefi])
    expect(tables.mbr).toMatchObject({ bootCode: 'none', partitions: [{ type: 0xee, firstSector: 1, isActive: false }] })
    expect(codes).toEqual([])
  })

  const judges = ['sfdisk', 'sgdisk'].every(isInstalled)
  it.skipIf(!judges).each([
    ['GRUB 2', grubMbrTemplate(), [bios, uefi]],
    ['isolinux', isolinuxMbrTemplate(), [bios, uefi]],
    ['UEFI alone', null, [uefi]],
  ] as const)('sfdisk and sgdisk find nothing wrong: %s', async (_name, template, wanted) => {
    const files = template === null ? { 'efi.img': both['efi.img'] } : both
    const { made, uefiPlace } = await hybrid(template, files, wanted)
    expect(judge('sfdisk', '--verify', made.path)).toMatchObject({ status: 0, text: expect.stringContaining('No errors detected') })
    const { text } = judge('sgdisk', '-v', '-p', made.path)
    expect(text).toContain('No problems found')
    expect(text).not.toMatch(/Caution|Warning|invalid|corrupt/i)
    const start = (uefiPlace?.extentLba ?? 0) * 4
    expect(text).toMatch(new RegExp(`^ +2 +${start} +${start + 1023} .*EF00 +EFI system partition$`, 'm'))
  })

  it.skipIf(!judges)('control: sgdisk and sfdisk see one wrong byte', async () => {
    const { made } = await hybrid(grubMbrTemplate(), both, [bios, uefi], (bytes) => {
      bytes[1024 + 40] = 0x7f
    })
    expect(judge('sgdisk', '-v', made.path).text).not.toContain('No problems found')
    expect(judge('sfdisk', '--verify', made.path).text).toMatch(/corrupt/)
  })

  it('a seed makes the identifiers', async () => {
    const { tables } = await hybrid(grubMbrTemplate(), both, [bios, uefi])
    const guids = [tables.gpt?.diskGuid, ...(tables.gpt?.partitions ?? []).map(({ partitionGuid }) => partitionGuid)]
    expect(new Set(guids).size).toBe(4)
    for (const guid of guids) expect(guid).toMatch(/^[0-9A-F]{8}-[0-9A-F]{4}-8[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/)
  })
})

const realFiles = {
  isolinux: { template: '/usr/lib/ISOLINUX/isohdpfx.bin', bootFile: ['/usr/lib/ISOLINUX/isolinux.bin'] },
  grub2: {
    template: '/usr/lib/grub/i386-pc/boot_hybrid.img',
    bootFile: ['/usr/lib/grub/i386-pc/cdboot.img', '/usr/lib/grub/i386-pc/diskboot.img'],
  },
} as const

describe("the loaders' own files, where they are installed", () => {
  it.each(Object.entries(realFiles).filter(([, { template }]) => existsSync(template)))('%s', async (kind, { template, bootFile }) => {
    const code = readFileSync(template)
    expect(mbrCodeKind(code)).toBe(kind)
    const file = Buffer.concat([...bootFile.map((path) => readFileSync(path)), Buffer.alloc(512)])
    const { made, tables, bootLba } = await hybrid(code, { ...both, 'bios.img': file }, [bios, uefi])
    expect(tables.mbr).toMatchObject({ bootCode: kind, bootImageLba: bootLba })
    expect(foreignSystemAreaReport(made.path)).toMatch(/^System area summary: MBR .*GPT$/m)
  })
})
