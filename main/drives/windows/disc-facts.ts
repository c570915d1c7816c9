/** A drive and its disc from what IMAPI2 says (imapi2.h; MMC-6, table 92 for profiles). */
import {
  type DriveFacts,
  type MediumFacts,
  type MediumKind,
  type MediumState,
  singleSpeedOf,
  type WriteSpeed,
} from '../../../shared/drives.ts'
import type { EventOf } from './script-events.ts'

const SECTOR_BYTES = 2048

/** IMAPI_MEDIA_PHYSICAL_TYPE. */
const physicalKinds: readonly (MediumKind | null)[] = [
  ...([null, 'CD-ROM', 'CD-R', 'CD-RW', 'DVD-ROM', 'DVD-RAM', 'DVD+R', 'DVD+RW', 'DVD+R DL', 'DVD-R', 'DVD-RW', 'DVD-R DL'] as const),
  // Disks, DVD+RW DL and the three kinds of HD DVD.
  ...([null, null, null, null, null, 'BD-ROM', 'BD-R', 'BD-RE'] as const),
]

const profileKinds: Readonly<Record<number, MediumKind>> = {
  8: 'CD-ROM',
  9: 'CD-R',
  10: 'CD-RW',
  16: 'DVD-ROM',
  17: 'DVD-R',
  18: 'DVD-RAM',
  19: 'DVD-RW',
  20: 'DVD-RW',
  21: 'DVD-R DL',
  22: 'DVD-R DL',
  26: 'DVD+RW',
  27: 'DVD+R',
  43: 'DVD+R DL',
  64: 'BD-ROM',
  65: 'BD-R',
  66: 'BD-R',
  67: 'BD-RE',
}

/** IMAPI_FORMAT2_DATA_MEDIA_STATE. */
const BLANK = 0x2
const APPENDABLE = 0x4
const REWRITABLE: readonly (MediumKind | null)[] = ['CD-RW', 'DVD-RW', 'DVD+RW', 'DVD-RAM', 'BD-RE']
const OVERWRITABLE: readonly (MediumKind | null)[] = ['DVD+RW', 'DVD-RAM', 'BD-RE']

/** Sectors in a second at 1x, as IMAPI2 counts (imapi2.h, IMAPI_SECTORS_PER_SECOND_AT_1X_…). */
const SECTORS_AT_1X = { CD: 75, DVD: 680, BD: 2195 } as const

function sectorsAtSingleSpeed(kind: MediumKind | null): number {
  if (kind?.startsWith('CD')) return SECTORS_AT_1X.CD
  return kind?.startsWith('BD') ? SECTORS_AT_1X.BD : SECTORS_AT_1X.DVD
}

/** As IMAPI2 takes it: -1 for the fastest. */
export function sectorsPerSecond(kilobytesPerSecond: number | null, kind: MediumKind | null): number {
  return kilobytesPerSecond === null ? -1 : Math.round((kilobytesPerSecond / singleSpeedOf(kind)) * sectorsAtSingleSpeed(kind))
}

export function driveFactsOf(said: EventOf<'drive'>): DriveFacts {
  const { letter, vendor, model, revision, caption } = said
  return {
    address: letter,
    vendor,
    model: model === '' ? caption : model,
    revision,
    medium: said.hasDisc ? mediumOf(said) : null,
    unknownBecause: null,
  }
}

function mediumOf(said: EventOf<'drive'>): MediumFacts {
  const kind =
    physicalKinds[said.physicalType] ?? said.profiles.map((profile) => profileKinds[profile]).find((known) => known !== undefined) ?? null
  const state = stateOf(said)
  const isOverwritable = OVERWRITABLE.includes(kind)
  const readableBytes = state === 'blank' ? 0 : Math.max(0, said.lengthBytes)
  const freeBytes = (isOverwritable ? said.totalSectors : said.freeSectors) * SECTOR_BYTES
  return {
    kind,
    state,
    isRewritable: REWRITABLE.includes(kind),
    isOverwritable,
    sessions: [],
    capacityBytes: said.totalSectors > 0 ? said.totalSectors * SECTOR_BYTES : readableBytes > 0 ? readableBytes : null,
    readableBytes,
    freeBytes: state === 'closed' && !isOverwritable ? 0 : freeBytes,
    label: said.label === '' ? null : said.label,
    writeSpeeds: speedsOf(said.speeds, kind),
  }
}

/** A rewritable disc that was never used or was erased says the same as a new one. */
function stateOf({ status, isBlank }: EventOf<'drive'>): MediumState {
  if (isBlank || (status & BLANK) !== 0) return 'blank'
  return (status & APPENDABLE) !== 0 ? 'appendable' : 'closed'
}

function speedsOf(speeds: readonly number[], kind: MediumKind | null): WriteSpeed[] {
  const times = speeds.map((sectors) => Math.round((10 * sectors) / sectorsAtSingleSpeed(kind)) / 10)
  return [...new Set(times)]
    .sort((a, b) => b - a)
    .map((number) => ({ times: `${number}x`, kilobytesPerSecond: Math.round(number * singleSpeedOf(kind)) }))
}
