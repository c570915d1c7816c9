/**
 * The MD5 that isomd5sum's implantisomd5 puts into an image's primary volume descriptor, so that the image can be
 * checked without anything else. It covers the volume but for its last sectors, with its own place taken as blanks.
 * Beside it stand short sums of what comes before some twenty points of the volume, which tell where damage begins.
 */
import { createHash, type Hash } from 'node:crypto'
import { MAX_VOLUME_DESCRIPTORS } from '../../shared/limits.ts'
import type { ByteRange, ImplantedReport } from '../../shared/verify.ts'
import { type ByteSource, readUpTo } from '../bytes/byte-source.ts'
import { readU32Be } from '../bytes/field-types.ts'
import {
  DescriptorHeader,
  descriptorTypes,
  FIRST_DESCRIPTOR_LBA,
  PrimaryVolumeDescriptor,
  SECTOR_BYTES,
  STANDARD_IDENTIFIER,
} from '../iso9660/volume-descriptor.ts'
import type { Onlooker } from './onlooker.ts'

/** isomd5sum reads so many bytes at a time, and takes its short sums only between two readings. */
const STEP_BYTES = 32_768
/** Digits of all short sums together. */
const FRAGMENT_DIGITS = 60
const BLANK = 0x20

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

/** The first digit of each byte of a sum, as isomd5sum shortens it: `%01x` gives no leading zeros. */
function shortSum(hash: Hash, digits: number): string {
  const sum = hash.copy().digest()
  return [...sum.subarray(0, digits)].map((byte) => byte.toString(16).charAt(0)).join('')
}

/** Computes the sum while the image is read from front to back. */
export class ImplantedMd5Check implements Onlooker {
  readonly #implanted: ImplantedMd5
  readonly #hash = createHash('md5')
  readonly #fragmentBytes: number
  #takenBytes = 0
  #fragment = 0
  /** Up to here the short sums were right. */
  #rightBytes = 0
  #damaged: ByteRange | null = null

  constructor(implanted: ImplantedMd5) {
    this.#implanted = implanted
    this.#fragmentBytes = Math.floor(implanted.coveredBytes / (implanted.fragments.length + 1))
  }

  take(bytes: Buffer, offsetBytes: number): void {
    for (let at = 0; at < bytes.length; ) {
      const position = offsetBytes + at
      const left = Math.min(this.#implanted.coveredBytes - position, bytes.length - at)
      if (left <= 0) return
      const length = Math.min(left, STEP_BYTES - (position % STEP_BYTES))
      this.#takeStep(bytes.subarray(at, at + length), position)
      at += length
    }
  }

  report(): ImplantedReport {
    const { md5, coveredBytes } = this.#implanted
    const found = this.#hash.copy().digest('hex')
    if (this.#takenBytes === coveredBytes && found === md5) return { verdict: 'same', expected: md5, found, damaged: null }
    return { verdict: 'differs', expected: md5, found, damaged: this.#damaged ?? this.#rest() }
  }

  #takeStep(bytes: Buffer, position: number): void {
    this.#hash.update(this.#withoutText(bytes, position))
    this.#takenBytes = position + bytes.length
    // Whoever reads may cut a step in two.
    if (this.#takenBytes % STEP_BYTES === 0 || this.#takenBytes === this.#implanted.coveredBytes)
      this.#checkFragment(position - (position % STEP_BYTES))
  }

  /** The bytes as they were before the sum was implanted. */
  #withoutText(bytes: Buffer, position: number): Buffer {
    const { textOffsetBytes, textBytes } = this.#implanted
    const from = Math.max(0, textOffsetBytes - position)
    const to = Math.min(bytes.length, textOffsetBytes + textBytes - position)
    return from < to ? Buffer.from(bytes).fill(BLANK, from, to) : bytes
  }

  /** A short sum is of everything up to the end of the step that begins in the next fragment. */
  #checkFragment(stepStart: number): void {
    const { fragments } = this.#implanted
    const fragment = this.#fragmentBytes === 0 ? 0 : Math.floor(stepStart / this.#fragmentBytes)
    if (fragment === this.#fragment) return
    this.#fragment = fragment
    const expected = fragments[fragment - 1]
    if (expected === undefined || this.#damaged !== null) return
    if (shortSum(this.#hash, expected.length) === expected) this.#rightBytes = this.#takenBytes
    else this.#damaged = { offsetBytes: this.#rightBytes, lengthBytes: this.#takenBytes - this.#rightBytes }
  }

  /** Behind the last short sum that was right; without such sums nothing tells. */
  #rest(): ByteRange | null {
    const { coveredBytes, fragments } = this.#implanted
    return fragments.length === 0 ? null : { offsetBytes: this.#rightBytes, lengthBytes: coveredBytes - this.#rightBytes }
  }
}
