/** Tracks of a CHD as its metadata tell them (MAME, cdrom.cpp): sectors in units of 2448 bytes, padded to four. */

import type { TrackMode } from '../../../shared/container.ts'
import { MAX_TRACKS } from '../../../shared/limits.ts'
import { type ByteSource, WindowByteSource } from '../../bytes/byte-source.ts'
import type { FindingLog } from '../../bytes/finding-log.ts'
import type { Track } from '../container.ts'
import { packedDamage } from '../packed-problem.ts'
import { layoutOf, RAW_SECTOR_BYTES } from '../sector-layout.ts'
import { SectorPartSource } from '../track-data.ts'
import { makeTrack } from '../track-draft.ts'
import { CD_UNIT_BYTES } from './chd-codecs.ts'
import { type ChdMetadata, metadataText } from './chd-metadata.ts'

export const TRACK_TAGS = ['CHT2', 'CHTR', 'CHGD'] as const
export const GD_TAG = 'CHGD'
/** Where the second area of a GD-ROM begins. */
const HIGH_DENSITY_LBA = 45_000
export const PADDED_TO_SECTORS = 4
const SUBCHANNEL_BYTES = 96

/** What a type is called, and what is stored of a sector. */
const TYPES: Readonly<Record<string, { readonly mode: TrackMode; readonly sectorBytes: number }>> = {
  AUDIO: { mode: 'audio', sectorBytes: 2352 },
  MODE1: { mode: 'mode1', sectorBytes: 2048 },
  MODE1_RAW: { mode: 'mode1', sectorBytes: 2352 },
  MODE2: { mode: 'mode2', sectorBytes: 2336 },
  MODE2_FORM1: { mode: 'mode2', sectorBytes: 2048 },
  MODE2_FORM2: { mode: 'mode2', sectorBytes: 2324 },
  MODE2_FORM_MIX: { mode: 'mode2', sectorBytes: 2336 },
  MODE2_RAW: { mode: 'mode2', sectorBytes: 2352 },
}

interface TrackLine {
  readonly isGd: boolean
  readonly number: number
  readonly type: string
  readonly subtype: string
  readonly frames: number
  readonly pad: number
  readonly pregap: number
  /** The pregap is stored, and counted among the frames. */
  readonly isPregapStored: boolean
  readonly postgap: number
}

function trackLine(metadata: ChdMetadata): TrackLine {
  const words = new Map(
    metadataText(metadata)
      .split(' ')
      .map((word) => word.split(':', 2) as [string, string]),
  )
  const number = (name: string): number => {
    const value = Number(words.get(name) ?? 0)
    if (!Number.isSafeInteger(value) || value < 0) throw packedDamage('what it says of a track is wrong')
    return value
  }
  return {
    isGd: metadata.tag === GD_TAG,
    number: number('TRACK'),
    type: words.get('TYPE') ?? '',
    subtype: words.get('SUBTYPE') ?? 'NONE',
    frames: number('FRAMES'),
    pad: number('PAD'),
    pregap: number('PREGAP'),
    isPregapStored: words.get('PGTYPE')?.startsWith('V') === true,
    postgap: number('POSTGAP'),
  }
}

export interface ChdTracks {
  readonly tracks: readonly Track[]
  readonly hasSubchannel: boolean
}

/** Throws an `image` Problem when the metadata can't be of the content. */
export function chdTracks(content: ByteSource, metadata: readonly ChdMetadata[], log: FindingLog): ChdTracks {
  const lines = metadata.filter(({ tag }) => (TRACK_TAGS as readonly string[]).includes(tag)).map(trackLine)
  lines.sort((a, b) => a.number - b.number)
  if (lines.length > MAX_TRACKS || lines.some(({ number }, i) => number !== i + 1))
    throw packedDamage('its tracks are not numbered as they must be')
  let unit = 0
  let lba = 0
  const tracks = lines.map((line) => {
    const gap = line.number === 1 || line.isPregapStored ? 0 : line.pregap
    const track = trackOf(content, line, unit, lba + gap, log)
    lba += gap + line.frames + line.postgap
    unit += Math.ceil(line.frames / PADDED_TO_SECTORS) * PADDED_TO_SECTORS
    return track
  })
  return { tracks, hasSubchannel: lines.some(({ subtype }) => subtype !== 'NONE') }
}

function trackOf(content: ByteSource, line: TrackLine, unit: number, lba: number, log: FindingLog): Track {
  const type = TYPES[line.type]
  if (type === undefined) throw packedDamage(`track ${line.number} is of an unknown kind (${line.type})`)
  const storedPregap = line.isPregapStored ? Math.min(line.pregap, line.frames) : 0
  const sectors = line.frames - storedPregap - Math.min(line.pad, line.frames - storedPregap)
  if ((unit + line.frames) * CD_UNIT_BYTES > content.sizeBytes) throw packedDamage(`track ${line.number} is longer than what is stored`)
  const subchannelBytes = line.subtype !== 'NONE' && type.sectorBytes === RAW_SECTOR_BYTES ? SUBCHANNEL_BYTES : 0
  const stored = (from: number, count: number): ByteSource => {
    const units = new WindowByteSource(content, from * CD_UNIT_BYTES, count * CD_UNIT_BYTES)
    return subchannelBytes > 0 ? units : new SectorPartSource(units, CD_UNIT_BYTES, 0, type.sectorBytes)
  }
  return makeTrack(
    {
      number: line.number,
      session: line.isGd && lba >= HIGH_DENSITY_LBA ? 2 : 1,
      mode: type.mode,
      layout: layoutOf(type.mode, type.sectorBytes, subchannelBytes),
      startLba: lba + storedPregap,
      stored: stored(unit + storedPregap, sectors),
      storedPregap: storedPregap === 0 ? null : stored(unit, storedPregap),
      pregapSectors: line.pregap,
      postgapSectors: line.postgap,
      isBigEndian: true,
    },
    log,
  )
}
