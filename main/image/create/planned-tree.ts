/** The tree as the image's file systems will hold it. Made by the plan; the layout fills in the places. */
import { type FileSystemKind, fileSystemKinds, type IsoLevel, type JolietUnits } from '../../../shared/image-project.ts'
import type { BootEntryFields } from '../../boot/boot-catalog-composer.ts'
import type { BootFileNeeds } from '../../boot/boot-file-needs.ts'
import type { ComposedHybrid } from '../../boot/hybrid-composer.ts'
import type { UdfRevision } from '../../udf/revision.ts'
import type { SourceNode } from './source-tree.ts'

/** What few contents have. */
export interface RareContentFacts {
  /** What a boot loader wants written into it; null for all other files. */
  bootNeeds: BootFileNeeds | null
  /** Content of the same bytes whose place this one shares; null where it has its own. */
  storedWith: FileContent | null
  /** It is the boot catalog, which is composed and placed by itself. */
  isCatalog: boolean
  /** Blocks that it begins at a multiple of. */
  alignBlocks: number
  /** Blocks left empty before it. */
  gapBlocks: number
}

const USUAL: Readonly<RareContentFacts> = { bootNeeds: null, storedWith: null, isCatalog: false, alignBlocks: 1, gapBlocks: 0 }

/** Contents that are stored once, however many names they have. A million of them must fit in memory. */
export class FileContent {
  readonly source: SourceNode
  /** Rock Ridge's file serial number, the same for all names. */
  readonly serialNumber: number
  linkCount = 1
  /** Shared by all contents that have nothing rare; to be changed through `rareFacts`. */
  rare = USUAL
  /** Filled in by the layout; stays 0 for empty files. */
  extentLba = 0

  constructor(source: SourceNode, serialNumber: number) {
    this.source = source
    this.serialNumber = serialNumber
  }

  /** To be written to. */
  get rareFacts(): RareContentFacts {
    if (this.rare === USUAL) this.rare = { ...USUAL }
    return this.rare
  }

  /** Whether the bytes are written at a place of its own: not where they lie already, or are written for another. */
  get isWritten(): boolean {
    return this.source.sizeBytes > 0 && !this.rare.isCatalog && this.rare.storedWith === null && this.keptLba === null
  }

