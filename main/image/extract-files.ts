/** The files of an extraction, in the order in which they lie in the image: many small ones from one read. */
import { futimesSync, writeSync } from 'node:fs'
import type { JobControl } from '../../shared/job.ts'
import { TRANSFER_BYTES } from '../../shared/limits.ts'
import { Problem } from '../../shared/problem.ts'
import type { ByteSource } from '../bytes/byte-source.ts'
import { outputProblem } from '../output/output-problems.ts'
import { EntryRefused, type OutputFile, type OutputFolder, type OutputTree } from '../output/output-tree.ts'
import { entryContent } from './entry-content.ts'
import type { PlannedItem } from './extract-plan.ts'
import type { ImageEntry, ImageView } from './image-view.ts'

export interface FileExtractionParts {
  readonly view: ImageView
  readonly source: ByteSource
  readonly tree: OutputTree
  readonly control: JobControl
  readonly totalBytes: number
  /** Null when the folder could not be made. */
  readonly folderOf: (item: PlannedItem) => OutputFolder | null
  readonly note: (entry: ImageEntry, reason: string) => void
  readonly fail: (entry: ImageEntry, reason: string) => void
}

export class FileExtraction {
  /** Files that are whole and in their place. */
  done = 0
  doneBytes = 0
  readonly #parts: FileExtractionParts
  readonly #buffer = Buffer.allocUnsafe(TRANSFER_BYTES)
  /** What of the image the buffer holds. */
  #heldOffsetBytes = 0
  #heldBytes = 0
  /** First path of each file of several names. */
  readonly #firstPaths = new Map<string, string>()

  constructor(parts: FileExtractionParts) {
    this.#parts = parts
  }

  async extract(files: readonly PlannedItem[]): Promise<void> {
    const { control, totalBytes } = this.#parts
    for (const item of files) {
      const folder = this.#parts.folderOf(item)
      if (folder === null) {
        this.#parts.fail(item.entry, 'Its folder could not be made.')
        continue
      }
      await this.#extractOne(item, folder)
      const turn = control.checkpoint()
      if (turn === undefined) continue
      control.progress({ phase: 'write', doneBytes: this.doneBytes, totalBytes, doneItems: this.done, current: item.name })
      await turn
    }
  }

  async #extractOne(item: PlannedItem, folder: OutputFolder): Promise<void> {
    const { tree, control, fail } = this.#parts
    const { entry } = item
    let file: OutputFile | null = null
    try {
      if (this.#linked(item, folder)) return
      file = tree.createFile(folder, item.name, entry.mode)
      control.temporary(file.path)
      if (!this.#writeHeld(entry, file.fd)) await this.#writeContent(entry, file.fd)
      if (entry.modifiedMs !== null) futimesSync(file.fd, entry.modifiedMs / 1000, entry.modifiedMs / 1000)
      const path = tree.keep(folder, file)
      if (file.renamedTo !== null) this.#parts.note(entry, `Another entry has its name here; it is called ‘${file.renamedTo}’.`)
      const key = entry.hardLinkKey
      if (key !== null && !this.#firstPaths.has(key)) this.#firstPaths.set(key, path)
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
    const madePath = key === null ? undefined : this.#firstPaths.get(key)
    if (madePath === undefined || !this.#parts.tree.makeHardLink(folder, item.name, madePath)) return false
    this.done++
    this.doneBytes += item.entry.sizeBytes
    return true
  }

  /** Writes a small plain file out of the buffer, which is filled with what follows it too. False for any other. */
  #writeHeld(entry: ImageEntry, fd: number): boolean {
    const { sizeBytes, extents } = entry
    if (entry.unreadable !== null || entry.zisofs !== null || sizeBytes > TRANSFER_BYTES / 2) return false
    if (sizeBytes === 0) return true
    const [extent] = extents
    if (extent === undefined || extents.length > 1) return false
    const offsetBytes = this.#parts.view.offsetBytes(extent)
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
    const { view, source, control, totalBytes } = this.#parts
    // The buffer is about to be used for this file alone.
    this.#heldBytes = 0
    for (const piece of entryContent(view, entry, source, this.#buffer)) {
      writeWhole(fd, piece)
      this.doneBytes += piece.length
      const turn = control.checkpoint()
      if (turn === undefined) continue
      control.progress({ phase: 'write', doneBytes: this.doneBytes, totalBytes, doneItems: this.done, current: entry.name })
      await turn
    }
  }
}

function writeWhole(fd: number, bytes: Uint8Array): void {
  let done = 0
  while (done < bytes.length) done += writeSync(fd, bytes, done, bytes.length - done)
}
