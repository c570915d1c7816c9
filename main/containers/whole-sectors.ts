/** A track as whole sectors of 2352 bytes, with address, EDC and ECC made where the track has only data. */
import { type ByteSource, WindowByteSource } from '../bytes/byte-source.ts'
import { strideOf, type Track } from './container.ts'
import { formOf, putCodes } from './sector-codes.ts'
import {
  DATA_BYTES,
  FORM_2,
  FORM_2_BYTES,
  HEADER_BYTES,
  MODE_2_BYTES,
  msfOf,
  RAW_SECTOR_BYTES,
  SUBHEADER_BYTES,
  SUBMODE_AT,
  SYNC,
} from './sector-layout.ts'
import { sectorParts, trackSamples } from './track-data.ts'

const DATA_SUBMODE = 0x08

type Part = Pick<Track, 'mode' | 'layout' | 'isBigEndian'> & { readonly stored: ByteSource; readonly startLba: number }

/** From index 1 on. Audio comes with its low bytes first. */
export const wholeSectors = (track: Track): ByteSource => wholeSectorsOf(track)

export interface WholeGap {
  /** Null when nothing of it is stored. */
  readonly stored: ByteSource | null
  readonly storedSectors: number
  /** What is before that, and is silent. */
  readonly silentSectors: number
}

/** What is before index 1. Of the first track, what lies before the disc's first address is the pause that every disc begins with. */
export function wholeGap(track: Track, isFirst: boolean): WholeGap {
  const { storedPregap, startLba, layout, pregapSectors } = track
  const stride = strideOf(layout)
  const most = isFirst ? Math.max(0, startLba) : Number.POSITIVE_INFINITY
  const held = storedPregap === null ? 0 : Math.floor(storedPregap.sizeBytes / stride)
  const storedSectors = Math.min(held, most)
  const silentSectors = Math.max(0, Math.min(pregapSectors, most) - storedSectors)
  if (storedPregap === null || storedSectors === 0) return { stored: null, storedSectors: 0, silentSectors }
  const part = new WindowByteSource(storedPregap, (held - storedSectors) * stride, storedSectors * stride)
  const stored = wholeSectorsOf({ ...track, stored: part, startLba: startLba - storedSectors })
  return { stored, storedSectors, silentSectors }
}

/** Whole sectors of what is stored of some part of a track. */
function wholeSectorsOf(part: Part): ByteSource {
  if (part.mode === 'audio') return trackSamples(part)
  if (part.layout.sectorBytes === RAW_SECTOR_BYTES) return sectorParts(part.stored, part.layout, 0, RAW_SECTOR_BYTES)
  return new MadeSectors(part)
}

class MadeSectors implements ByteSource {
  readonly sizeBytes: number
  readonly #part: Part
  readonly #bare: ByteSource
  readonly #sector = Buffer.alloc(RAW_SECTOR_BYTES)
  #madeIndex = -1

  constructor(part: Part) {
    this.#part = part
    this.#bare = sectorParts(part.stored, part.layout, 0, part.layout.sectorBytes)
    this.sizeBytes = Math.floor(this.#bare.sizeBytes / part.layout.sectorBytes) * RAW_SECTOR_BYTES
  }

  read(offsetBytes: number, target: Uint8Array): number {
    const wanted = Math.max(0, Math.min(target.length, this.sizeBytes - offsetBytes))
    let done = 0
    while (done < wanted) {
      const index = Math.floor((offsetBytes + done) / RAW_SECTOR_BYTES)
      if (index !== this.#madeIndex && !this.#make(index)) return done
      const within = (offsetBytes + done) % RAW_SECTOR_BYTES
      const part = this.#sector.subarray(within, Math.min(RAW_SECTOR_BYTES, within + wanted - done))
      target.set(part, done)
      done += part.length
    }
    return done
  }

  close(): void {}

  #make(index: number): boolean {
    const sector = this.#sector
    const { mode, layout, startLba } = this.#part
    const { sectorBytes } = layout
    const at = sectorBytes === MODE_2_BYTES ? HEADER_BYTES : HEADER_BYTES + (mode === 'mode2' ? SUBHEADER_BYTES : 0)
    sector.fill(0)
    const got = this.#bare.read(index * sectorBytes, sector.subarray(at, at + sectorBytes))
    if (got < sectorBytes) return false
    putHeader(sector, startLba + index, mode === 'mode2' ? 2 : 1)
    if (mode === 'mode2' && sectorBytes !== MODE_2_BYTES) putSubheader(sector, sectorBytes)
    const form = formOf(sector)
    if (form !== null) putCodes(sector, form)
    this.#madeIndex = index
    return true
  }
}

/** Sync, address and mode. */
export function putHeader(sector: Buffer, lba: number, mode: number): void {
  SYNC.copy(sector)
  for (const [i, value] of msfOf(lba).entries()) sector[SYNC.length + i] = (Math.floor(value / 10) << 4) | (value % 10)
  sector[HEADER_BYTES - 1] = mode
}

function putSubheader(sector: Buffer, dataBytes: number): void {
  const submode = dataBytes === FORM_2_BYTES ? FORM_2 | DATA_SUBMODE : DATA_SUBMODE
  sector[SUBMODE_AT] = submode
  sector[SUBMODE_AT + 4] = submode
}

/** A whole sector of user data, mode 1. */
export function mode1Sector(data: Uint8Array, lba: number): Buffer {
  const sector = Buffer.alloc(RAW_SECTOR_BYTES)
  putHeader(sector, lba, 1)
  sector.set(data.subarray(0, DATA_BYTES), HEADER_BYTES)
  putCodes(sector, 'mode1')
  return sector
}