  /** Where the bytes lie already; null for bytes that are to be written. */
  get keptLba(): number | null {
    return this.source.extra?.content?.keptLba ?? null
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

const noPlace = (): DirectoryPlace => ({ extentLba: 0, sizeBytes: 0, continuationBytes: 0, number: 0 })

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
  readonly iso = noPlace()
  readonly joliet = noPlace()
  readonly enhanced = noPlace()

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

/** One entry with its name in every tree; where a tree isn't made, that of the source. */
export class PlannedEntry {
  readonly source: SourceNode
  /** Without version; of a directory without dot. */
  isoName: string
  jolietName: string
  /** Null where both are that of the source. */
  private rareNames: { enhanced: string; udf: string } | null = null
  /** Files only. */
  content: FileContent | null = null
  directory: PlannedDirectory | null = null
  readonly serialNumber: number

  constructor(source: SourceNode, serialNumber: number) {
    this.source = source
    this.serialNumber = serialNumber
    // The same string where a name is kept: a million names are not held twice.
    this.isoName = source.name
    this.jolietName = source.name
  }

  /** Of ISO 9660:1999. */
  get enhancedName(): string {
    return this.rareNames?.enhanced ?? this.source.name
  }

  set enhancedName(name: string) {
    if (name !== this.enhancedName) this.rareNames = { enhanced: name, udf: this.udfName }
  }

  get udfName(): string {
    return this.rareNames?.udf ?? this.source.name
  }

  set udfName(name: string) {
    if (name !== this.udfName) this.rareNames = { enhanced: this.enhancedName, udf: name }
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
  readonly iso9660: boolean
  /** Longest names of the Joliet tree; null without one. */
  readonly joliet: JolietUnits | null
  readonly rockRidge: boolean
  /** Whether there is a tree of ISO 9660:1999. */
  readonly enhanced: boolean
  /** Null without UDF. */
  readonly udf: UdfRevision | null
  /** Whether UDF holds symbolic links and device nodes. */
  readonly udfLinks: boolean
  /** Whether folders may lie deeper in ISO 9660 than its levels allow, as most readers take it. */
  readonly isDeep: boolean
  /** Behind the name of each file in ISO 9660; readers don't show it. */
  readonly fileVersion: ';1' | ''
  /** Reproducible images: one moment for every date. */
  readonly fixedTimeS: number | null
  /** Reproducible images: everything belongs to root. */
  readonly fixedOwner: boolean
}

/** A whole tree of its own behind a supplementary volume descriptor. */
export interface SupplementaryTree {
  readonly form: SupplementaryForm
  /** By level, then parent, then name: they lie as they stand in the path table. */
  readonly directories: readonly PlannedDirectory[]
}

/** What tells such trees apart. */
export interface SupplementaryForm {
  readonly kind: 'joliet' | 'enhanced'
  name(entry: PlannedEntry): string
  place(directory: PlannedDirectory): DirectoryPlace
  encode(name: string): Uint8Array
  /** Bytes that `encode` would give. */
  encodedBytes(name: string): number
  /** Order of the names as bytes. */
  compare(a: string, b: string): number
}

export interface PlannedBootEntry {
  /** Its place is that of the content. */
  readonly fields: BootEntryFields
  readonly content: FileContent
}

/** What El Torito records. */
export interface BootPlan {
  /** Name in the catalog's first entry. */
  readonly id: string
  readonly entries: readonly PlannedBootEntry[]
}

/** Partition tables around the image; composed when everything has its place. */
export interface SystemAreaPlan {
  /** The image ends on a multiple of these. */
  readonly unitBlocks: number
  /** Blocks at the image's end that the tail may take; 0 when it has none. At most 256. */
  readonly tailBlocks: number
  compose(sizeBlocks: number, seed: string): ComposedHybrid
}

/** What an image that is edited says of itself as before. */
export interface KeptVolumes {
  /** Turns volume descriptors made anew into the old ones, with the new places. */
  descriptors(fresh: Uint8Array): Uint8Array
  readonly udf: { readonly volumeSetIdentifier?: string; readonly recordedMs?: number }
}

export interface ImagePlan {
  readonly label: ImageLabel
  readonly policy: RecordPolicy
  readonly isoLevel: IsoLevel
  readonly root: PlannedDirectory
  /** Holds what was too deep for ISO 9660; null when nothing was. In no other tree. */
  readonly relocation: PlannedDirectory | null
  /** In the order they lie in the image; none without ISO 9660. */
  readonly isoDirectories: readonly PlannedDirectory[]
  /** The same by level, then parent, then name. */
  readonly isoPathTable: readonly PlannedDirectory[]
  /** Joliet and ISO 9660:1999, as far as they are made. */
  readonly supplementaryTrees: readonly SupplementaryTree[]
  /** In the order they will lie in the image. */
  readonly contents: readonly FileContent[]
  /** Names of files, links and devices; folders without the root. */
  readonly fileCount: number
  readonly directoryCount: number
  readonly contentBytes: number
  /** Null for an image that nothing starts from. */
  readonly boot: BootPlan | null
  /** Null for an image that has nothing in its first blocks. */
  readonly systemArea: SystemAreaPlan | null
  /** Null for an image made anew. */
  readonly kept: KeptVolumes | null
  /** Whether an MD5 of the image is to stand in it. */
  readonly implantsMd5: boolean
  /** Serial numbers are below. */
  readonly serialLimit: number
}

/** The file systems that the image will have, in the order of the format. */
export function fileSystemsOf({ policy }: Pick<ImagePlan, 'policy'>): FileSystemKind[] {
  const isThere = { iso9660: policy.iso9660, joliet: policy.joliet !== null, rockridge: policy.rockRidge, udf: policy.udf !== null }
  return fileSystemKinds.filter((kind) => isThere[kind])
}
