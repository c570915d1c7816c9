/** What the discs of these tests hold: a small image, and sound that is noise. */
import { tinyImage } from '../../image/testing/tiny-image.ts'
import { putCodes } from '../sector-codes.ts'
import { mode1Sector, putHeader } from '../whole-sectors.ts'

const DATA_BYTES = 2048

export const data = (): Buffer => tinyImage()
export const DATA_SECTORS = tinyImage().length / DATA_BYTES

/** Always the same for a seed. */
export function noise(lengthBytes: number, seed = 1): Buffer {
  const bytes = Buffer.allocUnsafe(lengthBytes)
  let state = seed * 2654435761
  for (let i = 0; i < lengthBytes; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    bytes[i] = state >>> 24
  }
  return bytes
}

export const sound = (sectors: number, seed = 1): Buffer => noise(sectors * 2352, seed)

const sectorsOf = (bytes: Buffer): Buffer[] =>
  Array.from({ length: bytes.length / DATA_BYTES }, (_, i) => bytes.subarray(i * DATA_BYTES, (i + 1) * DATA_BYTES))

/** Whole sectors of mode 1. */
export const rawMode1 = (bytes: Buffer, startLba = 0): Buffer =>
  Buffer.concat(sectorsOf(bytes).map((sector, i) => mode1Sector(sector, startLba + i)))

/** Whole sectors of mode 2, form 1. */
export const rawMode2 = (bytes: Buffer, startLba = 0): Buffer =>
  Buffer.concat(
    sectorsOf(bytes).map((sector, i) => {
      const raw = Buffer.alloc(2352)
      putHeader(raw, startLba + i, 2)
      raw[18] = 8
      raw[22] = 8
      sector.copy(raw, 24)
      putCodes(raw, 'form1')
      return raw
    }),
  )

/** The same without sync and header. */
export const bareMode2 = (bytes: Buffer): Buffer => {
  const raw = rawMode2(bytes)
  return Buffer.concat(Array.from({ length: raw.length / 2352 }, (_, i) => raw.subarray(i * 2352 + 16, (i + 1) * 2352)))
}

/** So many bytes behind each sector, as sub-channels are stored. */
export const withSubchannel = (sectors: Buffer, sectorBytes: number, subchannelBytes = 96): Buffer =>
  Buffer.concat(
    Array.from({ length: sectors.length / sectorBytes }, (_, i) =>
      Buffer.concat([sectors.subarray(i * sectorBytes, (i + 1) * sectorBytes), Buffer.alloc(subchannelBytes, 0x40)]),
    ),
  )
