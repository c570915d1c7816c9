/** Reads the MD5 that was implanted in an image, and checks the image against it. */
import { MAX_VOLUME_DESCRIPTORS } from '../../shared/limits.ts'
import type { ByteRange, ImplantedReport } from '../../shared/verify.ts'
import { type ByteSource, readUpTo } from '../bytes/byte-source.ts'
import { readU32Be } from '../bytes/field-types.ts'
import { FRAGMENT_DIGITS, FragmentedMd5, withBlanks } from '../iso9660/implanted-md5.ts'
import {
  DescriptorHeader,
  descriptorTypes,
  FIRST_DESCRIPTOR_LBA,
  PrimaryVolumeDescriptor,
  SECTOR_BYTES,
  STANDARD_IDENTIFIER,
} from '../iso9660/volume-descriptor.ts'
import type { Onlooker } from './onlooker.ts'

export interface ImplantedMd5 {
  /** Where its text stands. */
  readonly textOffsetBytes: number
  readonly textBytes: number
  readonly md5: string
  /** Bytes that it covers, from the beginning of the image. */
  readonly coveredBytes: number
  /** Short sums in order; empty when there are none. */
  readonly fragments: readonly string[]
}

/** Offset of the primary volume descriptor; null when there is none. */
function findPrimary(source: ByteSource): number | null {
  for (let lba = FIRST_DESCRIPTOR_LBA; lba < FIRST_DESCRIPTOR_LBA + MAX_VOLUME_DESCRIPTORS; lba++) {
    const sector = readUpTo(source, lba * SECTOR_BYTES, SECTOR_BYTES)
    if (sector.length < SECTOR_BYTES || DescriptorHeader.fields.standardIdentifier.get(sector, 0) !== STANDARD_IDENTIFIER) return null
    const type = DescriptorHeader.fields.type.get(sector, 0)
    if (type === descriptorTypes.primary) return lba * SECTOR_BYTES
    if (type === descriptorTypes.terminator) return null
  }
  return null
}

/** The implanted sum of an image; null when it has none. */
export function readImplantedMd5(source: ByteSource): ImplantedMd5 | null {
  const descriptorBytes = findPrimary(source)
  if (descriptorBytes === null) return null
  const sector = readUpTo(source, descriptorBytes, SECTOR_BYTES)
  const { applicationUse, volumeSpaceSizeBlocks } = PrimaryVolumeDescriptor.fields
  const text = Buffer.from(applicationUse.get(sector, 0)).toString('latin1')
  const md5 = /ISO MD5SUM = ([0-9a-f]{32});/.exec(text)?.[1]
  const skippedSectors = /SKIPSECTORS = ([0-9]{1,9});/.exec(text)?.[1]
  if (md5 === undefined || skippedSectors === undefined) return null
  const volumeSectors = readU32Be(sector, volumeSpaceSizeBlocks.offset + 4)
  return {
    textOffsetBytes: descriptorBytes + applicationUse.offset,
    textBytes: applicationUse.sizeBytes,
    md5,
    coveredBytes: Math.max(0, volumeSectors - Number(skippedSectors)) * SECTOR_BYTES,
    fragments: readFragments(text),
  }
}

function readFragments(text: string): string[] {
  const sums = new RegExp(`FRAGMENT SUMS = ([0-9a-f]{${FRAGMENT_DIGITS}});`).exec(text)?.[1]
  const count = Number(/FRAGMENT COUNT = ([0-9]{1,3});/.exec(text)?.[1] ?? 0)
  if (sums === undefined || count < 1 || count > FRAGMENT_DIGITS) return []
  const digits = Math.floor(FRAGMENT_DIGITS / count)
  return Array.from({ length: count }, (_, index) => sums.slice(index * digits, (index + 1) * digits))
}

/** Computes the sum while the image is read from front to back. */
export class ImplantedMd5Check implements Onlooker {
  readonly #implanted: ImplantedMd5
  readonly #sum: FragmentedMd5
  /** Up to here the short sums were right. */
  #rightBytes = 0
  #damaged: ByteRange | null = null

  constructor(implanted: ImplantedMd5) {
    this.#implanted = implanted
    const { coveredBytes, fragments } = implanted
    this.#sum = new FragmentedMd5(coveredBytes, fragments.length, (fragment, shortSum) => this.#checkFragment(fragment, shortSum))
  }

  take(bytes: Buffer, offsetBytes: number): void {
    const { textOffsetBytes, textBytes } = this.#implanted
    this.#sum.take(withBlanks(bytes, offsetBytes, textOffsetBytes, textBytes), offsetBytes)
  }

  report(): ImplantedReport {
    const { md5, coveredBytes } = this.#implanted
    const found = this.#sum.md5()
    if (this.#sum.takenBytes === coveredBytes && found === md5) return { verdict: 'same', expected: md5, found, damaged: null }
    return { verdict: 'differs', expected: md5, found, damaged: this.#damaged ?? this.#rest() }
  }

  #checkFragment(fragment: number, shortSum: (digits: number) => string): void {
    const { takenBytes } = this.#sum
    const expected = this.#implanted.fragments[fragment - 1]
    if (expected === undefined || this.#damaged !== null) return
    if (shortSum(expected.length) === expected) this.#rightBytes = takenBytes
    else this.#damaged = { offsetBytes: this.#rightBytes, lengthBytes: takenBytes - this.#rightBytes }
  }

  /** Behind the last short sum that was right; without such sums nothing tells. */
  #rest(): ByteRange | null {
    const { coveredBytes, fragments } = this.#implanted
    return fragments.length === 0 ? null : { offsetBytes: this.#rightBytes, lengthBytes: coveredBytes - this.#rightBytes }
  }
}
