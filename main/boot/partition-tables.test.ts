import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { MAX_APPLE_PARTITIONS } from '../../shared/limits.ts'
import { MemoryByteSource } from '../bytes/byte-source.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import { ApplePartitionEntry } from './apple-partition-map.ts'
import { composeGpt } from './gpt-composer.ts'
import { seededGuid } from './guid.ts'
import { gptTypes } from './guid-partition-table.ts'
import { mbrTypes } from './master-boot-record.ts'
import { composeMbr } from './mbr-composer.ts'
import { readPartitionTables } from './partition-tables.ts'

const SECTORS = 4096
const HEADER = 512
const ENTRIES = 1024
const BACKUP = (SECTORS - 1) * 512

function read(image: Uint8Array) {
  const findings = new FindingLog()
  const tables = readPartitionTables(new MemoryByteSource(image), findings)
  return { ...tables, codes: findings.list().map(({ code }) => code) }
}

const efi = {
  firstSector: 200,
  lastSector: 299,
  typeGuid: gptTypes.efiSystem,
  partitionGuid: seededGuid('', 'efi'),
  name: 'EFI',
  typeAttributes: 0,
}

function gptImage(...partitions: (typeof efi)[]): Buffer {
  const image = Buffer.alloc(SECTORS * 512)
  const gpt = composeGpt({
    totalSectors: SECTORS,
    diskGuid: seededGuid('', 'disk'),
    partitions: partitions.length === 0 ? [efi] : partitions,
  })
  image.set(gpt.primary, HEADER)
  image.set(gpt.backup, image.length - gpt.backup.length)
  return image
}

/** Puts a number into the first header and mends both its checksums. */
function withHeaderValue(image: Buffer, at: number, value: number): Buffer {
  image.writeUInt32LE(value, HEADER + at)
  image.writeUInt32LE(0, HEADER + 16)
  image.writeUInt32LE(crc32(image.subarray(HEADER, HEADER + 92)), HEADER + 16)
  return image
}

describe('a damaged GUID partition table', () => {
  it('control: a good one has no findings', () => {
    expect(read(gptImage())).toMatchObject({ gpt: { copy: 'primary', partitions: [{ name: 'EFI', startBytes: 102_400 }] }, codes: [] })
  })

  it.each([
    ['header', HEADER + 40, ['gpt-primary-header']],
    ['entries', ENTRIES + 33, ['gpt-primary-entries']],
    ['signature', HEADER, ['gpt-primary-missing']],
  ])('first %s: the second copy is used', (_what, at, codes) => {
    const image = gptImage()
    image[at] = (image[at] as number) ^ 0xff
    expect(read(image)).toMatchObject({ gpt: { copy: 'backup', partitions: [{ name: 'EFI' }] }, codes })
  })

  it.each([
    ['is damaged', BACKUP + 40, ['gpt-backup-header', 'gpt-backup-missing']],
    ['is missing', BACKUP, ['gpt-backup-missing']],
  ])('the second copy %s', (_what, at, codes) => {
    const image = gptImage()
    image[at] = (image[at] as number) ^ 0xff
    expect(read(image)).toMatchObject({ gpt: { copy: 'primary' }, codes })
  })

  it('both copies: no partition is believed', () => {
    const image = gptImage()
    image[ENTRIES] = 0
    image[BACKUP - 248 * 128] = 0
    expect(read(image)).toMatchObject({ gpt: { copy: 'none', partitions: [] }, codes: ['gpt-primary-entries', 'gpt-backup-entries'] })
  })

  it.each([
    ['entry count', 80, 0xffff_ffff],
    ['entry size 0', 84, 0],
    ['entry size', 84, 0x8000_0000],
  ])('absurd %s', (_what, at, value) => {
    const { gpt, codes } = read(withHeaderValue(gptImage(), at, value))
    expect(gpt?.copy).toBe('backup')
    expect(codes).toEqual(['gpt-entries-absurd'])
  })

  it('an image cut shorter than its table, or made longer', () => {
    expect(read(gptImage().subarray(0, 1_000_000)).codes).toEqual(['gpt-image-cut-short'])
    expect(read(Buffer.concat([gptImage(), Buffer.alloc(2048)])).codes).toEqual(['gpt-backup-misplaced'])
  })

  it('partitions over one another and past the end', () => {
    expect(read(gptImage(efi, { ...efi, firstSector: 299, lastSector: 400 })).codes).toEqual(['gpt-partitions-overlap'])
    expect(read(gptImage({ ...efi, lastSector: SECTORS })).codes).toEqual(['gpt-partition-past-end'])
  })
})

