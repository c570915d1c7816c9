/** What the window sees of an image being put together: rows of its tree, and the plan's summary. Plain data. */
import type { EntryType, SkippedSource } from './image-model.ts'
import type { CreateOptions, FileSystemKind } from './image-project.ts'
import type { ProblemReport } from './problem.ts'

/** One entry of a staged folder. */
export interface StagedRow {
  readonly name: string
  /** Staged path, the row's identity: `/Photos/2019`. */
  readonly path: string
  readonly type: EntryType
  /** Of a folder: everything below it. */
  readonly sizeBytes: number
  /** Of a folder: how many entries are directly in it. */
  readonly childCount: number
  readonly modifiedMs: number | null
  /** How many things the chosen file systems will change here; of a folder, everything below included. */
  readonly changeCount: number
  /** Symbolic links: where to. */
  readonly linkTarget: string | null
}

/** The plan as a whole, kept up to date while somebody arranges the tree. */
export interface StagedSummary {
  readonly files: number
  readonly directories: number
  readonly contentBytes: number
  /** Exact size of the image to come; null when it can't be made as it stands (see `problem`). */
  readonly imageSizeBytes: number | null
  /** Those that the image will have; UDF may have been added for large files. */
  readonly fileSystems: readonly FileSystemKind[]
  readonly changeCounts: Readonly<Partial<Record<FileSystemKind, number>>>
  readonly changeTotal: number
  readonly skipped: readonly SkippedSource[]
  /** The label that will be written, given or derived. */
  readonly label: string
  /** Why the image can't be made as it stands: no files, bad label. */
  readonly problem: ProblemReport | null
  readonly options: CreateOptions
  readonly canUndo: boolean
  readonly canRedo: boolean
}
