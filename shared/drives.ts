/** What the program says about drives and discs, and about work with them. Plain data. */

export type DriveProgress = RipProgress

/** What a rip is doing, for the window's sector map. */
export interface RipProgress {
  readonly kind: 'rip'
  /** From 1. */
  readonly pass: number
  /** The medium from its start to its end in equal parts: the worst state in each, as characters of GNU ddrescue's map. */
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

/** Copy protection that was recognised; what it protects was copied as it stands on the disc. */
export type Protection = 'css' | 'aacs'

/** What a second reading of the disc found. */
export interface SecondReading {
  readonly isSame: boolean
  readonly differingSectors: number
  /** Sectors that could be read only once. */
  readonly unreadableSectors: number
  readonly firstDifferingSector: number | null
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
  readonly secondReading: SecondReading | null
  readonly durationMs: number
}
