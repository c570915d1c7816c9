/** What a CHD holds of a disc: sectors in units of 2448 bytes, with each track told in the metadata; or of a DVD its sectors. */
import type { ByteSource } from '../../bytes/byte-source.ts'
import { strideOf, type Track } from '../container.ts'
import { deflated } from '../packing/deflated.ts'
import { type Piece, PiecesSource } from '../pieces-source.ts'
import { putParity } from '../sector-codes.ts'
import { RAW_SECTOR_BYTES, SYNC } from '../sector-layout.ts'
import { sectorParts } from '../track-data.ts'
import { CD_UNIT_BYTES } from './chd-codecs.ts'
import { PADDED_TO_SECTORS } from './chd-tracks.ts'
import type { ChdContent } from './chd-writer.ts'

const DVD_SECTOR_BYTES = 2048
const DVD_HUNK_BYTES = 4096
const CD_HUNK_SECTORS = 8
const CD_HUNK_BYTES = CD_HUNK_SECTORS * CD_UNIT_BYTES
const LEVEL = 9
const PARITY_AT = 2076
/** Where the standard pause of the first track is left unsaid. */
const STANDARD_PAUSE_SECTORS = 150

/** A DVD, or anything else of sectors of 2048 bytes. */
export function dvdContent(sizeBytes: number): ChdContent {
  return {
    codec: 'zlib',
    sizeBytes,
    hunkBytes: DVD_HUNK_BYTES,
    unitBytes: DVD_SECTOR_BYTES,
    metadata: [{ tag: 'DVD ', text: '' }],
    pack: (hunk) => deflated(hunk, LEVEL),
  }
}

export interface CdUnits {
  readonly content: ChdContent
  readonly units: ByteSource
}

/** All tracks of a CD with their stored pregaps; sub-channels are left off. */
export function cdContent(tracks: readonly Track[]): CdUnits {
  const pieces: Piece[] = []
  const metadata = tracks.map((track, i) => {
    const parts = [...(track.storedPregap === null ? [] : [track.storedPregap]), track.stored].map((stored) => unitsOf(track, stored))
    const sectors = parts.map(({ sizeBytes }) => sizeBytes / CD_UNIT_BYTES)
    const frames = sectors.reduce((sum, count) => sum + count, 0)
    const missing = (PADDED_TO_SECTORS - (frames % PADDED_TO_SECTORS)) % PADDED_TO_SECTORS
    pieces.push(...parts.map((source) => ({ source, offsetBytes: 0, lengthBytes: source.sizeBytes })))
    pieces.push({ source: null, offsetBytes: 0, lengthBytes: missing * CD_UNIT_BYTES })
    return { tag: 'CHT2', text: trackText(track, i, frames, track.storedPregap === null ? 0 : (sectors[0] as number)) }
  })
  const units = new PiecesSource(pieces)
  return {
    units,
    content: { codec: 'cdzl', sizeBytes: units.sizeBytes, hunkBytes: CD_HUNK_BYTES, unitBytes: CD_UNIT_BYTES, metadata, pack: packSectors },
  }
}

/** As chdman names what is stored of a sector. */
function typeOf({ mode, layout: { sectorBytes } }: Track): string {
  if (mode === 'audio') return 'AUDIO'
  if (sectorBytes === RAW_SECTOR_BYTES) return mode === 'mode1' ? 'MODE1_RAW' : 'MODE2_RAW'
  if (mode === 'mode1') return 'MODE1'
  return sectorBytes === 2048 ? 'MODE2_FORM1' : sectorBytes === 2324 ? 'MODE2_FORM2' : 'MODE2_FORM_MIX'
}

function trackText(track: Track, index: number, frames: number, storedPregap: number): string {
  const isStandardPause = index === 0 && storedPregap === 0 && track.pregapSectors === STANDARD_PAUSE_SECTORS
  const pregap = isStandardPause ? 0 : storedPregap > 0 ? storedPregap : track.pregapSectors
  const pregapType = storedPregap > 0 ? `V${typeOf(track)}` : 'MODE1'
  return `TRACK:${index + 1} TYPE:${typeOf(track)} SUBTYPE:NONE FRAMES:${frames} PREGAP:${pregap} PGTYPE:${pregapType} PGSUB:NONE POSTGAP:${track.postgapSectors}`
}

