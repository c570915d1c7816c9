/** Random damage to boot equipment, checksums mended so that the damage is believed: nothing throws, nothing leaves the image. */
import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { MAX_BOOT_ENTRIES } from '../../shared/limits.ts'
import { MemoryByteSource } from '../bytes/byte-source.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import { ValidationEntry, wordSum } from './boot-catalog-entries.ts'
import { checkBootInfoTables, readBootCatalog } from './boot-catalog-reader.ts'
import { composeHybrid } from './hybrid-composer.ts'
import { partitionExtents, readPartitionTables } from './partition-tables.ts'
import {
  CATALOG_LBA,
  defaultEntry,
  IMAGE_LBA,
  imageWithCatalog,
  sectionEntry,
  sectionHeader,
  validation,
} from './testing/damaged-catalog.ts'
import { fatImage } from './testing/fake-boot-files.ts'
import { grubMbrTemplate } from './testing/mbr-templates.ts'

const SIZE_BLOCKS = 128
const ROUNDS = 3000

/** Mulberry32. */
function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

function healthy(): Buffer {
  const entries = [validation(), defaultEntry(), sectionHeader(2, 0x90), sectionEntry(), sectionEntry(), sectionHeader(1), sectionEntry()]
  const image = Buffer.concat([imageWithCatalog(...entries), Buffer.alloc(SIZE_BLOCKS * 2048)]).subarray(0, SIZE_BLOCKS * 2048)
  image.set(fatImage(16 * 2048), IMAGE_LBA * 2048)
  const template = { kind: 'grub2', code: grubMbrTemplate() } as const
  const uefi = { extentLba: IMAGE_LBA, sizeBytes: 16 * 2048 }
  const { systemArea, tail } = composeHybrid({ sizeBlocks: SIZE_BLOCKS, bios: { template, bootImageLba: IMAGE_LBA }, uefi, seed: 'x' })
  image.set(systemArea)
  image.set(tail, image.length - tail.length)
  return image
}

/** Where damage hurts: MBR, first GPT header and entries, boot record, catalog, the head of the boot image. */
const places = [
  [440, 72],
  [512, 92],
  [1024, 384],
  [17 * 2048, 80],
  [CATALOG_LBA * 2048, 256],
  [IMAGE_LBA * 2048, 64],
] as const
const values = [0, 1, 0x44, 0x7f, 0x80, 0x88, 0x90, 0x91, 0xff]

function mend(image: Buffer): void {
  const catalog = image.subarray(CATALOG_LBA * 2048, CATALOG_LBA * 2048 + 32)
  ValidationEntry.fields.checksum.set(catalog, 0, 0)
  ValidationEntry.fields.checksum.set(catalog, 0, (0x1_0000 - wordSum(catalog, 0)) % 0x1_0000)
  const entriesBytes = image.readUInt32LE(592) * image.readUInt32LE(596)
  if (entriesBytes < image.length) image.writeUInt32LE(crc32(image.subarray(1024, 1024 + entriesBytes)), 600)
  image.writeUInt32LE(0, 528)
  image.writeUInt32LE(crc32(image.subarray(512, 604)), 528)
}

function readAll(image: Buffer) {
  const findings = new FindingLog()
  const source = new MemoryByteSource(image)
  const tables = readPartitionTables(source, findings)
  const catalog = readBootCatalog(source, { partitions: partitionExtents(tables) }, findings)
  if (catalog !== null) checkBootInfoTables(source, catalog, findings)
  return { tables, catalog, findings: findings.list() }
}

describe('damaged boot equipment', () => {
  it('control: what is damaged here is healthy at first', () => {
    const image = healthy()
    const before = Buffer.from(image)
    mend(image)
    expect(image.equals(before)).toBe(true)
    const { tables, catalog, findings } = readAll(image)
    expect(findings).toEqual([])
    expect(catalog?.entries).toHaveLength(4)
    expect(tables.gpt?.partitions).toHaveLength(3)
  })

  it(`is read without a throw, ${ROUNDS} times`, () => {
    const original = healthy()
    const random = seeded(20_260_801)
    const codes = new Set<string>()
    for (let round = 0; round < ROUNDS; round++) {
      const image = Buffer.from(original)
      for (let change = random(4); change >= 0; change--) {
        const [start, length] = places[random(places.length)] ?? places[0]
        image[start + random(length)] = random(3) === 0 ? random(256) : (values[random(values.length)] ?? 0)
      }
      if (random(4) > 0) mend(image)
      const { catalog, findings } = readAll(image)
      for (const { code } of findings) codes.add(code)
      const entries = catalog?.entries ?? []
      if (entries.length > MAX_BOOT_ENTRIES) throw new Error(`round ${round}: ${entries.length} entries`)
      for (const entry of entries) {
        const endBytes = entry.extentLba * 2048 + (entry.image?.sizeBytes ?? 0)
        if (entry.image !== null && (endBytes > image.length || entry.image.sizeBytes < 0))
          throw new Error(`round ${round}: an image ends at ${endBytes}`)
      }
    }
    expect(codes.size).toBeGreaterThan(20)
  })
})
