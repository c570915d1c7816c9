/** The tree as the image's file systems will hold it. Made by the plan; the layout fills in the places. */
import type { SourceNode } from './source-tree.ts'

/** Contents that are stored once, however many names they have. */
export class FileContent {
  readonly source: SourceNode
  /** Rock Ridge's file serial number, the same for all names. */
  readonly serialNumber: number
  linkCount = 1
  /** Filled in by the layout; stays 0 for empty files. */
  extentLba = 0

  constructor(source: SourceNode, serialNumber: number) {
    this.source = source
    this.serialNumber = serialNumber
  }
}

/** Where a directory's own records lie in one tree. */
export interface DirectoryPlace {
  extentLba: number
  sizeBytes: number
  /** Blocks right behind it for system use entries that its records have no room for. */
  continuationBytes: number
  /** Place in the path table, from 1. */
  number: number
}

export class PlannedDirectory {
  readonly entry: PlannedEntry
  /** Where people see it; null for the root. */
  readonly parent: PlannedDirectory | null
  /** Where the ISO 9660 tree has it: elsewhere when it was too deep. */
  isoParent: PlannedDirectory | null
  /** Level in the ISO 9660 tree, the root being 1. */
  isoDepth: number
  children: PlannedEntry[] = []
  /** Directories that were too deep and hang here in the ISO 9660 tree, with their names there. */
  relocatedHere: Map<PlannedDirectory, string> | null = null
  subdirectoryCount = 0
  readonly iso: DirectoryPlace = { extentLba: 0, sizeBytes: 0, continuationBytes: 0, number: 0 }
  readonly joliet: DirectoryPlace = { extentLba: 0, sizeBytes: 0, continuationBytes: 0, number: 0 }

  constructor(entry: PlannedEntry, parent: PlannedDirectory | null) {
    this.entry = entry
    this.parent = parent
    this.isoParent = parent
    this.isoDepth = parent === null ? 1 : parent.isoDepth + 1
  }

  get isRelocated(): boolean {
    return this.isoParent !== this.parent
  }
}

export class PlannedEntry {
  readonly source: SourceNode
  /** Without version; of a directory without dot. */
  readonly isoName: string
  readonly jolietName: string
  /** Files only. */
  content: FileContent | null = null
  directory: PlannedDirectory | null = null
  readonly serialNumber: number

  constructor(source: SourceNode, isoName: string, jolietName: string, serialNumber: number) {
    this.source = source
    this.isoName = isoName
    this.jolietName = jolietName
    this.serialNumber = serialNumber
  }
}

export interface ImageLabel {
  /** As the person wrote it or the source is called. */
  readonly text: string
  /** In the primary volume descriptor. */
  readonly iso9660: string
  readonly joliet: string
}

/** What all records share: set once for an image. */
export interface RecordPolicy {
  readonly joliet: boolean
  readonly rockRidge: boolean
  /** Reproducible images: one moment for every date. */
  readonly fixedTimeS: number | null
  /** Reproducible images: everything belongs to root. */
  readonly fixedOwner: boolean
}

export interface ImagePlan {
  readonly label: ImageLabel
  readonly policy: RecordPolicy
  readonly isoLevel: 1 | 2 | 3
  readonly root: PlannedDirectory
  /** Holds what was too deep; null when nothing was. Not in the Joliet tree. */
  readonly relocation: PlannedDirectory | null
  /** In the order they lie in the image. */
  readonly isoDirectories: readonly PlannedDirectory[]
  /** The same by level, then parent, then name. */
  readonly isoPathTable: readonly PlannedDirectory[]
  /** In both orders. */
  readonly jolietDirectories: readonly PlannedDirectory[]
  /** In the order they will lie in the image. */
  readonly contents: readonly FileContent[]
  /** Names of files, links and devices; folders without the root. */
  readonly fileCount: number
  readonly directoryCount: number
  readonly contentBytes: number
}
