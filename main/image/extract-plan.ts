/** What an extraction is to make: folders, files and links under names that the host can have. Touches nothing. */
import type { Extent, SkippedSource } from '../../shared/image-model.ts'
import type { JobControl } from '../../shared/job.ts'
import { mostZisofsBytes } from '../iso9660/zisofs.ts'
import { linkEscape, safeHostName } from '../output/safe-name.ts'
import { isStoredPlainly } from './entry-content.ts'
import { entryPath, findEntries, folderPathOf } from './entry-path.ts'
import type { ImageEntry, ImageView } from './image-view.ts'
import type { OpenImage } from './open-image.ts'
import type { PlannedFile, PlannedFolder } from './planned-file.ts'
import { isSmallFile, SmallPlannedFiles } from './small-planned-files.ts'
import { walkView } from './walk-view.ts'

export interface PlannedItem {
  readonly entry: ImageEntry
  readonly name: string
  /** Null when it goes right into the target. */
  readonly folder: PlannedFolder | null
}

export interface ExtractPlan {
  /** Where all of it is. */
  readonly view: ImageView
  /** Parents first. */
  readonly folders: PlannedFolder[]
  readonly smallFiles: SmallPlannedFiles
  /** All others, in the order in which they lie in the image. */
  readonly files: PlannedFile[]
  readonly symlinks: PlannedItem[]
  /** What will be left out or called otherwise. */
  readonly notes: SkippedSource[]
  readonly totalBytes: number
}

export const fileCount = ({ smallFiles, files }: ExtractPlan): number => smallFiles.count + files.length

export function* allFiles({ smallFiles, files }: ExtractPlan): Generator<PlannedFile, void, undefined> {
  for (let number = 0; number < smallFiles.count; number++) yield smallFiles.file(number)
  yield* files
}

const STEPS_BETWEEN_CHECKPOINTS = 512
/** Set-user-id and set-group-id. */
const SET_ID_BITS = 0o6000

/**
 * Plans the entries at `paths` with all below them; everything when there are none. `strip` leading folders are left
 * off; names are made to fit `platform`.
 */
export async function planExtraction(
  image: OpenImage,
  tree: ImageView,
  paths: readonly string[],
  strip: number,
  platform: NodeJS.Platform,
  control: JobControl,
): Promise<ExtractPlan> {
  const found = await findEntries(image, tree, paths.length === 0 ? ['/'] : paths)
  const planner = new Planner({ view: found.view, imageBytes: image.source.sizeBytes, strip, severalPaths: paths.length > 1, platform })
  let steps = 0
  for (const start of found.entries) {
    planner.addWithParents(start)
    if (start.type !== 'directory') continue
    for (const { folder, entry } of walkView(found.view, start, entryPath(start), image.findingLog)) {
      planner.add(folder, entry)
      if (++steps % STEPS_BETWEEN_CHECKPOINTS === 0) await control.checkpoint()
    }
  }
  return planner.finish()
}

interface PlannerParts {
  readonly view: ImageView
  readonly imageBytes: number
  readonly strip: number
  readonly severalPaths: boolean
  /** Whose rules names are to keep to. */
  readonly platform: NodeJS.Platform
}

class Planner {
  readonly #view: ImageView
  readonly #imageBytes: number
  readonly #strip: number
  readonly #platform: NodeJS.Platform
  /** By path, of the folder met last: its entries follow at once. */
  readonly #folders = new Map<string, PlannedFolder>()
  readonly #allFolders: PlannedFolder[] = []
  readonly #smallFiles = new SmallPlannedFiles()
  readonly #files: PlannedFile[] = []
  readonly #symlinks: PlannedItem[] = []
  readonly #notes: SkippedSource[] = []
  /** What overlapping paths have brought already; null when there is only one path. */
  readonly #taken: Set<string> | null
  readonly #hardLinks = new Set<string>()
  #totalBytes = 0

  constructor({ view, imageBytes, strip, severalPaths, platform }: PlannerParts) {
    this.#view = view
    this.#imageBytes = imageBytes
    this.#strip = strip
    this.#platform = platform
    this.#taken = severalPaths ? new Set() : null
  }

