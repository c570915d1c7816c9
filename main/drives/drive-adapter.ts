/** What every system can do with drives, each in its own way: `linux/`, `macos/`, `windows/`. */
import type { Writable } from 'node:stream'
import type { DriveFacts, MediumFacts } from '../../shared/drives.ts'
import type { SectorSource } from '../bytes/sector-source.ts'
import type { BurnEvent } from './burn-event.ts'
import type { DriveAddress } from './drive-address.ts'

export interface BurnOrder {
  readonly drive: DriveAddress
  readonly medium: MediumFacts
  /** Null: the image comes as a stream. */
  readonly imagePath: string | null
  readonly sizeBytes: number
  /** Null for the fastest that drive and disc agree on. */
  readonly kilobytesPerSecond: number | null
  /** Everything but the laser's writing power. */
  readonly simulate: boolean
  readonly sessions?: SessionOrder
}

/** About discs that take several sessions: what is left out is a disc of one session, closed for good. */
export interface SessionOrder {
  /** Whether it goes behind what is there. */
  readonly isAdded: boolean
  /** Whether others may follow. */
  readonly leaveOpen: boolean
}

export interface DriveListener {
  event(event: BurnEvent): void
  /** A line of the program that does the work, for the log. */
  line(text: string): void
}

/** Work that a program does with a drive. */
export interface DriveWork {
  /** Where the stream goes; null when none was ordered. */
  readonly input: Writable | null
  /** Rejects with a Problem that says why it failed. */
  readonly ended: Promise<void>
  /** Asks the program to stop and bring the drive to rest; `ended` tells when that is done. */
  stop(): void
}

/** Which program does the work, and why that one. */
export interface ToolNote {
  readonly tool: string
  readonly reason: string
}

export interface OpenMedium {
  readonly source: SectorSource
  /** Whether it is written in place: its size then says nothing of what is on it. */
  readonly isOverwritable: boolean
}

/** Of a CD that has audio. */
export interface DiscTracks {
  readonly audio: number
  readonly data: number
  /** All that the drive counts. */
  readonly sectorCount: number
}

export interface TrackOrder {
  readonly drive: DriveAddress
  /** Gets the sectors of every track, raw. */
  readonly dataPath: string
  /** Gets the description of the tracks, as cdrdao writes it. */
  readonly tocPath: string
}

export interface TrackListener {
  progress(progress: { readonly doneSectors: number; readonly totalSectors: number }): void
  line(text: string): void
}

export interface DriveAdapter {
  /** Whether an image can be burned while it comes into being; else it has to be a file first. */
  readonly canStream: boolean
  /** Drives for discs, with what is in them. */
  list(): Promise<readonly DriveFacts[]>
  /** Throws a Problem when there is no such drive. */
  look(drive: DriveAddress): Promise<DriveFacts>
  /** Throws a `usage` Problem that says what to install when nothing here can do it. */
  toolFor(work: 'burn' | 'erase', drive: DriveAddress, medium: MediumFacts, sessions?: SessionOrder): ToolNote
  /** The sector where a session that is added would begin; null when the drive does not tell. Left out where sessions can't be added. */
  nextSession?(drive: DriveAddress): Promise<number | null>
  burn(order: BurnOrder, listener: DriveListener): DriveWork
  erase(drive: DriveAddress, medium: MediumFacts, full: boolean, listener: DriveListener): DriveWork
  /** Gives whether the tray moved. */
  moveTray(drive: DriveAddress, move: 'eject' | 'load'): Promise<boolean>
  /** Opens the disc for reading, waiting so long for one that is being loaded. Throws an `io` Problem when there is none. */
  openMedium(drive: DriveAddress, patienceMs: number): Promise<OpenMedium>
  /** Null for discs without audio, and while nothing is known of the disc. Left out where audio can't be read. */
  tracksOf?(drive: DriveAddress): DiscTracks | null
  /** Reads every track. Throws a `usage` Problem that says what to install when nothing here can do it. */
  readTracks?(order: TrackOrder, listener: TrackListener): DriveWork & { readonly note: ToolNote }
  /** Calls whenever a drive or disc comes or goes; gives the function that ends it. */
  watch(changed: () => void): () => void
}
