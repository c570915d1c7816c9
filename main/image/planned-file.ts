/** What an extraction is to make of one entry. */
import type { ImageEntry } from './image-view.ts'

export interface PlannedFolder {
  readonly entry: ImageEntry
  readonly name: string
  /** Null for a folder right in the target. */
  readonly parent: PlannedFolder | null
  readonly depth: number
}

export interface PlannedFile {
  /** On the host. */
  readonly name: string
  /** Null when it goes right into the target. */
  readonly folder: PlannedFolder | null
  /** Byte of the image where the content begins. */
  readonly startBytes: number
  readonly sizeBytes: number
  readonly mode: number | null
  readonly modifiedMs: number | null
  /** Null for a small file, whose content is the image's bytes from its beginning on, as they are. */
  readonly entry: ImageEntry | null
  /** Path in the image. */
  readonly path: () => string
}