describe('a master boot record', () => {
  const mbrImage = (...partitions: [type: number, firstSector: number, sectorCount: number][]) => {
    const image = Buffer.alloc(SECTORS * 512)
    const wanted = partitions.map(([type, firstSector, sectorCount]) => ({ type, firstSector, sectorCount, isActive: false }))
    image.set(composeMbr({ template: null, bootImageLba: null, diskId: 5, totalSectors: SECTORS, partitions: wanted }))
    return image
  }

  it('control: partitions within the whole image are meant so', () => {
    const { mbr, codes } = read(mbrImage([mbrTypes.isohybrid, 0, SECTORS], [mbrTypes.efiSystem, 100, 200]))
    expect(mbr).toMatchObject({ diskId: 5, bootCode: 'none', isProtective: false, partitions: [{ number: 1 }, { number: 2 }] })
    expect(codes).toEqual([])
  })

  it('partitions over one another and past the end', () => {
    expect(read(mbrImage([0x0c, 10, 100], [0x83, 50, 100])).codes).toEqual(['mbr-partitions-overlap'])
    expect(read(mbrImage([0x0c, 10, SECTORS])).codes).toEqual(['mbr-partition-past-end'])
  })

  it('that announces a GUID partition table which is not there', () => {
    expect(read(mbrImage([mbrTypes.protective, 1, SECTORS - 1])).codes).toEqual(['mbr-protective-without-gpt'])
  })

  it('with a status that means nothing, and without its signature', () => {
    const image = mbrImage([0x0c, 10, 100])
    image[446] = 0x7f
    expect(read(image).codes).toEqual(['mbr-status'])
    image[511] = 0
    expect(read(image)).toMatchObject({ mbr: null, codes: [] })
  })
})

describe('a damaged Apple partition map', () => {
  const entry = (mapEntryCount: number, firstBlock: number) => {
    const bytes = Buffer.alloc(512)
    bytes.write('PM', 'latin1')
    ApplePartitionEntry.fields.mapEntryCount.set(bytes, 0, mapEntryCount)
    ApplePartitionEntry.fields.firstBlock.set(bytes, 0, firstBlock)
    ApplePartitionEntry.fields.blockCount.set(bytes, 0, 10)
    return bytes
  }
  const appleImage = (entries: Buffer[]) => {
    const image = Buffer.alloc(SECTORS * 512)
    image.write('ER\u0002\0', 'latin1')
    image.set(Buffer.concat(entries), 512)
    return image
  }

  it('that claims more entries than it has, or more than anybody needs', () => {
    expect(read(appleImage([entry(1, 20)]))).toMatchObject({ apple: { blockBytes: 512, partitions: [{ startBytes: 10_240 }] }, codes: [] })
    expect(read(appleImage([entry(0xffff_ffff, 20)])).codes).toEqual(['apple-entry-count'])
    const many = read(appleImage(Array.from({ length: 1000 }, () => entry(1000, 20))))
    expect(many.apple?.partitions).toHaveLength(MAX_APPLE_PARTITIONS)
    expect(many.codes).toEqual(['apple-entry-count'])
  })

  it('with a partition past the end', () => {
    expect(read(appleImage([entry(1, SECTORS)])).codes).toEqual(['apple-partition-past-end'])
  })
})
