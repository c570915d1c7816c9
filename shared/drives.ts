/** What the program says about drives and discs, and about work with them. Plain data. */
import type { ImageProject } from './image-project.ts'

/** By their names; a virtual disc is a file that behaves like a rewritable one. */
export const mediumKinds = [
  'CD-ROM',
  'CD-R',
  'CD-RW',
  'DVD-ROM',
  'DVD-R',
  'DVD-R DL',
  'DVD-RW',
  'DVD+R',
  'DVD+R DL',
  'DVD+RW',
  'DVD-RAM',
  'BD-ROM',
  'BD-R',
  'BD-RE',
  'virtual disc',
] as const
export type MediumKind = (typeof mediumKinds)[number]

/** `blank`: nothing on it · `appendable`: holds data and takes more · `closed`: takes no more as it is. */
export type MediumState = 'blank' | 'appendable' | 'closed'

export interface DiscSession {
  readonly number: number
  readonly startSector: number
  readonly sectorCount: number
  readonly label: string | null
}

/** What is in a drive. */
export interface MediumFacts {
  /** Null when the drive says something that is not known here. */
  readonly kind: MediumKind | null
  readonly state: MediumState
  /** Whether it can be erased and used again. */
  readonly isRewritable: boolean
  /** Whether it is written in place, without sessions. */
  readonly isOverwritable: boolean
  readonly sessions: readonly DiscSession[]
  /** All that it can hold, the data on it included; null when the drive does not say. */
  readonly capacityBytes: number | null
  readonly readableBytes: number
  /** What can be written without erasing. */
  readonly freeBytes: number
  /** Name of the volume that was written last. */
  readonly label: string | null
  /** Fastest first. */
  readonly writeSpeeds: readonly WriteSpeed[]
}

/** Kilobytes in a second at 1x. */
const SINGLE_SPEEDS = { CD: 176.4, DVD: 1385, BD: 4495.625 } as const

export function singleSpeedOf(kind: MediumKind | null): number {
  if (kind?.startsWith('CD')) return SINGLE_SPEEDS.CD
  return kind?.startsWith('BD') ? SINGLE_SPEEDS.BD : SINGLE_SPEEDS.DVD
}

export interface WriteSpeed {
  readonly kilobytesPerSecond: number
  /** As printed on discs of this kind: `16x`. */
  readonly times: string
}

export interface DriveFacts {
  /** What commands call it: `/dev/sr0`, `stdio:FILE`. */
  readonly address: string
  readonly vendor: string
  readonly model: string
  readonly revision: string
  /** Null when there is no disc in it, or nothing could be found out. */
  readonly medium: MediumFacts | null
  /** Why nothing is known of what is in it; null when something is. */
  readonly unknownBecause: string | null
}

export type DriveProgress = RipProgress | BurnProgress | FlashProgress

/** What a burn is doing besides bytes. */
export interface BurnProgress {
  readonly kind: 'burn'
  /** Of the drive's own buffer, in percent; null when the program that writes does not say. */
  readonly bufferPercent: number | null
  /** Of the program's buffer. */
  readonly fifoPercent: number | null
  /** The copy that is being made, from 1. */
  readonly copy: number
  readonly copies: number
  /** Whether the disc is read back at the end. */
  readonly verifies: boolean
}

/** What the writing of a stick is going to do. */
export interface FlashProgress {
  readonly kind: 'flash'
  readonly verifies: boolean
}

/** What a rip is doing, for the window's sector map. */
export interface RipProgress {
  readonly kind: 'rip'
  /** From 1. */
  readonly pass: number
  /** The medium from its start to its end in equal parts: the worst state in each, as characters of GNU ddrescue's map; `!` for good but slow. */
  readonly cells: string
  readonly unreadBytes: number
  /** Bytes that were tried and failed, so far. */
  readonly badBytes: number
}

/** A stretch that could not be read. */
export interface MissingRange {
  readonly firstSector: number
  readonly sectorCount: number
  /** Paths of what lies there, folders with a slash at their end; empty when nothing that is known does. */
  readonly hits: readonly string[]
}

export interface DamagedFile {
  readonly path: string
  readonly missingBytes: number
}

/**
 * Copy protection that was recognised; what it protects was copied as it stands on the disc. `css-refused`: the drive gave
 * none of the titles, as it does with scrambled ones.
 */
export type Protection = 'css' | 'css-refused' | 'aacs'

/** What reading a disc and comparing it found. */
export interface ReadBack {
  readonly isSame: boolean
  readonly differingSectors: number
  /** Sectors that could not be read; after some the rest is not tried any more. */
  readonly unreadableSectors: number
  /** The first that is different or can't be read. */
  readonly firstBadSector: number | null
}

