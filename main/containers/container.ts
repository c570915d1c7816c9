/** What a container gives, whatever its format: the tracks of a disc, each as a source of bytes. */
import type { DiscMedium, TrackFlags, TrackMode } from '../../shared/container.ts'
import type { ByteSource, ImageSource } from '../bytes/byte-source.ts'

/** How sectors lie in the stored bytes of a track. */
export interface SectorLayout {
  /** 2048, 2324, 2336 or 2352: what is stored of each sector. */
  readonly sectorBytes: number
  /** Behind each sector: 0, 16 or 96. */
  readonly subchannelBytes: number
  /** Where user data begin in a sector; of audio 0. */
  readonly dataOffsetBytes: number
}

/** From the beginning of one stored sector to that of the next. */
export const strideOf = ({ sectorBytes, subchannelBytes }: SectorLayout): number => sectorBytes + subchannelBytes

export interface Track {
  readonly number: number
  /** From 1. */
  readonly session: number
  readonly mode: TrackMode
  readonly layout: SectorLayout
  /** Of index 1, in sectors of the disc; 0 is where the first track of a disc usually begins. */
  readonly startLba: number
  /** From index 1 to the end of what is stored. */
  readonly lengthSectors: number
  /** Sectors of the track before index 1, stored or not. */
  readonly pregapSectors: number
  /** Sectors behind the track that are silent or zero and not stored. */
  readonly postgapSectors: number
  /** Where indexes from 2 on begin, in sectors from index 1. */
  readonly indexes: readonly number[]
  readonly flags: TrackFlags
  readonly isrc: string | null
  readonly title: string | null
  readonly performer: string | null
  /** Stored sectors from index 1 on, as many as `lengthSectors`. */
  readonly stored: ByteSource
  /** Stored sectors before index 1, as many as there are of `pregapSectors`, the last of them; null when none are. */
  readonly storedPregap: ByteSource | null
  /** Whether samples of audio are stored with their high byte first. */
  readonly isBigEndian: boolean
}

export interface Container {
  /** Name of the format for programs: `cue`. */
  readonly kind: string
  /** The same for people: `BIN/CUE`. */
  readonly title: string
  readonly medium: DiscMedium
  /** In the order of the disc. Never empty. */
  readonly tracks: readonly Track[]
  /** The data track that is meant when none is named; null for the first one, or where there is none. */
  readonly mainTrack: number | null
  /** Files that it consists of besides the one that was opened. */
  readonly companions: readonly ImageSource[]
  /** Media catalogue number. */
  readonly catalog: string | null
  /** What it holds besides sectors. */
  readonly hasCdText: boolean
  readonly hasSubchannel: boolean
  /** The SHA-1 that it says all its content has; left out where it says none. */
  readonly ownSum?: { readonly content: ByteSource; readonly sha1: string } | undefined
  /** Closes what it opened itself: companions, not the file that was handed to it. */
  close(): void
}

export const sessionCount = ({ tracks }: Container): number => new Set(tracks.map(({ session }) => session)).size
export const isData = ({ mode }: Track): boolean => mode !== 'audio'
