/** Takes files out of an image into a folder. */
import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { formatCount, formatSize } from '../../shared/format.ts'
import type { SkippedSource } from '../../shared/image-model.ts'
import type { ExtractResult, JobControl, JobSpec } from '../../shared/job.ts'
import { EXPANSION_LIMIT } from '../../shared/limits.ts'
import { Problem } from '../../shared/problem.ts'
import { noRoomForEntries, noSpaceFor, tooLargeForFat } from '../output/output-problems.ts'
import { EntryRefused, type OutputFolder, OutputTree } from '../output/output-tree.ts'
import { volumeFacts } from '../output/volume-facts.ts'
import { zoneMarkOf } from '../output/zone-mark.ts'
import { entryPath } from './entry-path.ts'
import { FileExtraction } from './extract-files.ts'
import { allFiles, type ExtractPlan, fileCount, type PlannedItem, planExtraction } from './extract-plan.ts'
import { openAnyImage } from './open-any-image.ts'
import type { OpenImage } from './open-image.ts'
import type { PlannedFolder } from './planned-file.ts'

export type ExtractRequest = Omit<Extract<JobSpec, { kind: 'extract' }>, 'kind'> & {
  /** Leading folders left off; 0 when not given. */
  readonly strip?: number
  /** Names that every system takes, not only this one. */
  readonly portableNames?: boolean
  /** Also what grows to far more than the image. */
  readonly expand?: boolean
  /** The newest when not given. */
  readonly session?: number | undefined
  /** Of a container with several data tracks. */
  readonly track?: number | undefined
}

/**
 * Extracts into `outFolder`, making it when it is not there. Never writes outside it nor over anything (with `overwrite`:
 * only over regular files). Links are made last. Throws Problems; when some files could not be had, an `image` or `io`
 * Problem at the end, with the others in place and every file that failed in the log.
 */
export async function extractImage(request: ExtractRequest, control: JobControl): Promise<ExtractResult> {
  const startedMs = Date.now()
  const image = await openAnyImage(request.imagePath, { session: request.session, track: request.track, control })
  try {
    const plan = await planExtraction(image, image.view(request.view), request.paths, request.strip ?? 0, namesFor(request), control)
    const run = new ExtractRun(image, plan, request, control)
    await run.all()
    return {
      kind: 'extract',
      path: run.rootPath,
      files: run.files.done,
      directories: plan.folders.length,
      sizeBytes: run.files.doneBytes,
      notes: run.notes,
      durationMs: Date.now() - startedMs,
    }
  } finally {
    image.close()
  }
}

/** Whose rules names keep to: those of Windows too on a volume that has them wherever it is used. */
function namesFor({ outFolder, portableNames }: ExtractRequest): NodeJS.Platform {
  let folder = resolve(outFolder)
  while (!existsSync(folder) && folder !== dirname(folder)) folder = dirname(folder)
  return portableNames || volumeFacts(folder)?.isFat ? 'win32' : process.platform
}

/** Content can be stored once for many names, compressed, or not stored at all; an image that grows like that may be a trap. */
function requireSense(totalBytes: number, imageBytes: number, imagePath: string): void {
  const { ratio, leastBytes } = EXPANSION_LIMIT
  if (totalBytes <= leastBytes || totalBytes <= ratio * imageBytes) return
  throw new Problem({
    kind: 'usage',
    code: 'expands-too-far',
    message: `What is in ‘${imagePath}’ takes ${formatSize(totalBytes)}, many times what the image has (${formatSize(imageBytes)}). That may be a trap.`,
    kept: 'Nothing was written.',
    advice: 'If you trust the image, say that it may expand (--expand).',
  })
}

class ExtractRun {
  readonly notes: SkippedSource[]
  readonly files: FileExtraction
  readonly #plan: ExtractPlan
  readonly #tree: OutputTree
  readonly #image: OpenImage
  readonly #control: JobControl
  readonly #folders = new Map<PlannedFolder, OutputFolder | null>()
  readonly #failures: SkippedSource[] = []

