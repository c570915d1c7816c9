/** What the window sees of an opened image: its trees, entries, contents and what lies where. Plain data. */
import type { ContainerFacts } from './container.ts'
import type { EntryType, Extent, Finding } from './image-model.ts'
import type { FileSystemKind } from './image-project.ts'
import type { ProblemReport } from './problem.ts'

/** `boot`: boot images and partitions as files. */
export type BrowsedViewKind = FileSystemKind | 'boot'

/** A tree that an image can be looked at through. */
export interface BrowsedView {
  readonly kind: BrowsedViewKind
  readonly label: string
}

/** What is known of an image as soon as it is open. */
export interface OpenedImage {
  readonly imageId: string
  /** Of the file. */
  readonly token: string
  readonly name: string
  readonly displayPath: string
  readonly sizeBytes: number
  /** What it comes in, such as `CHD` or `BIN/CUE in ZIP`; null for an image that is a file of its own. */
  readonly container: string | null
  readonly label: string
  /** Best first; boot equipment, where there is some, can be looked at as well. None in an image of sound alone. */
  readonly views: readonly BrowsedView[]
  /** Number of the session that is shown; null where there are no sessions. */
  readonly session: number | null
  /** Number of the data track of a disc that is shown; null for an image without tracks. */
  readonly track: number | null
}

/** How far a file is that has to be expanded whole before it can be looked at. */
export interface ExpandProgress {
  readonly doneBytes: number
  readonly totalBytes: number
}

export interface DescribedFileSystem {
  readonly kind: FileSystemKind
  /** Such as `ISO 9660 level 3` or `UDF 2.50`. */
  readonly title: string
  readonly label: string
  /** Dates are milliseconds since 1970; null when not recorded. */
  readonly createdMs: number | null
  readonly modifiedMs: number | null
  readonly expiresMs: number | null
  readonly effectiveMs: number | null
  readonly systemId: string
  readonly volumeSetId: string
  readonly publisherId: string
  readonly preparerId: string
  readonly applicationId: string
  readonly blockBytes: number
  readonly volumeSizeBytes: number
}

export interface DescribedSession {
  /** From 1. */
  readonly number: number
  /** In sectors of 2048 bytes. */
  readonly startLba: number
  readonly sizeBytes: number
}

export interface DescribedBootImage {
  /** From 1, in the order of the catalog. */
  readonly number: number
  /** Where it can be read as a file; null when it lies outside the image. */
  readonly path: string | null
  /** Such as `BIOS` or `UEFI`. */
  readonly platform: string
  readonly isBootable: boolean
  /** What firmware pretends it is, such as `floppy-1.44M`; null for a plain loader. */
  readonly emulation: string | null
  readonly lba: number
  readonly sizeBytes: number | null
  readonly isSizeGuessed: boolean
  /** Sectors of 512 bytes that firmware loads. */
  readonly loadedSectors: number
  readonly hasBootInfoTable: boolean
}

export interface DescribedPartition {
  readonly table: 'mbr' | 'gpt' | 'apple'
  readonly number: number
  /** Such as `EFI system partition`, or the number of its type. */
  readonly type: string
  readonly name: string
  readonly isActive: boolean
  readonly startBytes: number
  readonly sizeBytes: number
}

/** Everything that an image says of itself; takes a walk through it. */
export interface ImageDescription {
  readonly files: number
  readonly directories: number
  readonly contentBytes: number
  /** Plain ISO 9660 first. */
  readonly fileSystems: readonly DescribedFileSystem[]
  /** Oldest first. */
  readonly sessions: readonly DescribedSession[]
  /** The container that it lies in, with its tracks; null for an image that is a file of its own. */
  readonly disc: ContainerFacts | null
  readonly boot: readonly DescribedBootImage[]
  readonly partitions: readonly DescribedPartition[]
  /** Whether a computer may start it from a stick as well: it has boot code or partitions at its beginning. */
  readonly isHybrid: boolean
  /** Worst first. */
  readonly findings: readonly Finding[]
}

export const sortColumns = ['name', 'size', 'modified', 'kind', 'mode', 'place'] as const
export interface SortOrder {
  readonly by: (typeof sortColumns)[number]
  readonly descending: boolean
}

/** Entries of a folder, or what a search found, in an order; rows are asked for by place. */
export interface Listing {
  readonly listingId: number
  readonly count: number
  /** False while entries are still being read or looked for: `count` grows, and the order is not yet what was asked for. */
  readonly isComplete: boolean
  /** Entries looked at so far. */
  readonly searched: number
}

export interface ListingNews extends Listing {
  readonly imageId: string
  /** Why it never became complete. */
  readonly problem: ProblemReport | null
}

