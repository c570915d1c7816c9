/** Parity of CD sectors (ECMA-130 14.5, annex A), as CHD leaves it out and puts it back. */

/** Of GF(2^8) over x^8 + x^4 + x^3 + x^2 + 1: each element twice, and what it is the sum of with its double. */
const DOUBLED = Uint8Array.from({ length: 256 }, (_, value) => ((value << 1) ^ (value & 0x80 ? 0x11d : 0)) & 0xff)
const UNSUMMED = new Uint8Array(256)
for (let value = 0; value < 256; value++) UNSUMMED[value ^ (DOUBLED[value] as number)] = value

const P = { vectors: 86, length: 24, vectorStep: 2, step: 86, at: 2076 } as const
const Q = { vectors: 52, length: 43, vectorStep: 86, step: 88, at: 2248 } as const
/** Parity is of what follows the sync pattern; in mode 2 as if the address were zero. */
const CODED_AT = 12
const MODE_AT = 15
const ADDRESS_BYTES = 4

/** Makes a whole sector's parity anew, whatever stands there. */
export function putParity(sector: Uint8Array): void {
  const address = sector.slice(CODED_AT, CODED_AT + ADDRESS_BYTES)
  if (sector[MODE_AT] === 2) sector.fill(0, CODED_AT, CODED_AT + ADDRESS_BYTES)
  for (const shape of [P, Q]) putVectors(sector, shape)
  sector.set(address, CODED_AT)
}

function putVectors(sector: Uint8Array, { vectors, length, vectorStep, step, at }: typeof P | typeof Q): void {
  const size = vectors * length
  for (let vector = 0; vector < vectors; vector++) {
    let index = (vector >> 1) * vectorStep + (vector & 1)
    let first = 0
    let sum = 0
    for (let i = 0; i < length; i++) {
      const value = sector[CODED_AT + index] as number
      index += step
      if (index >= size) index -= size
      first = DOUBLED[first ^ value] as number
      sum ^= value
    }
    const parity = UNSUMMED[(DOUBLED[first] as number) ^ sum] as number
    sector[at + vector] = parity
    sector[at + vectors + vector] = parity ^ sum
  }
}
