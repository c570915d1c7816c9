/** What window and command line tell of a container: plain data. */

/** `mode2` has the two forms of CD-ROM XA, told by each sector's sub-header. */
export type TrackMode = 'audio' | 'mode1' | 'mode2'
/** `gd`: of a Dreamcast. */
export type DiscMedium = 'cd' | 'dvd' | 'gd'

export interface TrackFlags {
  readonly copyPermitted: boolean
  readonly preEmphasis: boolean
  readonly fourChannels: boolean
  readonly serialCopy: boolean
}

export interface TrackFacts {
  readonly number: number
  readonly session: number
  readonly mode: TrackMode
  /** What is stored of each sector: 2048, 2324, 2336 or 2352. */
  readonly sectorBytes: number
  /** Behind each sector. */
  readonly subchannelBytes: number
  readonly startLba: number
  readonly lengthSectors: number
  readonly pregapSectors: number
  readonly isrc: string | null
  readonly flags: TrackFlags
  readonly title: string | null
  readonly performer: string | null
}

export interface ContainerFacts {
  /** For programs: `cue`. */
  readonly kind: string
  /** For people, outermost first: `BIN/CUE in gzip`. */
  readonly title: string
  readonly medium: DiscMedium
  /** Names of the files that it consists of besides the one that was opened. */
  readonly companions: readonly string[]
  readonly sessions: number
  readonly tracks: readonly TrackFacts[]
  /** Number of the data track that is shown; null for a disc of audio only. */
  readonly track: number | null
  readonly catalog: string | null
  readonly hasCdText: boolean
  readonly hasSubchannel: boolean
}

export const CD_FRAMES_PER_SECOND = 75
export const noTrackFlags: TrackFlags = { copyPermitted: false, preEmphasis: false, fourChannels: false, serialCopy: false }
