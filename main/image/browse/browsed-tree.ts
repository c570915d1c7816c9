/**
 * A tree of an image as it is browsed: folders are read when somebody opens them, and all of them in the background for
 * searching. Entries are known by number; those of one folder follow each other.
 */
import type { JobControl } from '../../../shared/job.ts'
import { MAX_BROWSED_ENTRIES, MAX_BROWSED_NAME_BYTES } from '../../../shared/limits.ts'
import { Problem } from '../../../shared/problem.ts'
import type { FindingLog } from '../../bytes/finding-log.ts'
import { InternalProblem } from '../../bytes/internal-problem.ts'
import { DirectoryGuard } from '../directory-guard.ts'
import type { ImageEntry, ImageView } from '../image-view.ts'
import { EntryTable } from './entry-table.ts'

export type Checkpoints = Pick<JobControl, 'checkpoint'>

/** A directory, and where its entries are in the table. */
export interface Folder {
  readonly number: number
  readonly entry: ImageEntry
  /** Number of its first entry; -1 until one was read. */
  first: number
  /** Entries read so far. */
  count: number
  isRead: boolean
}

interface Level {
  readonly folder: Folder
  readonly key: number | null
  /** Empty for the root. */
  readonly path: string
  /** Entries gone through. */
  passed: number
}

export const ROOT = 0

export class BrowsedTree {
  readonly view: ImageView
  readonly table = new EntryTable()
  readonly #findings: FindingLog
  readonly #folders = new Map<number, Folder>()
  readonly #readings = new Map<number, Promise<Folder>>()
  /** Folders are read one after another, so that each one's entries follow each other. */
  #lastReading: Promise<unknown> = Promise.resolve()
  #walked = false

  constructor(view: ImageView, findings: FindingLog) {
    this.view = view
    this.#findings = findings
    this.#add(view.root, -1)
  }

  /** Whether every folder has been read, or as many as are held. */
  get isWalked(): boolean {
    return this.#walked
  }

  /** Whether there are more entries than are held. */
  get isFull(): boolean {
    return this.table.count >= MAX_BROWSED_ENTRIES || this.table.nameBytes >= MAX_BROWSED_NAME_BYTES
  }

  /** A directory by its number; throws a `usage` Problem for what is none. */
  folder(number: number): Folder {
    const folder = this.#folders.get(number)
    if (folder !== undefined) return folder
    throw new Problem({ kind: 'usage', code: 'no-such-folder', message: 'There is no such folder in this image.', technical: `${number}` })
  }

  /** Reads a folder unless it was read; `count` grows meanwhile. */
  read(number: number, control: Checkpoints): Promise<Folder> {
    const folder = this.folder(number)
    if (folder.isRead) return Promise.resolve(folder)
    const under = this.#readings.get(number)
    if (under !== undefined) return under
    const reading = this.#lastReading.then(() => this.#readNow(folder, control)).finally(() => this.#readings.delete(number))
    this.#readings.set(number, reading)
    this.#lastReading = reading.catch(() => {}) // told to whoever asked; the next folder is read all the same
    return reading
  }

  /** Reads every folder that there is. */
  async walk(control: Checkpoints): Promise<void> {
    const guard = new DirectoryGuard(this.#findings)
    const root = await this.read(ROOT, control)
    guard.begin(root.entry)
    const levels: Level[] = [{ folder: root, key: root.entry.directoryKey, path: '', passed: 0 }]
    while (levels.length > 0 && !this.isFull) {
      const level = levels[levels.length - 1] as Level
      const child = this.#nextFolder(level)
      if (child === null) {
        levels.pop()
        continue
      }
      const path = `${level.path}/${this.table.name(child.number)}`
      if (!guard.mayEnter(child.entry, path, levels)) continue
      levels.push({ folder: await this.read(child.number, control), key: child.entry.directoryKey, path, passed: 0 })
      await control.checkpoint()
    }
    this.#walked = true
  }

  /** Numbers of the folders that were read, in no order. */
  readFolders(): Folder[] {
    return [...this.#folders.values()].filter(({ isRead }) => isRead)
  }

  /** Subfolders of a folder that was read. */
  *subfolders(folder: Folder): Generator<Folder, void, undefined> {
    for (let number = folder.first; number < folder.first + folder.count; number++) {
      const child = this.#folders.get(number)
      if (child !== undefined) yield child
    }
  }

  /** Whether a folder is known to hold folders; null while it was not read. */
  hasSubfolders(folder: Folder): boolean | null {
    return folder.isRead ? !this.subfolders(folder).next().done : null
  }

  /** How many entries are right in a folder; null for what is none, and while it was not read. */
  entryCount(number: number): number | null {
    const folder = this.#folders.get(number)
    return folder?.isRead ? folder.count : null
  }

  /** The entry behind a number, read again. */
  entry(number: number): ImageEntry {
    const directory = this.#folders.get(number)
    if (directory !== undefined) return directory.entry
    const folder = this.folder(this.table.parent(number))
    let at = folder.first
    for (const entry of this.view.children(folder.entry)) if (at++ === number) return entry
    throw new InternalProblem(`entry ${number} is not where it was read`)
  }

  /** Path such as `/docs/readme.txt`. */
  path(number: number): string {
    const parts: string[] = []
    for (let at = number; at > ROOT; at = this.table.parent(at)) parts.push(this.table.name(at))
    return `/${parts.reverse().join('/')}`
  }

  /** Number of the folder that holds an entry; of the root, its own. */
  folderOf(number: number): number {
    return Math.max(ROOT, this.table.parent(number))
  }

  /** The entry at a path, its folders read on the way; null when there is nothing. */
  async find(path: string, control: Checkpoints): Promise<number | null> {
    let found = ROOT
    for (const part of path.split('/')) {
      if (part === '') continue
      if (!this.table.isDirectory(found)) return null
      const next = this.#child(await this.read(found, control), part)
      if (next === null) return null
      found = next
    }
    return found
  }

  #child(folder: Folder, name: string): number | null {
    for (let number = folder.first; number < folder.first + folder.count; number++) if (this.table.name(number) === name) return number
    return null
  }

  #nextFolder(level: Level): Folder | null {
    const { folder } = level
    while (level.passed < folder.count) {
      const child = this.#folders.get(folder.first + level.passed++)
      if (child !== undefined) return child
    }
    return null
  }

  async #readNow(folder: Folder, control: Checkpoints): Promise<Folder> {
    try {
      await this.#readParts(folder, control)
    } catch (error) {
      folder.first = -1 // somebody may try again
      folder.count = 0
      throw error
    }
    if (folder.first < 0) folder.first = this.table.count
    folder.isRead = true
    return folder
  }

  async #readParts(folder: Folder, control: Checkpoints): Promise<void> {
    for (const part of this.view.childParts(folder.entry)) {
      if (folder.first < 0) folder.first = this.table.count
      for (const entry of part) {
        if (this.isFull) break
        this.#add(entry, folder.number)
        folder.count++
      }
      if (this.isFull) return this.#noteFull()
      await control.checkpoint()
    }
  }

  #add(entry: ImageEntry, parent: number): void {
    const [extent] = entry.extents
    const number = this.table.add(entry, parent, extent === undefined ? null : this.view.offsetBytes(extent))
    if (entry.type === 'directory') this.#folders.set(number, { number, entry, first: -1, count: 0, isRead: false })
  }

  #noteFull(): void {
    const message = 'The image has more entries than Isomer holds at once; the rest is neither shown nor searched.'
    this.#findings.add('too-many-entries', 'note', message)
  }
}
