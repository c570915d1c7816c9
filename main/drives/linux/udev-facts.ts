/** What udev noted of a drive and its disc (systemd's cdrom_id): known at once, without touching the drive. */

import type { MediumFacts, MediumKind, MediumState } from '../../../shared/drives.ts'
import type { DiscTracks } from '../drive-adapter.ts'

/** Its properties of media, the more telling ones first. */
const kinds: readonly (readonly [property: string, kind: MediumKind])[] = [
  ['ID_CDROM_MEDIA_BD_RE', 'BD-RE'],
  ['ID_CDROM_MEDIA_BD_R', 'BD-R'],
  ['ID_CDROM_MEDIA_BD', 'BD-ROM'],
  ['ID_CDROM_MEDIA_DVD_RAM', 'DVD-RAM'],
  ['ID_CDROM_MEDIA_DVD_PLUS_R_DL', 'DVD+R DL'],
  ['ID_CDROM_MEDIA_DVD_PLUS_RW', 'DVD+RW'],
  ['ID_CDROM_MEDIA_DVD_PLUS_R', 'DVD+R'],
  ['ID_CDROM_MEDIA_DVD_RW', 'DVD-RW'],
  ['ID_CDROM_MEDIA_DVD_R_DL', 'DVD-R DL'],
  ['ID_CDROM_MEDIA_DVD_R', 'DVD-R'],
  ['ID_CDROM_MEDIA_DVD', 'DVD-ROM'],
  ['ID_CDROM_MEDIA_CD_RW', 'CD-RW'],
  ['ID_CDROM_MEDIA_CD_R', 'CD-R'],
  ['ID_CDROM_MEDIA_CD', 'CD-ROM'],
]
const REWRITABLE: readonly (MediumKind | null)[] = ['CD-RW', 'DVD-RW', 'DVD+RW', 'DVD-RAM', 'BD-RE']
const OVERWRITABLE: readonly (MediumKind | null)[] = ['DVD+RW', 'DVD-RAM', 'BD-RE']
const states: Readonly<Record<string, MediumState>> = { blank: 'blank', appendable: 'appendable', complete: 'closed', other: 'closed' }

/** User sectors of a disc of one layer (two for DL), of which udev says nothing; discs of more have at least these. */
const nominalSectors: Readonly<Partial<Record<MediumKind, number>>> = {
  'CD-R': 359_844,
  'CD-RW': 359_844,
  'DVD-R': 2_295_104,
  'DVD-RW': 2_295_104,
  'DVD+R': 2_295_104,
  'DVD+RW': 2_295_104,
  'DVD-RAM': 2_236_704,
  'DVD-R DL': 4_171_712,
  'DVD+R DL': 4_171_712,
  'BD-R': 12_219_392,
  'BD-RE': 11_826_176,
}
const SECTOR_BYTES = 2048

export interface UdevDrive {
  readonly vendor: string
  readonly model: string
  readonly revision: string
  readonly medium: MediumFacts | null
}

/** From the text of udev's database or of `udevadm info`; `sizeBytes` is what the kernel says of the disc. */
export function parseUdevDrive(text: string, sizeBytes: number): UdevDrive {
  const properties = new Map([...text.matchAll(/^(?:E[: ]\s?)?([A-Z0-9_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]))
  const value = (name: string) => (properties.get(name) ?? '').replaceAll('_', ' ').trim()
  const hasMedium = properties.get('ID_CDROM_MEDIA') === '1'
  return {
    vendor: value('ID_VENDOR'),
    model: value('ID_MODEL'),
    revision: value('ID_REVISION'),
    medium: hasMedium ? mediumOf(properties, sizeBytes) : null,
  }
}

/** Null for a disc without audio. */
export function parseUdevTracks(text: string, sizeBytes: number): DiscTracks | null {
  const count = (of: string) => Number(new RegExp(`ID_CDROM_MEDIA_TRACK_COUNT_${of}=(\\d+)`).exec(text)?.[1] ?? 0)
  const audio = count('AUDIO')
  return audio === 0 ? null : { audio, data: count('DATA'), sectorCount: Math.floor(sizeBytes / SECTOR_BYTES) }
}

function mediumOf(properties: ReadonlyMap<string, string>, sizeBytes: number): MediumFacts {
  const kind = kinds.find(([property]) => properties.get(property) === '1')?.[1] ?? null
  const state = states[properties.get('ID_CDROM_MEDIA_STATE') ?? ''] ?? 'closed'
  const isOverwritable = OVERWRITABLE.includes(kind) || properties.get('ID_CDROM_MEDIA_DVD_RW_RO') === '1'
  const sectors = kind === null ? undefined : nominalSectors[kind]
  const capacityBytes = sectors === undefined ? null : sectors * SECTOR_BYTES
  return {
    kind,
    state,
    isRewritable: REWRITABLE.includes(kind),
    isOverwritable,
    sessions: [],
    capacityBytes,
    readableBytes: state === 'blank' ? 0 : sizeBytes,
    freeBytes: state === 'blank' || isOverwritable ? (capacityBytes ?? 0) : 0,
    label: properties.get('ID_FS_LABEL') ?? null,
    writeSpeeds: [],
  }
}