/** Consecutive rows of a listing: the first, and the one behind the last. */
export type RowRange = readonly [from: number, to: number]

export interface BrowsedRow {
  /** Number of the entry in its view, for as long as the image is open. */
  readonly entry: number
  readonly name: string
  readonly type: EntryType
  /** Of a file. */
  readonly sizeBytes: number
  readonly modifiedMs: number | null
  /** st_mode; null where the file system has none. */
  readonly mode: number | null
  /** Where its content begins, in sectors of 2048 bytes; null when nowhere. */
  readonly lba: number | null
  readonly linkTarget: string | null
  readonly isUnreadable: boolean
  /** Of a folder that was read: how many entries are directly in it. */
  readonly childCount: number | null
  /** Path of the folder that it is in. */
  readonly folder: string
}

/** A folder in the tree at the side. */
export interface BrowsedFolder {
  readonly entry: number
  readonly name: string
  readonly path: string
  /** Null while it isn't known. */
  readonly hasFolders: boolean | null
}

export interface EntryName {
  readonly view: BrowsedViewKind
  readonly path: string
}

export interface EntryDetails {
  readonly entry: number
  readonly name: string
  readonly path: string
  readonly type: EntryType
  readonly sizeBytes: number
  readonly modifiedMs: number | null
  readonly mode: number | null
  readonly uid: number | null
  readonly gid: number | null
  readonly links: number | null
  readonly linkTarget: string | null
  /** Why its content can't be read; null when it can. */
  readonly unreadable: string | null
  /** Bytes that it takes in compressed form; null when it is stored as it is. */
  readonly compressedBytes: number | null
  /** The first ones, in sectors of 2048 bytes; `extentCount` is how many there are. */
  readonly extents: readonly Extent[]
  readonly extentCount: number
  /** What it is called in every tree that has it, this one included. */
  readonly names: readonly EntryName[]
}

export interface MeasuredContent {
  /** Everything but folders. */
  readonly files: number
  readonly directories: number
  readonly contentBytes: number
}

export const textEncodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1251',
  'windows-1250',
  'ibm866',
  'shift_jis',
  'euc-jp',
  'gb18030',
  'big5',
  'euc-kr',
] as const
export type TextEncoding = (typeof textEncodings)[number]

export type Preview =
  | { readonly kind: 'text'; readonly text: string; readonly encoding: TextEncoding; readonly isGuessed: boolean; readonly isCut: boolean }
  | {
      readonly kind: 'picture'
      readonly bytes: Uint8Array<ArrayBuffer>
      readonly mediaType: string
      /** Null when the header doesn't tell in a simple way. */
      readonly widthPx: number | null
      readonly heightPx: number | null
    }
  /** Nothing that could be shown as text or picture: its bytes can be looked at. */
  | { readonly kind: 'bytes' }
  | { readonly kind: 'empty' }
  /** One plain sentence: why there is nothing to be seen. */
  | { readonly kind: 'none'; readonly reason: string }

/**
 * What a sector holds, for the map. `other`: it isn't empty, but is no file, folder or structure that is told apart
 * (descriptors of UDF, padding, leftovers) · `unknown`: not looked at, because there is too much of that.
 */
export const sectorUses = ['free', 'unknown', 'other', 'file', 'directory', 'structure', 'boot'] as const
export type SectorUse = (typeof sectorUses)[number]

export interface SectorMap {
  readonly sectors: number
  /** Each cell stands for this many sectors; the last for what is left. */
  readonly sectorsPerCell: number
  /** Index into `sectorUses`, one a cell: the last in that order of what is in it. */
  readonly cells: Uint8Array<ArrayBuffer>
  /** Bytes of each use, in the order of `sectorUses`. */
  readonly usedBytes: readonly number[]
  /** Where the volume ends, as its descriptors say; null when they don't. */
  readonly volumeEndLba: number | null
}

/** What lies at a sector. */
export interface SectorContent {
  readonly lba: number
  readonly use: SectorUse
  /** Structures that cover it, such as `Primary volume descriptor`. */
  readonly titles: readonly string[]
  /** Files and folders that cover it; the first few of those that share it. */
  readonly entries: readonly { readonly entry: number; readonly path: string; readonly startLba: number; readonly lengthBytes: number }[]
}

/** Where something is to be extracted to, before it is. */
export interface ExtractTarget {
  readonly token: string
  readonly displayPath: string
  /** Names that are there already; the first few. */
  readonly taken: readonly string[]
  readonly takenCount: number
}

/** An image that was opened before. */
export interface RecentImage {
  /** Null when it isn't there any more. */
  readonly token: string | null
  readonly recentId: string
  readonly name: string
  readonly label: string
  readonly displayPath: string
  readonly sizeBytes: number
  readonly openedAtMs: number
}
