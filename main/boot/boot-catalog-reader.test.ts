import { describe, expect, it } from 'vitest'
import { MAX_BOOT_ENTRIES } from '../../shared/limits.ts'
import { MemoryByteSource } from '../bytes/byte-source.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import { bootImages } from './boot-catalog.ts'
import { type BootVolumeFacts, checkBootInfoTables, readBootCatalog } from './boot-catalog-reader.ts'
import { patchBootInfoTable } from './boot-info-table.ts'
import {
  CATALOG_LBA,
  defaultEntry,
  extension,
  IMAGE_BLOCKS,
  IMAGE_LBA,
  imageWithCatalog,
  sectionEntry,
  sectionHeader,
  slotBytes,
  validation,
} from './testing/damaged-catalog.ts'
import { fatImage, hardDiskImage, patterned } from './testing/fake-boot-files.ts'

function read(image: Uint8Array, facts: BootVolumeFacts = {}) {
  const findings = new FindingLog()
  const source = new MemoryByteSource(image)
  const catalog = readBootCatalog(source, facts, findings)
  if (catalog !== null) checkBootInfoTables(source, catalog, findings)
  return { catalog, entries: catalog?.entries ?? [], codes: findings.list().map(({ code }) => code) }
}

/** The image of one default entry, these bytes at its place. */
function withBootFile(bytes: Uint8Array, changes: Parameters<typeof defaultEntry>[0] = {}): Buffer {
  const image = imageWithCatalog(validation(), defaultEntry(changes))
  image.set(bytes.subarray(0, image.length - IMAGE_LBA * 2048), IMAGE_LBA * 2048)
  return image
}

describe('a damaged boot catalog', () => {
  it('control: a good one has no findings', () => {
    const { entries, codes } = read(imageWithCatalog(validation(), defaultEntry(), sectionHeader(1), sectionEntry()))
    expect(entries.map(({ platform }) => platform)).toEqual(['bios', 'uefi'])
    expect(codes).toEqual([])
  })

  it('outside the image', () => {
    const image = imageWithCatalog(validation(), defaultEntry())
    image.writeUInt32LE(0xffff_fff0, 17 * 2048 + 71)
    expect(read(image)).toMatchObject({ catalog: null, codes: ['boot-catalog-outside'] })
  })

  it.each([
    ['checksum', 28, 'boot-catalog-checksum'],
    ['key bytes', 31, 'boot-catalog-key'],
  ])('wrong %s: said, and read on', (_what, at, code) => {
    const image = imageWithCatalog(validation(), defaultEntry())
    image[slotBytes(0) + at] = 0x13
    const { catalog, entries, codes } = read(image)
    expect(codes).toContain(code)
    expect(catalog?.isValid).toBe(false)
    expect(entries).toHaveLength(1)
  })

  it('something else than a catalog', () => {
    const image = imageWithCatalog(patterned(2048, 77))
    expect(read(image)).toMatchObject({ entries: [], codes: ['boot-catalog-header', 'boot-catalog-key', 'boot-catalog-checksum'] })
  })

  it('a boot record at another place than the standard names', () => {
    const image = imageWithCatalog(validation(), defaultEntry())
    image.copy(image, 18 * 2048, 17 * 2048, 18 * 2048)
    image.copy(image, 17 * 2048, 16 * 2048, 17 * 2048)
    const { entries, codes } = read(image)
    expect(entries).toHaveLength(1)
    expect(codes).toEqual(['boot-record-place'])
  })

  it('a section that claims 65535 entries', () => {
    const { entries, codes } = read(imageWithCatalog(validation(), defaultEntry(), sectionHeader(65535), sectionEntry()))
    expect(entries).toHaveLength(2)
    expect(codes).toEqual(['boot-section-count'])
  })

  it('a section that claims fewer entries than it has', () => {
    const { entries, codes } = read(imageWithCatalog(validation(), defaultEntry(), sectionHeader(1), sectionEntry(), sectionEntry()))
    expect(entries).toHaveLength(3)
    expect(codes).toEqual(['boot-section-count'])
  })

  it('an entry that is not bootable counts only where one is due', () => {
    const idle = sectionEntry({ bootIndicator: 0 })
    expect(read(imageWithCatalog(validation(), defaultEntry(), sectionHeader(2), idle, sectionEntry()))).toMatchObject({
      entries: [{ bootable: true }, { bootable: false }, { bootable: true }],
      codes: [],
    })
    expect(read(imageWithCatalog(validation(), defaultEntry(), sectionHeader(1), sectionEntry(), idle)).entries).toHaveLength(2)
  })

  it('entries without end', () => {
    const many = Array.from({ length: 500 }, () => sectionEntry())
    const { entries, codes } = read(imageWithCatalog(validation(), defaultEntry(), sectionHeader(500), ...many))
    expect(entries).toHaveLength(MAX_BOOT_ENTRIES)
    expect(codes).toContain('boot-entries-limit')
  })

  it('sections without end: none is the last', () => {
    const many = Array.from({ length: 500 }, () => sectionHeader(0, 0x90))
    const { entries, codes } = read(imageWithCatalog(validation(), defaultEntry(), ...many))
    expect(entries).toHaveLength(1)
    expect(codes).toEqual(['boot-no-last-section'])
  })

  it('stays within the file that the catalog is', () => {
    const image = imageWithCatalog(validation(), defaultEntry(), sectionHeader(1), sectionEntry())
    const { entries } = read(image, { fileSizeBytesAt: (lba) => (lba === CATALOG_LBA ? 64 : null) })
    expect(entries).toHaveLength(1)
  })

  it('sections behind the last one, and entries outside any', () => {
    const late = [sectionHeader(1), sectionEntry(), sectionHeader(1), sectionEntry()]
    const { entries, codes } = read(imageWithCatalog(validation(), defaultEntry(), sectionEntry(), ...late))
    expect(entries).toHaveLength(4)
    expect(codes).toEqual(['boot-section-missing', 'boot-headers-after-last'])
  })

  it('selection criteria go on in extensions, of which there may be hundreds', () => {
    const extensions = Array.from({ length: 300 }, (_, i) => extension(i % 256))
    const { entries, codes } = read(imageWithCatalog(validation(), defaultEntry(), sectionHeader(1), sectionEntry(), ...extensions))
    expect(entries[1]?.selectionCriteria.subarray(19, 80)).toEqual(Buffer.from([...new Array(30).fill(0), ...new Array(30).fill(1), 2]))
    expect(codes).toEqual([])
  })

  it('an entry whose image lies outside is kept, its image left out', () => {
    const { catalog, entries, codes } = read(imageWithCatalog(validation(), defaultEntry({ extentLba: IMAGE_BLOCKS })))
    expect(entries[0]).toMatchObject({ extentLba: IMAGE_BLOCKS, image: null })
    expect(catalog && bootImages(catalog)).toEqual([])
    expect(codes).toEqual(['boot-image-outside'])
  })

  it('an entry of a medium that nobody knows', () => {
    expect(read(withBootFile(patterned(4096, 1), { mediaType: 9 }))).toMatchObject({
      entries: [{ media: null }],
      codes: ['boot-media-unknown'],
    })
  })
})

