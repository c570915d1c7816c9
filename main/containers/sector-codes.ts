/** Error detection and correction codes of CD sectors (ECMA-130 14.3 to 14.6, CD-ROM XA): made, and checked. */
import { FORM_2, HEADER_BYTES, RAW_SECTOR_BYTES, SUBMODE_AT, SYNC } from './sector-layout.ts'

/** x^32 + x^31 + x^16 + x^15 + x^4 + x^3 + x + 1, its bits in the order in which they are sent. */
const EDC_POLYNOMIAL = 0xd8018001
const EDC_TABLE = new Int32Array(256).map((_, byte) => {
  let edc = byte
  for (let bit = 0; bit < 8; bit++) edc = (edc >>> 1) ^ (edc & 1 ? EDC_POLYNOMIAL : 0)
  return edc
})

/** Of GF(2^8) over x^8 + x^4 + x^3 + x^2 + 1: each element twice, and what it is the sum of with its double. */
const FIELD_POLYNOMIAL = 0x11d
const DOUBLED = new Uint8Array(256).map((_, value) => (value << 1) ^ (value & 0x80 ? FIELD_POLYNOMIAL : 0))
const UNSUMMED = new Uint8Array(256)
for (let value = 0; value < 256; value++) UNSUMMED[value ^ (DOUBLED[value] as number)] = value

interface ParityShape {
  readonly vectors: number
  readonly length: number
  readonly vectorStep: number
  readonly step: number
  readonly at: number
}
const P: ParityShape = { vectors: 86, length: 24, vectorStep: 2, step: 86, at: 2076 }
const Q: ParityShape = { vectors: 52, length: 43, vectorStep: 86, step: 88, at: 2248 }
/** Codes are of what follows the sync pattern. */
const CODED_AT = 12

/** Where the EDC stands and what it covers. */
const EDC_PLACES = {
  mode1: { from: 0, at: 2064 },
  form1: { from: HEADER_BYTES, at: 2072 },
  form2: { from: HEADER_BYTES, at: 2348 },
} as const
export type SectorForm = keyof typeof EDC_PLACES

export function edcOf(bytes: Uint8Array, from: number, to: number): number {
  let edc = 0
  for (let i = from; i < to; i++) edc = (edc >>> 8) ^ (EDC_TABLE[(edc ^ (bytes[i] as number)) & 0xff] as number)
  return edc >>> 0
}

/** What a data sector is by its mode byte and sub-header; null for mode 0 and what is none. */
export function formOf(sector: Uint8Array): SectorForm | null {
  if (sector[15] === 1) return 'mode1'
  if (sector[15] !== 2) return null
  return ((sector[SUBMODE_AT] as number) & FORM_2) === 0 ? 'form1' : 'form2'
}

/** The parity that a sector should have, written to `target` at its place. */
function computeParity(sector: Uint8Array, { vectors, length, vectorStep, step, at }: ParityShape, target: Uint8Array): void {
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
    target[at + vector] = parity
    target[at + vectors + vector] = parity ^ sum
  }
}

const header = new Uint8Array(4)

/** In mode 2, parity is made as if there were no address: discs can be copied to another place. */
function withoutAddress(sector: Uint8Array, form: SectorForm, work: () => void): void {
  header.set(sector.subarray(CODED_AT, HEADER_BYTES))
  if (form === 'form1') sector.fill(0, CODED_AT, HEADER_BYTES)
  work()
  sector.set(header, CODED_AT)
}

/** Puts EDC and parity into a whole sector whose header and data are there. */
export function putCodes(sector: Buffer, form: SectorForm): void {
  const { from, at } = EDC_PLACES[form]
  sector.writeUInt32LE(edcOf(sector, from, at), at)
  if (form === 'form2') return
  if (form === 'mode1') sector.fill(0, at + 4, P.at)
  withoutAddress(sector, form, () => {
    computeParity(sector, P, sector)
    computeParity(sector, Q, sector)
  })
}

/** Makes the parity alone anew, of mode 2 as if there were no address. */
export function putParity(sector: Uint8Array): void {
  withoutAddress(sector, sector[15] === 2 ? 'form1' : 'mode1', () => {
    computeParity(sector, P, sector)
    computeParity(sector, Q, sector)
  })
}

export type SectorFault = 'sync' | 'mode' | 'edc' | 'ecc'

const expected = Buffer.alloc(RAW_SECTOR_BYTES)

/** What is wrong with a whole data sector; null for one that is right. Form 2 may go without EDC. */
export function faultOf(sector: Buffer): SectorFault | null {
  if (!sector.subarray(0, SYNC.length).equals(SYNC)) return 'sync'
  const form = formOf(sector)
  if (form === null) return sector[15] === 0 ? null : 'mode'
  const { from, at } = EDC_PLACES[form]
  const edc = sector.readUInt32LE(at)
  if (form === 'form2' && edc === 0) return null
  if (edc !== edcOf(sector, from, at)) return 'edc'
  if (form === 'form2') return null
  withoutAddress(sector, form, () => computeParity(sector, P, expected))
  if (!same(sector, P)) return 'ecc'
  withoutAddress(sector, form, () => computeParity(sector, Q, expected))
  return same(sector, Q) ? null : 'ecc'
}

function same(sector: Buffer, { at, vectors }: ParityShape): boolean {
  return sector.compare(expected, at, at + 2 * vectors, at, at + 2 * vectors) === 0
}
