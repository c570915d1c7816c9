/** The files of an extraction, in the order in which they lie in the image: many small ones from one read. */
import { fstatSync, futimesSync, writeSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { JobControl } from '../../shared/job.ts'
import { TRANSFER_BYTES } from '../../shared/limits.ts'
import { Problem } from '../../shared/problem.ts'
import { alignedBuffer } from '../bytes/aligned-buffer.ts'
import type { ByteSource } from '../bytes/byte-source.ts'
import { outputProblem } from '../output/output-problems.ts'
import { EntryRefused, type MadeFile, type OutputFile, type OutputFolder, type OutputTree } from '../output/output-tree.ts'
import { entryContent, incompleteContent } from './entry-content.ts'
import type { ExtractPlan } from './extract-plan.ts'
import type { ImageEntry, ImageView } from './image-view.ts'
import type { PlannedFile, PlannedFolder } from './planned-file.ts'
import { SmallFilePool } from './small-file-pool.ts'
import type { SmallPlannedFiles } from './small-planned-files.ts'

export interface FileExtractionParts {
  readonly view: ImageView
  readonly source: ByteSource & { readonly fd: number | null }
  readonly tree: OutputTree
  readonly control: JobControl
  readonly totalBytes: number
  /** Null when the folder could not be made. */
  readonly folderOf: (planned: PlannedFolder | null) => OutputFolder | null
  /** The path is that in the image. */
  readonly note: (path: string, reason: string) => void
  readonly fail: (path: string, reason: string) => void
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

  async extract({ smallFiles, files }: ExtractPlan): Promise<void> {
    const order = smallFiles.inOrder()
    const { source, tree, folderOf } = this.#parts
    // Another thread can read a file, but not what a container makes of one.
    const { fd } = source
    const mayShare = fd !== null && order.length >= LEAST_SHARED_FILES && availableParallelism() > 1 && !tree.marksFiles
    const isShared = (number: number) => mayShare && folderOf(smallFiles.folder(number))?.isNew === true
    const shared = order.filter(isShared)
    if (fd !== null && shared.length > 0) await this.#share(smallFiles, shared, fd)
    for (const number of order) if (!isShared(number)) await this.#extractAndReport(smallFiles.file(number))
    for (const file of files) await this.#extractAndReport(file)
  }

  /** Extracts files together with a second thread; all of them go into folders that were made in this run. */
  async #share(files: SmallPlannedFiles, order: Uint32Array, imageFd: number): Promise<void> {
    const pool = new SmallFilePool(files, order, (planned) => this.#parts.folderOf(planned) as OutputFolder, imageFd)
    this.#pool = pool
    try {
      for (let batch = pool.nextBatch(); batch !== null; batch = pool.nextBatch()) {
        for (const number of order.subarray(batch.from, batch.to)) await this.#extractAndReport(files.file(number))
      }
      const left = await pool.finish()
      this.done += pool.doneFiles
      this.doneBytes += pool.doneBytes
      this.#pool = null
      for (const number of left) await this.#extractAndReport(files.file(number))
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

  async #extractAndReport(file: PlannedFile): Promise<void> {
    const folder = this.#parts.folderOf(file.folder)
    if (folder === null) {
      this.#parts.fail(file.path(), 'Its folder could not be made.')
      return
    }
    await this.#extractOne(file, folder)
    await this.#checkpoint(file.name)
  }

  async #checkpoint(current: string): Promise<void> {
    const { control, totalBytes } = this.#parts
    const turn = control.checkpoint()
    if (turn === undefined) return
    const doneBytes = this.doneBytes + (this.#pool?.doneBytes ?? 0)
    control.progress({ phase: 'write', doneBytes, totalBytes, doneItems: this.done + (this.#pool?.doneFiles ?? 0), current })
    await turn
  }

  async #extractOne(planned: PlannedFile, folder: OutputFolder): Promise<void> {
    const { tree, control, note, fail } = this.#parts
    const { entry, name, mode, modifiedMs } = planned
    const key = entry?.hardLinkKey ?? null
    let file: OutputFile | null = null
    try {
      if (key !== null && this.#linked(key, name, folder)) return
      file = tree.createFile(folder, name, mode)
      control.temporary(file.path)
      if (entry === null) this.#writeSmall(planned, file.fd)
      else await this.#writeContent(entry, file.fd)
      setDate(file.fd, modifiedMs)
      const inode = key === null ? 0 : fstatSync(file.fd).ino
      const path = tree.keep(folder, file)
      if (file.renamedTo !== null) note(planned.path(), `Another entry has its name here; it is called ‘${file.renamedTo}’.`)
      if (key !== null && !this.#firstNames.has(key)) this.#firstNames.set(key, { path, inode })
      this.done++
    } catch (error) {
      if (file !== null) tree.drop(file)
      if (error instanceof EntryRefused) fail(planned.path(), error.message)
      else if (error instanceof Problem && error.report.kind === 'image') fail(planned.path(), error.report.message)
      else throw error instanceof Problem ? error : outputProblem(file?.path ?? folder.path, error)
    } finally {
      if (file !== null) control.temporary(null)
    }
  }

  /** Makes a further name of a file that is there already. */
  #linked(key: string, name: string, folder: OutputFolder): boolean {
    const made = this.#firstNames.get(key)
    if (made === undefined || !this.#parts.tree.makeHardLink(folder, name, made)) return false
    this.done++
    return true
  }

  /** Writes a small file out of the buffer, which is filled with what follows it too. */
  #writeSmall({ name, startBytes, sizeBytes }: PlannedFile, fd: number): void {
    if (sizeBytes === 0) return
    if (startBytes < this.#heldOffsetBytes || startBytes + sizeBytes > this.#heldOffsetBytes + this.#heldBytes) {
      this.#heldOffsetBytes = startBytes
      this.#heldBytes = 0
      this.#heldBytes = this.#parts.source.read(startBytes, this.#buffer)
      if (this.#heldBytes < sizeBytes) throw incompleteContent(name, sizeBytes, this.#heldBytes)
    }
    const start = startBytes - this.#heldOffsetBytes
    writeWhole(fd, this.#buffer.subarray(start, start + sizeBytes))
    this.doneBytes += sizeBytes
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