  /** Takes an entry that was asked for, and the folders that lead to it. */
  addWithParents(start: ImageEntry): void {
    const chain: ImageEntry[] = []
    for (let at: ImageEntry | null = start; at?.parent; at = at.parent) chain.push(at)
    for (const entry of chain.reverse()) this.add(folderPathOf(entry), entry)
  }

  /** Takes an entry of the folder at `folderPath`; that of the root is empty. */
  add(folderPath: string, entry: ImageEntry): void {
    const path = `${folderPath}/${entry.name}`
    if (this.#taken !== null) {
      const key = `${firstLba(entry)} ${path}`
      if (this.#taken.has(key)) return
      this.#taken.add(key)
    }
    const depth = this.#strip === 0 ? 0 : partsOf(folderPath) - this.#strip
    if (depth < 0) {
      if (entry.type !== 'directory') this.#notes.push({ path, reason: 'It does not lie in as many folders as were to be left off.' })
      return
    }
    const { name, reason } = safeHostName(entry.name, this.#platform)
    if (reason !== null) this.#notes.push({ path, reason })
    this.#addItem(path, { entry, name, folder: this.#folders.get(folderPath) ?? null })
  }

  #addItem(path: string, item: PlannedItem): void {
    const { entry, name, folder } = item
    if (entry.type === 'directory') {
      const planned = { entry, name, parent: folder, depth: folder === null ? 1 : folder.depth + 1 }
      this.#folders.set(path, planned)
      this.#allFolders.push(planned)
    } else if (entry.type === 'file') {
      this.#addFile(path, item)
    } else if (entry.type === 'symlink') {
      const danger = linkEscape(entry.target, folder?.depth ?? 0)
      if (danger === null) this.#symlinks.push(item)
      else this.#notes.push({ path, reason: `The link was not made. ${danger}` })
    } else {
      this.#notes.push({ path, reason: 'It is a device, pipe or socket; those are never made.' })
    }
  }

  #addFile(path: string, item: PlannedItem): void {
    const { entry, name, folder } = item
    if (((entry.mode ?? 0) & SET_ID_BITS) !== 0) {
      this.#notes.push({ path, reason: 'It was made without the right to run as somebody else.' })
    }
    const [extent] = entry.extents
    const startBytes = extent === undefined ? 0 : this.#view.offsetBytes(extent)
    if (isSmallFile(entry)) this.#smallFiles.add(entry, name, folder, startBytes)
    else {
      const { sizeBytes, mode, modifiedMs } = entry
      this.#files.push({ entry, name, folder, startBytes, sizeBytes, mode, modifiedMs, path: () => entryPath(entry) })
    }
    if (this.#isFirstName(entry)) this.#totalBytes += this.#readableBytes(entry, startBytes)
  }

  /** Further names of a file take no room of their own. */
  #isFirstName({ hardLinkKey }: ImageEntry): boolean {
    if (hardLinkKey === null) return true
    if (this.#hardLinks.has(hardLinkKey)) return false
    this.#hardLinks.add(hardLinkKey)
    return true
  }

  /** What can be read of a file at most: damage may claim more than there is. */
  #readableBytes(entry: ImageEntry, startBytes: number): number {
    if (entry.zisofs !== null) return mostZisofsBytes(sum(entry.extents), entry.zisofs)
    if (isStoredPlainly(entry)) return Math.max(0, Math.min(entry.sizeBytes, this.#imageBytes - startBytes))
    return Math.min(entry.sizeBytes, this.#view.contentSource(entry).sizeBytes)
  }

  finish(): ExtractPlan {
    this.#files.sort((a, b) => a.startBytes - b.startBytes)
    return {
      view: this.#view,
      folders: this.#allFolders,
      smallFiles: this.#smallFiles,
      files: this.#files,
      symlinks: this.#symlinks,
      notes: this.#notes,
      totalBytes: this.#totalBytes,
    }
  }
}

/** How many folders a path such as `/a/b` names. */
function partsOf(folderPath: string): number {
  return folderPath === '' ? 0 : folderPath.split('/').length - 1
}

const sum = (extents: readonly Extent[]): number => extents.reduce((total, { lengthBytes }) => total + lengthBytes, 0)
const firstLba = (entry: ImageEntry): number => entry.extents[0]?.lba ?? 0