describe('how long a boot image is', () => {
  const roomBytes = (IMAGE_BLOCKS - IMAGE_LBA) * 2048

  it.each([0, 1])('with a count of %i and no other evidence: up to the end, said to be a guess', (sectorCount) => {
    const { entries, codes } = read(withBootFile(patterned(9000, 1), { sectorCount }))
    expect(entries[0]?.image).toEqual({ sizeBytes: roomBytes, basis: 'end-of-image', isGuess: true })
    expect(codes).toEqual(['boot-image-size-guessed'])
  })

  it('up to what begins next', () => {
    const { entries } = read(withBootFile(patterned(9000, 1), { sectorCount: 0 }), {
      nextUsedLba: (lba) => lba + 3,
    })
    expect(entries[0]?.image).toMatchObject({ sizeBytes: 3 * 2048, basis: 'neighbour' })
  })

  it('the file there is the surest, then a partition there', () => {
    const image = withBootFile(fatImage(8192))
    const partitions = [{ startBytes: IMAGE_LBA * 2048, sizeBytes: 16_384 }]
    expect(read(image, { partitions }).entries[0]?.image).toMatchObject({ sizeBytes: 16_384, basis: 'partition', isGuess: true })
    const fileSizeBytesAt = (lba: number) => (lba === IMAGE_LBA ? 10_000 : null)
    expect(read(image, { partitions, fileSizeBytesAt }).entries[0]?.image).toMatchObject({
      sizeBytes: 10_000,
      basis: 'file',
      isGuess: false,
    })
  })

  it('a file system smaller than what firmware loads is not believed', () => {
    expect(read(withBootFile(fatImage(2048), { sectorCount: 8 })).entries[0]?.image).toMatchObject({
      sizeBytes: 4096,
      basis: 'sector-count',
    })
  })

  it('never more than is there', () => {
    const { entries, codes } = read(withBootFile(fatImage(64 * 1024 * 1024).subarray(0, 512)))
    expect(entries[0]?.image).toMatchObject({ sizeBytes: roomBytes, basis: 'fat' })
    expect(codes).toEqual(['boot-image-cut-short'])
  })

  it('an emulated floppy disk with the geometry of another, and of none', () => {
    expect(read(withBootFile(fatImage(1_474_560, 15, 2), { mediaType: 2 })).codes).toContain('boot-floppy-geometry')
    expect(read(withBootFile(fatImage(1_474_560, 0, 0), { mediaType: 2 })).codes).toContain('boot-floppy-geometry')
    expect(read(withBootFile(fatImage(1_474_560, 18, 2), { mediaType: 2 })).codes).not.toContain('boot-floppy-geometry')
  })

  it('an emulated hard disk that has no partition, or names another type', () => {
    expect(read(withBootFile(patterned(8192, 1), { mediaType: 4 })).codes).toContain('boot-disk-partitions')
    expect(read(withBootFile(hardDiskImage(64 * 512, 6), { mediaType: 4, systemType: 11 })).codes).toContain('boot-disk-type')
  })
})

describe('the boot information table', () => {
  it('is checked against the bytes of its file', () => {
    const file = patterned(9001, 1)
    patchBootInfoTable(file, { primaryDescriptorLba: 16, fileLba: IMAGE_LBA })
    expect(read(withBootFile(file))).toMatchObject({ entries: [{ hasBootInfoTable: true, image: { sizeBytes: 9001 } }], codes: [] })
    file[9000] = (file[9000] as number) ^ 1
    expect(read(withBootFile(file)).codes).toEqual(['boot-info-checksum'])
  })

  it('of another place is none', () => {
    const file = patterned(9001, 1)
    patchBootInfoTable(file, { primaryDescriptorLba: 16, fileLba: IMAGE_LBA + 1 })
    expect(read(withBootFile(file)).entries[0]?.hasBootInfoTable).toBe(false)
  })
})
