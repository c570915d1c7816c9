/** What is told from and written into boot files and boot code. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Problem } from '../../shared/problem.ts'
import { MemoryByteSource } from '../bytes/byte-source.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import { readBootCatalog } from './boot-catalog-reader.ts'
import { bootEntryFor, floppyOfSize } from './boot-entry.ts'
import { bootFileNeeds, requireStartable } from './boot-file-needs.ts'
import { BootInfoChecksum, patchBootInfoTable, patchGrub2BootInfo } from './boot-info-table.ts'
import { chsOf, geometryFor } from './disk-geometry.ts'
import { hybridSizeBlocks } from './hybrid-composer.ts'
import { requireMbrCode } from './mbr-template.ts'
import { fatImage, hardDiskImage, patterned } from './testing/fake-boot-files.ts'
import { makeForeignImage } from './testing/foreign-boot-readers.ts'
import { grubBootFile, grubMbrTemplate, isolinuxBootFile, isolinuxMbrTemplate } from './testing/mbr-templates.ts'

/** The code of the Problem that is thrown. */
function problemOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (error instanceof Problem) return error.report.code
    throw error
  }
  return 'none'
}

describe('information written into boot files', () => {
  it.each([5000, 5001, 5002, 5003])('is byte for byte what xorriso writes into a file of %i bytes', (sizeBytes) => {
    const scratch = mkdtempSync(join(tmpdir(), 'isomer-boot-'))
    try {
      const file = patterned(sizeBytes, 1)
      mkdirSync(join(scratch, 'source'))
      writeFileSync(join(scratch, 'source/bios.img'), file)
      const options = ['-b', 'bios.img', '-c', 'boot.cat', '-no-emul-boot', '-boot-load-size', '4', '-boot-info-table', '--grub2-boot-info']
      makeForeignImage(join(scratch, 'image.iso'), join(scratch, 'source'), ...options)
      const image = readFileSync(join(scratch, 'image.iso'))
      const fileLba = readBootCatalog(new MemoryByteSource(image), {}, new FindingLog())?.entries[0]?.extentLba ?? 0
      patchGrub2BootInfo(file, fileLba)
      patchBootInfoTable(file, { primaryDescriptorLba: 16, fileLba })
      expect(file.equals(image.subarray(fileLba * 2048, fileLba * 2048 + sizeBytes))).toBe(true)
    } finally {
      rmSync(scratch, { recursive: true, force: true })
    }
  })

  it('has a checksum that does not depend on the pieces', () => {
    const bytes = patterned(10_007, 3)
    const whole = new BootInfoChecksum()
    whole.add(bytes)
    const pieces = new BootInfoChecksum()
    for (let at = 0, length = 1; at < bytes.length; at += length, length = (length * 5 + 2) % 23)
      pieces.add(bytes.subarray(at, at + length))
    expect(pieces.value()).toBe(whole.value())
  })

  it('needs room', () => {
    expect(problemOf(() => patchBootInfoTable(Buffer.alloc(63), { primaryDescriptorLba: 16, fileLba: 30 }))).toBe('boot-file-too-short')
    expect(problemOf(() => patchGrub2BootInfo(Buffer.alloc(2555), 30))).toBe('boot-file-too-short')
  })
})

describe('what a boot file needs', () => {
  const patched = (file: Buffer) => {
    patchBootInfoTable(file, { primaryDescriptorLba: 16, fileLba: 77 })
    return file
  }
  const isolinux = isolinuxBootFile()

  it.each([
    ['code where a table would be', patterned(4096, 1), { bootInfoTable: false, grub2BootInfo: false, startedBy: null }],
    ['a FAT boot sector', fatImage(4096), { bootInfoTable: false, grub2BootInfo: false, startedBy: null }],
    ['isolinux', isolinux, { bootInfoTable: true, grub2BootInfo: false, startedBy: 'isolinux' }],
    ['GRUB 2', grubBootFile(), { bootInfoTable: true, grub2BootInfo: true, startedBy: 'grub2' }],
    ['a file with a table of another disc', patched(patterned(4096, 1)), { bootInfoTable: true, grub2BootInfo: false, startedBy: null }],
    ['a very short file', Buffer.alloc(32), { bootInfoTable: false, grub2BootInfo: false, startedBy: null }],
  ])('%s', (_name, file, needs) => {
    expect(bootFileNeeds(file)).toEqual(needs)
  })

  const installed = [
    ['/usr/lib/ISOLINUX/isolinux.bin', 'isolinux'],
    ['/usr/lib/grub/i386-pc/cdboot.img', null],
  ].filter(([path]) => existsSync(path as string))
  it.each(installed)('%s, as installed', (path, startedBy) => {
    expect(bootFileNeeds(readFileSync(path as string))).toMatchObject({ bootInfoTable: true, startedBy })
  })

  it('boot code and boot file must be of one loader', () => {
    expect(problemOf(() => requireStartable('isolinux', isolinux, 'isolinux.bin'))).toBe('none')
    expect(problemOf(() => requireStartable('grub2', isolinux, 'isolinux.bin'))).toBe('mbr-code-mismatch')
    expect(problemOf(() => requireStartable('isolinux', patterned(4096, 1), 'boot.img'))).toBe('mbr-code-mismatch')
  })
})

