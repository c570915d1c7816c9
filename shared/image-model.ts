/** What the engine says about images: entries, changes, findings. Plain data. */
import type { FileSystemKind } from './image-project.ts'

export type EntryType = 'file' | 'directory' | 'symlink' | 'block' | 'char' | 'fifo' | 'socket'

/** Why a file system can't hold a name or attribute as it is. */
export type ChangeKind =
  /** Another spelling: characters the file system doesn't have. */
  | 'mapped'
  /** Cut to the file system's length. */
  | 'shortened'
  /** Would have had the name of a sibling; numbered. */
  | 'numbered'
  /** A folder too deep for the file system, put elsewhere in it. */
  | 'relocated'
  /** Left out of this file system (a link or device where it has none). */
  | 'omitted'
  /** Kept, but some systems will not be able to open it. */
  | 'caution'

/** One thing a file system will hold differently from the source. */
export interface Change {
  readonly fileSystem: FileSystemKind
  readonly kind: ChangeKind
  /** Staged path. */
  readonly path: string
  /** Name or place in that file system; null when omitted. */
  readonly becomes: string | null
  /** One plain sentence. */
  readonly reason: string
}

/** A source that was left out because the user chose to skip what can't be read. */
export interface SkippedSource {
  readonly path: string
  readonly reason: string
}

export type FindingSeverity = 'note' | 'suspicious' | 'damaged' | 'fatal'

/** Something an image says wrongly or oddly; reading went on. */
export interface Finding {
  readonly code: string
  readonly severity: FindingSeverity
  /** One plain sentence: what is wrong and what it means. */
  readonly message: string
  /** Path in the image, when it concerns one entry. */
  readonly path?: string | undefined
  /** Byte offset in the image. */
  readonly offsetBytes?: number | undefined
  /** Clause of the standard. */
  readonly clause?: string | undefined
}

/** A run of bytes in the image. */
export interface Extent {
  readonly lba: number
  readonly lengthBytes: number
}