/** Each stored sector at the beginning of a unit, sound with the high byte first. */
function unitsOf({ layout, mode, isBigEndian }: Track, stored: ByteSource): ByteSource {
  const bare = sectorParts(stored, layout, 0, layout.sectorBytes)
  return new UnitSource(bare, layout.sectorBytes, mode === 'audio' && !isBigEndian, Math.floor(stored.sizeBytes / strideOf(layout)))
}

class UnitSource implements ByteSource {
  readonly sizeBytes: number
  readonly #bare: ByteSource
  readonly #sectorBytes: number
  readonly #isSwapped: boolean

  constructor(bare: ByteSource, sectorBytes: number, isSwapped: boolean, sectors: number) {
    this.#bare = bare
    this.#sectorBytes = sectorBytes
    this.#isSwapped = isSwapped
    this.sizeBytes = sectors * CD_UNIT_BYTES
  }

  read(offsetBytes: number, target: Uint8Array): number {
    const wanted = Math.max(0, Math.min(target.length, this.sizeBytes - offsetBytes))
    if (wanted === 0) return 0
    const first = Math.floor(offsetBytes / CD_UNIT_BYTES)
    const count = Math.ceil((offsetBytes + wanted) / CD_UNIT_BYTES) - first
    const bare = Buffer.alloc(count * this.#sectorBytes)
    this.#bare.read(first * this.#sectorBytes, bare)
    if (this.#isSwapped) bare.swap16()
    const units = Buffer.alloc(count * CD_UNIT_BYTES)
    for (let i = 0; i < count; i++) bare.copy(units, i * CD_UNIT_BYTES, i * this.#sectorBytes, (i + 1) * this.#sectorBytes)
    const from = offsetBytes - first * CD_UNIT_BYTES
    target.set(units.subarray(from, from + wanted))
    return wanted
  }

  close(): void {}
}

/** Sectors and sub-channels apart; of sectors that are right, sync and parity are left out (MAME, chdcodec.cpp). */
async function packSectors(hunk: Buffer): Promise<Buffer> {
  const sectors = hunk.length / CD_UNIT_BYTES
  const flags = Buffer.alloc(Math.ceil(sectors / 8))
  const base = Buffer.alloc(sectors * RAW_SECTOR_BYTES)
  const subcode = Buffer.alloc(sectors * (CD_UNIT_BYTES - RAW_SECTOR_BYTES))
  for (let i = 0; i < sectors; i++) {
    const sector = base.subarray(i * RAW_SECTOR_BYTES, (i + 1) * RAW_SECTOR_BYTES)
    hunk.copy(sector, 0, i * CD_UNIT_BYTES, i * CD_UNIT_BYTES + RAW_SECTOR_BYTES)
    hunk.copy(subcode, i * (CD_UNIT_BYTES - RAW_SECTOR_BYTES), i * CD_UNIT_BYTES + RAW_SECTOR_BYTES, (i + 1) * CD_UNIT_BYTES)
    if (!hasRightParity(sector)) continue
    flags[i >> 3] = (flags[i >> 3] as number) | (1 << (i & 7))
    sector.fill(0, 0, SYNC.length)
    sector.fill(0, PARITY_AT)
  }
  const [packedBase, packedSubcode] = await Promise.all([deflated(base, LEVEL), deflated(subcode, LEVEL)])
  const length = Buffer.alloc(2)
  length.writeUInt16BE(packedBase.length)
  return Buffer.concat([flags, length, packedBase, packedSubcode])
}

function hasRightParity(sector: Buffer): boolean {
  if (!sector.subarray(0, SYNC.length).equals(SYNC)) return false
  const made = Buffer.from(sector)
  putParity(made)
  return made.equals(sector)
}