describe('boot code', () => {
  it('is recognised by its content', () => {
    expect(requireMbrCode(isolinuxMbrTemplate(), 'a')).toBe('isolinux')
    expect(requireMbrCode(grubMbrTemplate(), 'b')).toBe('grub2')
  })

  it('for installed disks, or of nobody, is refused', () => {
    const diskCode = grubMbrTemplate()
    diskCode[0x5c] = 1
    expect(() => requireMbrCode(diskCode, 'boot.img')).toThrow("GRUB's code for installed disks")
    expect(problemOf(() => requireMbrCode(patterned(512, 1), 'c'))).toBe('mbr-code-unknown')
    expect(problemOf(() => requireMbrCode(isolinuxMbrTemplate().subarray(0, 400), 'short'))).toBe('mbr-code-unknown')
  })

  it.skipIf(!existsSync('/usr/lib/grub/i386-pc/boot.img'))("GRUB's own code for disks is told from that for images", () => {
    expect(problemOf(() => requireMbrCode(readFileSync('/usr/lib/grub/i386-pc/boot.img'), 'boot.img'))).toBe('mbr-code-unknown')
  })
})

describe('catalog entries', () => {
  const file = { name: 'boot.img', head: Buffer.alloc(512) }

  it('load what their firmware expects', () => {
    const sectors = (platform: 'bios' | 'uefi', sizeBytes: number) =>
      bootEntryFor({ ...file, platform, media: 'none', sizeBytes }).sectorCount
    expect(sectors('bios', 1_000_000)).toBe(4)
    expect(sectors('uefi', 1_000_001)).toBe(1954)
    expect(sectors('uefi', 65_535 * 512)).toBe(65_535)
    expect(sectors('uefi', 65_535 * 512 + 1)).toBe(1)
  })

  it('emulate only what the file is', () => {
    const of = (media: 'floppy-1.44M' | 'hard-disk', bytes: Buffer) => () =>
      bootEntryFor({ name: 'x', platform: 'bios', media, sizeBytes: bytes.length, head: bytes })
    expect(of('hard-disk', hardDiskImage(64_000, 0x0e))()).toMatchObject({ systemType: 0x0e, sectorCount: 1, mediaType: 4 })
    expect(problemOf(of('hard-disk', patterned(64_000, 1)))).toBe('boot-medium-mismatch')
    expect(problemOf(of('floppy-1.44M', patterned(64_000, 1)))).toBe('boot-medium-mismatch')
    expect([1_228_800, 1_474_560, 2_949_120, 2_949_121].map(floppyOfSize)).toEqual(['floppy-1.2M', 'floppy-1.44M', 'floppy-2.88M', null])
  })
})

describe('the size of a hybrid image', () => {
  it('is whole megabytes with room for the second copy of the table', () => {
    expect(hybridSizeBlocks(512, false)).toBe(512)
    expect(hybridSizeBlocks(513, false)).toBe(1024)
    expect(hybridSizeBlocks(496, true)).toBe(512)
    expect(hybridSizeBlocks(497, true)).toBe(1024)
  })

  it('decides the geometry: one that reaches the end, or the greatest', () => {
    const gibibyteSectors = 2 ** 21
    expect(chsOf(gibibyteSectors - 1, geometryFor(gibibyteSectors))).toEqual({ cylinder: 1023, head: 63, sector: 32 })
    expect(geometryFor(gibibyteSectors + 2048)).toEqual({ heads: 255, sectorsPerTrack: 63 })
    expect(chsOf(2 ** 33, geometryFor(2 ** 33))).toEqual({ cylinder: 1023, head: 254, sector: 63 })
  })
})
