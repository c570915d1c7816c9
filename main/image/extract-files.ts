/** The files of an extraction, in the order in which they lie in the image: many small ones from one read. */
import { fstatSync, futimesSync, writeSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { JobControl } from '../../shared/job.ts'
import { TRANSFER_BYTES } from '../../shared/limits.ts'
import { Problem } from '../../shared/problem.ts'
import { alignedBuffer } from '../bytes/aligned-buffer.ts'
import type { ByteSource } from '../bytes/byte-source.ts'
import { outputProblem } from '../output/output-problems.ts'
import { EntryRefused, fileMode, type MadeFile, type OutputFile, type OutputFolder, type OutputTree } from '../output/output-tree.ts'
import { entryContent } from './entry-content.ts'
import type { PlannedFile, PlannedItem } from './extract-plan.ts'
import type { ImageEntry, ImageView } from './image-view.ts'
import { SmallFilePool, type SmallFiles } from './small-file-pool.ts'

export interface FileExtractionParts {
  readonly view: ImageView
  readonly source: ByteSource & { readonly fd: number | null }
  readonly tree: OutputTree
  readonly control: JobControl
  readonly totalBytes: number
  /** Null when the folder could not be made. */
  readonly folderOf: (item: PlannedItem) => OutputFolder | null
  readonly note: (entry: ImageEntry, reason: string) => void
  readonly fail: (entry: ImageEntry, reason: string) => void
}

/** Below this many a second thread costs more than it brings. */
const LEAST_SHARED_FILES = 1000

export class FileExtraction {
  /** Files that are whole and in their place. */
  done = 0
  doneBytes = 0
  readonly #parts: FileExtractionParts
  readonly #buffer = alignedBuffer(TRANSFER_BYTES)
  /** What of the image the buffer holds. */
  #heldOffsetBytes = 0
  #heldBytes = 0
  /** First name made of each file of several names. */
  readonly #firstNames = new Map<string, MadeFile>()
  #pool: SmallFilePool | null = null

  constructor(parts: FileExtractionParts) {
    this.#parts = parts
  }

  async extract(files: readonly PlannedFile[]): Promise<void> {
    const { source, tree } = this.#parts
    const small = availableParallelism() > 1 && !tree.marksFiles ? files.filter((item) => this.#isPlain(item)) : []
    // Another thread can read a file, but not what a container makes of one.
    if (small.length < LEAST_SHARED_FILES || source.fd === null) {
      for (const item of files) await this.#extractAndReport(item)
      return
    }
    await this.#share(small, source.fd)
    for (const item of files) if (!this.#isPlain(item)) await this.#extractAndReport(item)
  }

  /** Extracts small files together with a second thread. */
  async #share(files: readonly PlannedFile[], imageFd: number): Promise<void> {
    const pool = new SmallFilePool(smallFiles(files, this.#parts), imageFd)
    this.#pool = pool
    try {
      for (let batch = pool.nextBatch(); batch !== null; batch = pool.nextBatch()) {
        for (const item of files.slice(batch.from, batch.to)) await this.#extractAndReport(item)
      }
      const left = await pool.finish()
      this.done += pool.doneFiles
      this.doneBytes += pool.doneBytes
      this.#pool = null
      for (const index of left) await this.#extractAndReport(files[index] as PlannedFile)
    } catch (error) {
      if (this.#pool !== null) {
        await pool.stop()
        this.done += pool.doneFiles
        this.doneBytes += pool.doneBytes
        this.#pool = null
      }
      throw error
    }
  }

  /** A file of one small extent and one name, for a folder that was made in this run. */
  #isPlain(item: PlannedFile): boolean {
    const { entry } = item
    return entry.sizeBytes <= TRANSFER_BYTES / 2 && item.isPlain && entry.hardLinkKey === null && this.#parts.folderOf(item)?.isNew === true
  }

  async #extractAndReport(item: PlannedFile): Promise<void> {
    const folder = this.#parts.folderOf(item)
    if (folder === null) {
      this.#parts.fail(item.entry, 'Its folder could not be made.')
      return
    }
    await this.#extractOne(item, folder)
    await this.#checkpoint(item.name)
  }

  async #checkpoint(current: string): Promise<void> {
    const { control, totalBytes } = this.#parts
    const turn = control.checkpoint()
    if (turn === undefined) return
    const doneBytes = this.doneBytes + (this.#pool?.doneBytes ?? 0)
    control.progress({ phase: 'write', doneBytes, totalBytes, doneItems: this.done + (this.#pool?.doneFiles ?? 0), current })
    await turn
  }

  async #extractOne(item: PlannedFile, folder: OutputFolder): Promise<void> {
    const { tree, control, fail } = this.#parts
    const { entry } = item
    let file: OutputFile | null = null
    try {
      if (this.#linked(item, folder)) return
      file = tree.createFile(folder, item.name, entry.mode)
      control.temporary(file.path)
      if (!this.#writeHeld(item, file.fd)) await this.#writeContent(entry, file.fd)
      setDate(file.fd, entry.modifiedMs)
      const key = entry.hardLinkKey
      const inode = key === null ? 0 : fstatSync(file.fd).ino
      const path = tree.keep(folder, file)
      if (file.renamedTo !== null) this.#parts.note(entry, `Another entry has its name here; it is called ‘${file.renamedTo}’.`)
      if (key !== null && !this.#firstNames.has(key)) this.#firstNames.set(key, { path, inode })
      this.done++
    } catch (error) {
      if (file !== null) tree.drop(file)
      if (error instanceof EntryRefused) fail(entry, error.message)
      else if (error instanceof Problem && error.report.kind === 'image') fail(entry, error.report.message)
      else throw error instanceof Problem ? error : outputProblem(file?.path ?? folder.path, error)
    } finally {
      if (file !== null) control.temporary(null)
    }
  }

  /** Makes a further name of a file that is there already. */
  #linked(item: PlannedItem, folder: OutputFolder): boolean {
    const key = item.entry.hardLinkKey
    const made = key === null ? undefined : this.#firstNames.get(key)
    if (made === undefined || !this.#parts.tree.makeHardLink(folder, item.name, made)) return false
    this.done++
    return true
  }

  /** Writes a small plain file out of the buffer, which is filled with what follows it too. False for any other. */
  #writeHeld({ entry, isPlain, startBytes: offsetBytes }: PlannedFile, fd: number): boolean {
    const { sizeBytes } = entry
    if (!isPlain || sizeBytes > TRANSFER_BYTES / 2) return false
    if (sizeBytes === 0) return true
    if (offsetBytes < this.#heldOffsetBytes || offsetBytes + sizeBytes > this.#heldOffsetBytes + this.#heldBytes) {
      this.#heldOffsetBytes = offsetBytes
      this.#heldBytes = 0
      this.#heldBytes = this.#parts.source.read(offsetBytes, this.#buffer)
      if (this.#heldBytes < sizeBytes) return false
    }
    const start = offsetBytes - this.#heldOffsetBytes
    writeWhole(fd, this.#buffer.subarray(start, start + sizeBytes))
    this.doneBytes += sizeBytes
    return true
  }

  async #writeContent(entry: ImageEntry, fd: number): Promise<void> {
    const { view } = this.#parts
    // The buffer is about to be used for this file alone.
    this.#heldBytes = 0
    for (const piece of entryContent(view, entry, this.#buffer)) {
      writeWhole(fd, piece)
      this.doneBytes += piece.length
      await this.#checkpoint(entry.name)
    }
  }
}

/** The files as plain data for another thread. */
function smallFiles(files: readonly PlannedFile[], parts: FileExtractionParts): SmallFiles {
  const folders = new Map<OutputFolder, number>()
  const all: SmallFiles = {
    names: files.map(({ name }) => name),
    folders: new Int32Array(files.length),
    offsetsBytes: new Float64Array(files.length),
    sizesBytes: new Float64Array(files.length),
    modes: new Int32Array(files.length),
    modifiedS: new Float64Array(files.length),
    folderPaths: [],
    folderDevices: [],
    folderInodes: [],
  }
  for (const [i, item] of files.entries()) {
    const { entry } = item
    const folder = parts.folderOf(item) as OutputFolder
    let index = folders.get(folder)
    if (index === undefined) {
      index = all.folderPaths.push(folder.path) - 1
      all.folderDevices.push(folder.device)
      all.folderInodes.push(folder.inode)
      folders.set(folder, index)
    }
    all.folders[i] = index
    all.offsetsBytes[i] = item.startBytes
    all.sizesBytes[i] = entry.sizeBytes
    all.modes[i] = fileMode(entry.mode)
    all.modifiedS[i] = entry.modifiedMs === null ? Number.NaN : entry.modifiedMs / 1000
  }
  return all
}

function setDate(fd: number, modifiedMs: number | null): void {
  if (modifiedMs === null) return
  try {
    futimesSync(fd, modifiedMs / 1000, modifiedMs / 1000)
  } catch {
    // A date that the volume can't hold is not worth losing the file for.
  }
}

function writeWhole(fd: number, bytes: Uint8Array): void {
  let done = 0
  while (done < bytes.length) done += writeSync(fd, bytes, done, bytes.length - done)
}
