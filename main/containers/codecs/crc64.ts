/** CRC-64 as xz uses it (ECMA-182, reflected), in two halves of 32 bits. */
const POLYNOMIAL_LOW = 0xd7870f42
const POLYNOMIAL_HIGH = 0xc96c5795

const low = new Int32Array(256)
const high = new Int32Array(256)
for (let i = 0; i < 256; i++) {
  let l = i
  let h = 0
  for (let bit = 0; bit < 8; bit++) {
    const isOdd = l & 1
    l = (l >>> 1) | (h << 31)
    h >>>= 1
    if (isOdd) {
      l ^= POLYNOMIAL_LOW
      h ^= POLYNOMIAL_HIGH
    }
  }
  low[i] = l
  high[i] = h
}

export class Crc64 {
  #low = -1
  #high = -1

  update(bytes: Uint8Array): void {
    let l = this.#low
    let h = this.#high
    for (let i = 0; i < bytes.length; i++) {
      const index = (l ^ (bytes[i] as number)) & 0xff
      l = ((l >>> 8) | (h << 24)) ^ (low[index] as number)
      h = (h >>> 8) ^ (high[index] as number)
    }
    this.#low = l
    this.#high = h
  }

  /** As it is stored: the low half first. */
  digest(): Buffer {
    const bytes = Buffer.alloc(8)
    bytes.writeInt32LE(~this.#low, 0)
    bytes.writeInt32LE(~this.#high, 4)
    return bytes
  }
}
