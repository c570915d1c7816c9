/**
 * The MD5 that isomd5sum puts into the application use field of the primary volume descriptor. It covers the volume but
 * for its last sectors, with that field taken as blanks. Beside it stand short sums of what comes before some twenty
 * points of the volume, which tell where damage begins.
 */
import { createHash, type Hash } from 'node:crypto'
import { FIRST_DESCRIPTOR_LBA, PrimaryVolumeDescriptor, SECTOR_BYTES } from './volume-descriptor.ts'

/** isomd5sum reads so many bytes at a time, and takes its short sums only between two readings. */
export const IMPLANT_STEP_BYTES = 32_768
/** Digits of all short sums together. */
export const FRAGMENT_DIGITS = 60
/** As implantisomd5 writes them. */
const FRAGMENT_COUNT = 20
const SHORT_SUM_DIGITS = FRAGMENT_DIGITS / FRAGMENT_COUNT
const SKIPPED_SECTORS = 15
const BLANK = 0x20
const TEXT_OFFSET_BYTES = FIRST_DESCRIPTOR_LBA * SECTOR_BYTES + PrimaryVolumeDescriptor.fields.applicationUse.offset
const TEXT_BYTES = PrimaryVolumeDescriptor.fields.applicationUse.sizeBytes

/** Blanks: what isomd5sum takes the field for, and wants to find where nothing is implanted. */
export const blankApplicationUse = (): Uint8Array => Buffer.alloc(TEXT_BYTES, BLANK)

/** Told at every point, with the short sum of all that was taken so far. */
export type FragmentListener = (fragment: number, shortSum: (digits: number) => string) => void

/** MD5 of an image's bytes, which come from front to back, with the points between its fragments. */
export class FragmentedMd5 {
  readonly #hash = createHash('md5')
  readonly #coveredBytes: number
  readonly #fragmentBytes: number
  readonly #onFragment: FragmentListener
  #fragment = 0
  #takenBytes = 0

  constructor(coveredBytes: number, fragmentCount: number, onFragment: FragmentListener) {
    this.#coveredBytes = coveredBytes
    this.#fragmentBytes = Math.floor(coveredBytes / (fragmentCount + 1))
    this.#onFragment = onFragment
  }

  get takenBytes(): number {
    return this.#takenBytes
  }

  /** What lies behind the covered bytes is not taken. */
  take(bytes: Uint8Array, offsetBytes: number): void {
    for (let at = 0; at < bytes.length; ) {
      const position = offsetBytes + at
      const left = Math.min(this.#coveredBytes - position, bytes.length - at)
      if (left <= 0) return
      const length = Math.min(left, IMPLANT_STEP_BYTES - (position % IMPLANT_STEP_BYTES))
      this.#takeStep(bytes.subarray(at, at + length), position)
      at += length
    }
  }

  /** Of all that was taken; hexadecimal. */
  md5(): string {
    return this.#hash.copy().digest('hex')
  }

  #takeStep(bytes: Uint8Array, position: number): void {
    this.#hash.update(bytes)
    this.#takenBytes = position + bytes.length
    // Whoever hands over the bytes may cut a step in two.
    if (this.#takenBytes % IMPLANT_STEP_BYTES !== 0 && this.#takenBytes !== this.#coveredBytes) return
    // A short sum is of everything up to the end of the step that begins in the next fragment.
    const stepStart = position - (position % IMPLANT_STEP_BYTES)
    const fragment = this.#fragmentBytes === 0 ? 0 : Math.floor(stepStart / this.#fragmentBytes)
    if (fragment === this.#fragment) return
    this.#fragment = fragment
    this.#onFragment(fragment, (digits) => shortSum(this.#hash, digits))
  }
}

/** The first digit of each byte of a sum, as isomd5sum shortens it: `%01x` gives no leading zeros. */
function shortSum(hash: Hash, digits: number): string {
  const sum = hash.copy().digest()
  return [...sum.subarray(0, digits)].map((byte) => byte.toString(16).charAt(0)).join('')
}

/** The bytes as they were before a text was implanted; a copy where it stands in them. */
export function withBlanks(bytes: Uint8Array, offsetBytes: number, textOffsetBytes: number, textBytes: number): Uint8Array {
  const from = Math.max(0, textOffsetBytes - offsetBytes)
  const to = Math.min(bytes.length, textOffsetBytes + textBytes - offsetBytes)
  return from < to ? Buffer.from(bytes).fill(BLANK, from, to) : bytes
}

/** Makes the text for an image that is written; the image has blanks in its place while it is summed up. */
export class ImplantedMd5Writer {
  readonly #sum: FragmentedMd5
  /** A step can leap over fragments in a small image; checkisomd5 then doesn't look at theirs. */
  readonly #fragments: string[] = Array.from({ length: FRAGMENT_COUNT }, () => '0'.repeat(SHORT_SUM_DIGITS))

  constructor(volumeBytes: number) {
    this.#sum = new FragmentedMd5(volumeBytes - SKIPPED_SECTORS * SECTOR_BYTES, FRAGMENT_COUNT, (fragment, shortSum) => {
      this.#fragments[fragment - 1] = shortSum(SHORT_SUM_DIGITS)
    })
  }

  /** Bytes with blanks in the text's place. */
  take(bytes: Uint8Array, offsetBytes: number): void {
    this.#sum.take(bytes, offsetBytes)
  }

  /** Bytes with the text in them, which counts as blanks. */
  takeWithout(bytes: Uint8Array, offsetBytes: number): void {
    this.#sum.take(withBlanks(bytes, offsetBytes, TEXT_OFFSET_BYTES, TEXT_BYTES), offsetBytes)
  }

  /** The whole field, as implantisomd5 writes it. */
  text(): Uint8Array {
    const facts = [
      `ISO MD5SUM = ${this.#sum.md5()}`,
      `SKIPSECTORS = ${SKIPPED_SECTORS}`,
      'RHLISOSTATUS=0',
      `FRAGMENT SUMS = ${this.#fragments.join('')}`,
      `FRAGMENT COUNT = ${FRAGMENT_COUNT}`,
      'THIS IS NOT THE SAME AS RUNNING MD5SUM ON THIS ISO!!',
    ]
    return Buffer.from(facts.join(';').padEnd(TEXT_BYTES), 'latin1')
  }
}