  constructor(image: OpenImage, plan: ExtractPlan, request: ExtractRequest, control: JobControl) {
    this.notes = [...plan.notes]
    this.#plan = plan
    this.#image = image
    this.#control = control
    this.#tree = new OutputTree(resolve(request.outFolder), {
      overwrite: request.overwrite,
      sourceIdentities: [image.source.deviceAndInode, ...(image.contained?.fileIdentities ?? [])],
      zoneMark: zoneMarkOf(image.path),
    })
    this.files = new FileExtraction({
      view: plan.view,
      source: image.source,
      tree: this.#tree,
      control,
      totalBytes: plan.totalBytes,
      folderOf: (planned) => this.#folderOf(planned),
      note: (path, reason) => this.notes.push({ path, reason }),
      fail: (path, reason) => this.#fail({ path, reason }),
    })
    try {
      if (!request.expand) requireSense(plan.totalBytes, image.source.sizeBytes, image.path)
      this.#requireRoom()
      if (!request.overwrite) this.#requireNothingThere()
    } catch (error) {
      this.#tree.removeEmptyFolders()
      throw error
    }
  }

  get rootPath(): string {
    return this.#tree.root.path
  }

  async all(): Promise<void> {
    try {
      for (const folder of this.#plan.folders) {
        this.#makeFolder(folder)
        await this.#control.checkpoint()
      }
      await this.files.extract(this.#plan)
      for (const link of this.#plan.symlinks) this.#makeSymlink(link)
      this.#setFolderDates()
      // Before any failure is told: a file that changed meanwhile is not a damaged image.
      this.#image.source.assertUnchanged()
    } catch (error) {
      this.#tree.removeEmptyFolders()
      throw this.#withKept(error)
    }
    if (this.#failures.length > 0) throw this.#failed()
  }

  /** Null when it could not be made. */
  #folderOf(planned: PlannedFolder | null): OutputFolder | null {
    return planned === null ? this.#tree.root : (this.#folders.get(planned) ?? null)
  }

  #makeFolder(planned: PlannedFolder): void {
    const parent = this.#folderOf(planned.parent)
    // The folder above could not be made, and that was said.
    if (parent === null) return void this.#folders.set(planned, null)
    try {
      const { folder, renamedTo } = this.#tree.makeFolder(parent, planned.name, planned.entry.mode)
      this.#folders.set(planned, folder)
      if (renamedTo !== null) this.#noteRenamed(entryPath(planned.entry), renamedTo)
    } catch (error) {
      if (!(error instanceof EntryRefused)) throw error
      this.#folders.set(planned, null)
      this.#fail({ path: entryPath(planned.entry), reason: error.message })
    }
  }

  #makeSymlink(link: PlannedItem): void {
    const folder = this.#folderOf(link.folder)
    const { target } = link.entry
    if (folder === null || target === null) return
    try {
      this.#tree.makeSymlink(folder, link.name, target)
    } catch (error) {
      if (!(error instanceof EntryRefused)) throw error
      this.notes.push({ path: entryPath(link.entry), reason: error.message })
    }
  }

  /** Children first, as making things in a folder changes its date. */
  #setFolderDates(): void {
    for (const planned of this.#plan.folders.toReversed()) {
      const folder = this.#folders.get(planned)
      if (folder && planned.entry.modifiedMs !== null) this.#tree.setModified(folder, planned.entry.modifiedMs)
    }
  }

  #requireRoom(): void {
    const facts = volumeFacts(this.rootPath)
    if (facts === null) return
    if (this.#plan.totalBytes > facts.freeBytes) throw noSpaceFor(this.rootPath, this.#plan.totalBytes, facts.freeBytes)
    const entries = this.#plan.folders.length + fileCount(this.#plan) + this.#plan.symlinks.length
    if (facts.freeEntries !== null && entries > facts.freeEntries) throw noRoomForEntries(this.rootPath, entries, facts.freeEntries)
    const { maxFileBytes } = facts
    const tooLarge = maxFileBytes === null ? undefined : this.#plan.files.find(({ sizeBytes }) => sizeBytes > maxFileBytes)
    if (tooLarge !== undefined) throw tooLargeForFat(this.rootPath, tooLarge.sizeBytes)
  }

  /** Looks for files in the way before anything is written; what comes into the way later is met by exclusive creation. */
  #requireNothingThere(): void {
    if (this.#tree.root.isNew) return
    const there = new Map<PlannedFolder | null, string | null>([[null, this.rootPath]])
    for (const folder of this.#plan.folders) {
      const parentPath = there.get(folder.parent) ?? null
      const isThere = parentPath !== null && this.#tree.isTaken(parentPath, folder.name)
      there.set(folder, isThere ? `${parentPath}/${folder.name}` : null)
    }
    for (const item of allFiles(this.#plan)) {
      const parentPath = there.get(item.folder) ?? null
      if (parentPath === null || !this.#tree.isTaken(parentPath, item.name)) continue
      throw new Problem({
        kind: 'usage',
        code: 'target-exists',
        message: `‘${parentPath}/${item.name}’ is already there.`,
        kept: 'Nothing was written.',
        advice: 'Extract into another folder, or say that files may be replaced (--force).',
      })
    }
  }

  #noteRenamed(path: string, renamedTo: string): void {
    this.notes.push({ path, reason: `Another entry has its name here; it is called ‘${renamedTo}’.` })
  }

  #fail(failure: SkippedSource): void {
    this.#failures.push(failure)
    this.#control.log('error', `${failure.path}: ${failure.reason}`)
  }

  #kept(): string {
    const { done } = this.files
    return done === 0 ? 'No file was extracted.' : `${formatCount(done, 'file was', 'files were')} extracted before and kept.`
  }

  #withKept(error: unknown): unknown {
    return error instanceof Problem ? new Problem({ ...error.report, kept: this.#kept() }, { cause: error }) : error
  }

  #failed(): Problem {
    const [first] = this.#failures as [SkippedSource, ...SkippedSource[]]
    const count = this.#failures.length
    return new Problem({
      kind: 'image',
      code: 'extract-incomplete',
      message:
        count === 1
          ? `${first.path} could not be extracted. ${first.reason}`
          : `${formatCount(count, 'entry', 'entries')} could not be extracted; the first is ${first.path}. ${first.reason}`,
      kept: this.#kept().replace(' before and kept', ''),
      technical: this.#failures.map(({ path, reason }) => `${path}: ${reason}`).join('\n'),
    })
  }
}
