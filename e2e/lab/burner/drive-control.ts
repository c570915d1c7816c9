/** What a test can do to the drive: hands on it, faults, and how fast it is. */
import type { DiscRequest } from './disc.ts'
import type { DiscTrack } from './disc-track.ts'

/** Sectors from the first to the last, or a single one. */
export type SectorRange = number | readonly [first: number, last: number]

export interface DriveFaults {
  /** Sectors that can't be read. */
  readonly readErrors?: readonly SectorRange[]
  /** Sectors over which a read takes `slowMs`. */
  readonly slow?: readonly SectorRange[]
  readonly slowMs?: number
  /** The write that reaches this block fails with `writeErrorSense`. */
  readonly writeErrorAt?: number
  /** Key, code and qualifier: `03/0c/00` is a write error. */
  readonly writeErrorSense?: string
  /** The disc is pulled out at the write that reaches this block. */
  readonly removeAt?: number
  /** The right laser power can't be found. */
  readonly opc?: boolean
  /** Tracks and sessions can't be closed. */
  readonly close?: boolean
  /** The tray does not open. */
  readonly stuck?: boolean
}

/** Nothing given: as fast as it goes. */
export interface DrivePace {
  readonly writeKilobytesPerSecond?: number
  readonly readKilobytesPerSecond?: number
  /** How long blanking, formatting and closing take. */
  readonly busyMs?: number
}

export type DriveOrder =
  | { readonly op: 'state' }
  | ({ readonly op: 'insert' } & DiscRequest)
  /** Also while it burns, locked or not. */
  | { readonly op: 'remove'; readonly open?: boolean }
  /** The button at the drive's front. */
  | { readonly op: 'button' }
  | { readonly op: 'eject' }
  | { readonly op: 'load' }
  /** Replaces all faults. */
  | ({ readonly op: 'faults' } & DriveFaults)
  | ({ readonly op: 'pace' } & DrivePace)

export interface DriveState {
  readonly tray: 'open' | 'closed'
  readonly isLocked: boolean
  readonly disc: {
    readonly kind: string
    readonly profile: number
    /** As READ DISC INFORMATION counts. */
    readonly discStatus: number
    readonly sessionStatus: number
    readonly endBlock: number
    readonly session: number
    readonly tracks: readonly DiscTrack[]
  } | null
}

export const rangeOf = (range: SectorRange): readonly [first: number, last: number] => (typeof range === 'number' ? [range, range] : range)

/** The first sector of a read that lies in one of the ranges; null when none does. */
export function firstIn(ranges: readonly SectorRange[], lba: number, count: number): number | null {
  for (const range of ranges) {
    const [first, last] = rangeOf(range)
    if (lba <= last && lba + count > first) return Math.max(first, lba)
  }
  return null
}
