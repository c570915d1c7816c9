/** Hybrid images that xorriso made: our reading of their partition tables beside that of other programs. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MemoryByteSource } from '../bytes/byte-source.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import { readPartitionTables } from './partition-tables.ts'
import { fatImage, patterned } from './testing/fake-boot-files.ts'
import { foreignSystemAreaReport, isInstalled, judge, makeForeignImage } from './testing/foreign-boot-readers.ts'
import { grubMbrTemplate, isolinuxBootFile, isolinuxMbrTemplate } from './testing/mbr-templates.ts'

let scratch: string
let image: string
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-boot-'))
  image = join(scratch, 'image.iso')
  mkdirSync(join(scratch, 'source'))
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

const bios = ['-b', 'bios.img', '-c', 'boot.cat', '-no-emul-boot', '-boot-load-size', '4', '-boot-info-table']
const uefi = ['-eltorito-alt-boot', '-e', 'efi.img', '-no-emul-boot']

function make(template: Buffer, ...options: string[]) {
  writeFileSync(join(scratch, 'mbr.bin'), template)
  writeFileSync(join(scratch, 'source/bios.img'), isolinuxBootFile())
  writeFileSync(join(scratch, 'source/efi.img'), fatImage(512 * 1024))
  writeFileSync(join(scratch, 'source/data'), patterned(300_000, 2))
  makeForeignImage(
    image,
    join(scratch, 'source'),
    ...bios,
    ...options.map((option) => (option === 'MBR' ? join(scratch, 'mbr.bin') : option)),
  )
  const bytes = readFileSync(image)
  const findings = new FindingLog()
  const tables = readPartitionTables(new MemoryByteSource(bytes), findings)
  return { tables, bytes, codes: findings.list().map(({ code }) => code), report: foreignSystemAreaReport(image) }
}

/** xorriso's rows of one table, each cell a word. */
const rows = (report: string, table: string) =>
  [...report.matchAll(new RegExp(`^${table} *: +(\\d.*)$`, 'gm'))].map(([, cells]) => (cells as string).trim().split(/ +/))
const hex = (value: number) => `0x${value.toString(16).padStart(2, '0')}`

describe('hybrid images made by xorriso', () => {
  it('isolinux: an MBR whose first partition is the whole image', () => {
    const { tables, report, codes } = make(isolinuxMbrTemplate(), '-isohybrid-mbr', 'MBR', ...uefi, '-isohybrid-gpt-basdat')
    const ours = tables.mbr?.partitions.map((one) => [
      one.number,
      hex(one.isActive ? 0x80 : 0),
      hex(one.type),
      one.firstSector,
      one.sectorCount,
    ])
    expect(ours?.map((cells) => cells.map(String))).toEqual(rows(report, 'MBR partition'))
    expect(tables.mbr).toMatchObject({ bootCode: 'isolinux', isProtective: false })
    const ourGpt = tables.gpt?.partitions.map((one) => [one.number, one.firstSector, one.lastSector - one.firstSector + 1])
    expect(ourGpt?.map((cells) => cells.map(String))).toEqual(rows(report, 'GPT start and size'))
    expect(codes).toEqual([])
  })

  it('GRUB 2: a protective MBR and a GUID partition table', () => {
    const { tables, report, codes, bytes } = make(
      grubMbrTemplate(),
      '--grub2-mbr',
      'MBR',
      '--mbr-force-bootable',
      ...uefi,
      '-efi-boot-part',
      '--efi-boot-image',
    )
    expect(tables.mbr).toMatchObject({ bootCode: 'grub2', isProtective: true })
    const bootLba = Number(
      /^El Torito boot img : +1 .* (\d+)$/m.exec(judge('xorriso', '-indev', image, '-report_el_torito', 'plain').text)?.[1],
    )
    expect(tables.mbr?.bootImageLba).toBe(bootLba)
    expect(tables.gpt?.copy).toBe('primary')
    const range = tables.gpt && [tables.gpt.firstUsableSector, tables.gpt.lastUsableSector, tables.gpt.backupSector]
    expect(range?.join(' ')).toBe(/^GPT lba range +: +(.*)$/m.exec(report)?.[1]?.trim().replace(/ +/g, ' '))
    expect(tables.gpt?.partitions.map(({ name }) => name)).toEqual(
      rows(report, 'GPT partname local').map(([, ...words]) => words.join(' ')),
    )
    const efi = tables.gpt?.partitions[1]
    expect(bytes.subarray(efi?.startBytes, (efi?.startBytes ?? 0) + (efi?.sizeBytes ?? 0)).equals(fatImage(512 * 1024))).toBe(true)
    expect(codes).toEqual([])
  })

  it.skipIf(!isInstalled('sfdisk'))('sfdisk reads the same GUID partition table', () => {
    const { tables } = make(grubMbrTemplate(), '--grub2-mbr', 'MBR', ...uefi, '-efi-boot-part', '--efi-boot-image')
    const { partitiontable: theirs } = JSON.parse(judge('sfdisk', '-J', image).text) as { partitiontable: Record<string, unknown> }
    expect(theirs).toMatchObject({
      label: 'gpt',
      id: tables.gpt?.diskGuid,
      partitions: tables.gpt?.partitions.map((one) => ({
        start: one.firstSector,
        size: one.lastSector - one.firstSector + 1,
        type: one.typeGuid,
        uuid: one.partitionGuid,
        name: one.name,
      })),
    })
  })

  it('an Apple partition map beside the others', () => {
    const { tables, report, codes } = make(
      isolinuxMbrTemplate(),
      '-isohybrid-mbr',
      'MBR',
      ...uefi,
      '-isohybrid-gpt-hfsplus',
      '-isohybrid-apm-hfsplus',
    )
    expect(String(tables.apple?.blockBytes)).toBe(/^APM block size +: +(\d+)/m.exec(report)?.[1])
    // xorriso leaves the map's own entry out and counts from the next.
    const [map, ...others] = tables.apple?.partitions ?? []
    expect(map?.type).toBe('Apple_partition_map')
    const ours = others.map((one) => [one.number - 1, one.firstBlock, one.blockCount])
    expect(ours.map((cells) => cells.map(String))).toEqual(rows(report, 'APM start and size'))
    expect(others.map(({ number, type }) => [String(number - 1), type])).toEqual(rows(report, 'APM partition type'))
    expect(codes).toEqual([])
  })

  it('a plain image has none', () => {
    makeForeignImage(image, join(scratch, 'source'))
    const findings = new FindingLog()
    expect(readPartitionTables(new MemoryByteSource(readFileSync(image)), findings)).toEqual({ mbr: null, gpt: null, apple: null })
    expect(findings.list()).toEqual([])
  })
})
