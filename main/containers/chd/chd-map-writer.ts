/** Packs the map of a CHD: a code of equal lengths for the kinds of hunks, then what is told of each. */
import { writeU16Be, writeU32Be } from '../../bytes/field-types.ts'
import { type ChdMap, MAP_HEADER_BYTES, SELF, STORED } from './chd-map.ts'

const KINDS = 16
/** With sixteen codes of four bits, each kind is its own code. */
const KIND_BITS = 4
const CRC_BITS = 16

export function packedMap({ kinds, places, lengths, crcs }: ChdMap, firstAt: number, crc: number): Buffer {
  const widths = { length: 0, self: 0 }
  for (let hunk = 0; hunk < kinds.length; hunk++) {
    if (kinds[hunk] === SELF) widths.self = Math.max(widths.self, bitsOf(places[hunk] as number))
    else if (kinds[hunk] !== STORED) widths.length = Math.max(widths.length, bitsOf(lengths[hunk] as number))
  }
  const bits = new BitWriter(kinds.length * 8 + KINDS * KIND_BITS)
  for (let kind = 0; kind < KINDS; kind++) bits.put(KIND_BITS, KIND_BITS)
  for (const kind of kinds) bits.put(kind, KIND_BITS)
  for (let hunk = 0; hunk < kinds.length; hunk++) {
    if (kinds[hunk] === SELF) {
      bits.put(places[hunk] as number, widths.self)
      continue
    }
    if (kinds[hunk] !== STORED) bits.put(lengths[hunk] as number, widths.length)
    bits.put(crcs?.[hunk] as number, CRC_BITS)
  }
  const packed = bits.finish()
  const header = Buffer.alloc(MAP_HEADER_BYTES)
  writeU32Be(header, 0, packed.length)
  writeU16Be(header, 4, 0)
  writeU32Be(header, 6, firstAt)
  writeU16Be(header, 10, crc)
  header[12] = widths.length
  header[13] = widths.self
  return Buffer.concat([header, packed])
}

const bitsOf = (value: number): number => 32 - Math.clz32(value)

/** The highest bit of each byte first. */
class BitWriter {
  #bytes: Buffer
  #used = 0
  #held = 0
  #heldBits = 0

  constructor(expectedBytes: number) {
    this.#bytes = Buffer.alloc(expectedBytes)
  }

  /** Up to 24 bits. */
  put(value: number, count: number): void {
    this.#held = this.#held * 2 ** count + value
    this.#heldBits += count
    while (this.#heldBits >= 8) {
      this.#heldBits -= 8
      const high = Math.floor(this.#held / 2 ** this.#heldBits)
      this.#byte(high)
      this.#held -= high * 2 ** this.#heldBits
    }
  }

  finish(): Buffer {
    if (this.#heldBits > 0) this.#byte(this.#held * 2 ** (8 - this.#heldBits))
    return this.#bytes.subarray(0, this.#used)
  }

  #byte(value: number): void {
    if (this.#used === this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(this.#bytes.length + 64)])
    this.#bytes[this.#used++] = value
  }
}