export interface RipRequest {
  /** A device's path, or `stdio:FILE` for a virtual disc. */
  readonly drive: string
  readonly outPath: string
  /** Map in GNU ddrescue's form; null for one beside the image that goes away when nothing is missing. */
  readonly mapPath: string | null
  /** Passes over sectors that could not be read. */
  readonly retries: number
  /** Whether to go on with what an earlier rip, or ddrescue, left. */
  readonly resume: boolean
  readonly overwrite: boolean
  /** Whether to read the disc a second time and compare. */
  readonly verify: boolean
  /** Whether to take what lies behind the disc's volumes too. */
  readonly whole: boolean
  /** Whether to write a mark into sectors that could not be read; else they are zeros. */
  readonly fillUnread: boolean
}

export interface RipResult {
  readonly kind: 'rip'
  readonly path: string
  readonly sizeBytes: number
  /** Of the image as it is, missing sectors included. */
  readonly sha256: string
  readonly unreadBytes: number
  readonly missingRangeCount: number
  /** The first of them. */
  readonly missing: readonly MissingRange[]
  readonly damagedFileCount: number
  /** The first of them. */
  readonly damagedFiles: readonly DamagedFile[]
  /** Null when no map was kept. */
  readonly mapPath: string | null
  readonly protection: Protection | null
  /** Null when it was not asked for. */
  readonly secondReading: ReadBack | null
  /** What became of the medium, as in the progress. */
  readonly cells: string
  /** Of a disc with audio, which becomes a CUE sheet and the BIN file beside it; `sizeBytes` and `sha256` are those of the BIN file. */
  readonly tracks?: { readonly audio: number; readonly data: number } | undefined
  readonly durationMs: number
}

export type BurnSource =
  | { readonly kind: 'image'; readonly path: string }
  /** Files and folders, burned while they are laid out, without an image in between. */
  | { readonly kind: 'project'; readonly project: ImageProject }

export interface BurnRequest {
  readonly source: BurnSource
  /** A device's path, or `stdio:FILE` for a virtual disc. */
  readonly drive: string
  /** As printed on discs of the kind: 4 for 4x; null for the fastest that drive and disc agree on. */
  readonly speedTimes: number | null
  /** Everything but the laser's writing power; the disc stays as it is. */
  readonly simulate: boolean
  /** Whether what is on a rewritable disc may be destroyed. */
  readonly erase: boolean
  /** Whether to read the disc back and compare. */
  readonly verify: boolean
  readonly eject: boolean
  /** Whether to burn an image that is known to be damaged. */
  readonly force: boolean
  /** Discs to make, one after the other; the drive is opened between them. */
  readonly copies: number
  /** Whether the disc is to take more sessions afterwards; closed for good when left out. */
  readonly leaveOpen?: boolean
  /** Whether to add files as a session to what is on the disc, if there is anything. */
  readonly append?: boolean
}

/** What became of one disc. */
export interface BurnedCopy {
  readonly written: boolean
  /** Null when it was not asked for or could not be done; `verifyProblem` then says why. */
  readonly verified: ReadBack | null
  readonly verifyProblem: string | null
  /** Null when it was not asked for. */
  readonly ejected: boolean | null
}

export interface BurnResult {
  readonly kind: 'burn'
  /** The drive. */
  readonly path: string
  readonly mediumKind: MediumKind | null
  readonly sizeBytes: number
  /** Of what was written; null when it was not computed. */
  readonly sha256: string | null
  readonly simulated: boolean
  /** Whether the disc takes more sessions. */
  readonly leftOpen?: true
  readonly copies: readonly BurnedCopy[]
  /** The program that wrote, and why that one. */
  readonly tool: string
  readonly toolReason: string
  readonly durationMs: number
}

export interface EraseRequest {
  readonly drive: string
  /** Whether to overwrite everything, instead of only what leads to it. */
  readonly full: boolean
}

export interface EraseResult {
  readonly kind: 'erase'
  /** The drive. */
  readonly path: string
  readonly mediumKind: MediumKind | null
  /** What there is room for now. */
  readonly sizeBytes: number
  readonly tool: string
  readonly durationMs: number
}

/** A stick, card or disk as the system sees it: all of it, not a partition. */
export interface FlashTarget {
  /** `/dev/sdb`. */
  readonly path: string
  readonly vendor: string
  readonly model: string
  readonly serial: string
  readonly sizeBytes: number
  /** How it is connected: `usb`, `sata`, `nvme`; empty when not told. */
  readonly connection: string
  readonly isRemovable: boolean
  readonly isReadOnly: boolean
  /** Where it or a part of it is mounted, `[SWAP]` where it is swapped to. */
  readonly mountPoints: readonly string[]
  /** Labels of what is on it. */
  readonly labels: readonly string[]
}

export interface FlashRequest {
  readonly imagePath: string
  /** Path of the target. */
  readonly device: string
  /** Whether to read the target back and compare. */
  readonly verify: boolean
}

export interface FlashResult {
  readonly kind: 'flash'
  /** The stick. */
  readonly path: string
  readonly model: string
  readonly sizeBytes: number
  /** Of the image. */
  readonly sha256: string
  /** Null when it was not asked for. */
  readonly verified: ReadBack | null
  readonly durationMs: number
}
