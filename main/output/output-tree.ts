/**
 * A folder on the host that is filled with what an image holds, without ever writing outside it or over anything:
 * folders and files are created exclusively, and a folder is known by its identity, not by its path.
 */
import {
  closeSync,
  constants,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  symlinkSync,
  utimesSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { Problem } from '../../shared/problem.ts'
import { outputProblem } from './output-problems.ts'
import { numberedName } from './safe-name.ts'
import { temporaryName } from './temporary-name.ts'
import { putZoneMark } from './zone-mark.ts'

/** Permissions that extraction hands on: never set-user-id, never writable for others. */
const MODE_MASK = 0o755
const FOLDER_LEAST_MODE = 0o700
const FILE_LEAST_MODE = 0o400
const MAX_NUMBERED_NAMES = 10_000
// Windows has no O_NOFOLLOW; exclusive creation alone already refuses links.
const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0)

/** A folder of the tree. */
export interface OutputFolder {
  readonly path: string
  /** How many folders lie between it and the root; the root has 0. */
  readonly depth: number
  /** Made in this run: everything in it is ours. */
  readonly isNew: boolean
  readonly device: number
  readonly inode: number
  /** In a folder that was there before: what we put into it. */
  readonly ours: Set<number> | null
}

export interface OutputFile {
  readonly fd: number
  isOpen: boolean
  /** Where the bytes go now. */
  readonly path: string
  /** Set when the file is to take the place of another when it is whole. */
  readonly replaces: string | null
  /** The name, when it had to be another than asked for. */
  readonly renamedTo: string | null
}

/** A file that is whole and in its place, known again by its inode. */
export interface MadeFile {
  readonly path: string
  readonly inode: number
}

/** Permissions that an extracted file gets. */
export function fileMode(mode: number | null): number {
  return mode === null ? 0o644 : (mode & MODE_MASK) | FILE_LEAST_MODE
}

/** Something that could not be made at its place; the rest can go on. */
export class EntryRefused extends Error {}

export interface OutputOptions {
  readonly overwrite: boolean
  /** `device:inode` of a file never to be replaced: the image itself. */
  readonly sourceIdentities: readonly string[]
  /** Where the image came from, to be said of each file too. */
  readonly zoneMark?: Uint8Array | null
  readonly platform?: NodeJS.Platform
}

export class OutputTree {
  readonly root: OutputFolder
  readonly #overwrite: boolean
  readonly #platform: NodeJS.Platform
  readonly #sourceIdentities: ReadonlySet<string>
  readonly #zoneMark: Uint8Array | null
  readonly #made: OutputFolder[] = []
  #verified: OutputFolder | null = null

  /** Opens the root, making it when it is not there. Throws an `io` or `usage` Problem. */
  constructor(rootPath: string, options: OutputOptions) {
    this.#zoneMark = options.zoneMark ?? null
    this.#overwrite = options.overwrite
    this.#platform = options.platform ?? process.platform
    this.#sourceIdentities = new Set(options.sourceIdentities)
    this.root = this.#openRoot(rootPath)
  }

  /** Whether each file gets a mark of where it came from. */
  get marksFiles(): boolean {
    return this.#zoneMark !== null
  }

  /** Folders made in this run, parents first. */
  get made(): readonly OutputFolder[] {
    return this.#made
  }

  /** A folder of that name; one that is there is used if it is a real folder. Gives another name when ours has it already. */
  makeFolder(parent: OutputFolder, name: string, mode: number | null): { folder: OutputFolder; renamedTo: string | null } {
    this.#verify(parent)
    for (let number = 1; number <= MAX_NUMBERED_NAMES; number++) {
      const tried = number === 1 ? name : numberedName(name, number)
      const path = join(parent.path, tried)
      const renamedTo = number === 1 ? null : tried
      if (this.#tryMakeFolder(path, mode)) return { folder: this.#adopt(path, parent, true), renamedTo }
      const there = lstatSync(path, { throwIfNoEntry: false })
      if (there === undefined || this.#isOurs(parent, there)) continue
      if (!there.isDirectory()) throw new EntryRefused(`Something that is no folder is in its place: ‘${path}’.`)
      return { folder: this.#adopt(path, parent, false), renamedTo }
    }
    throw new EntryRefused('Too many things here have its name.')
  }

  /** A new file, open for writing. Call `keep` or `drop` with it. */
  createFile(parent: OutputFolder, name: string, mode: number | null): OutputFile {
    this.#verify(parent)
    const bits = fileMode(mode)
    for (let number = 1; number <= MAX_NUMBERED_NAMES; number++) {
      const tried = number === 1 ? name : numberedName(name, number)
      const path = `${parent.path}/${tried}`
      try {
        return { fd: openSync(path, CREATE, bits), isOpen: true, path, replaces: null, renamedTo: number === 1 ? null : tried }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw refusedOrProblem(path, error)
      }
      const there = lstatSync(path, { throwIfNoEntry: false })
      if (there === undefined || this.#isOurs(parent, there)) continue
      return this.#createReplacement(parent, path, there, bits)
    }
    throw new EntryRefused('Too many things here have its name.')
  }

  /** Closes a file that is whole and puts it in its place. Gives its path. */
  keep(parent: OutputFolder, file: OutputFile): string {
    file.isOpen = false
    closeSync(file.fd)
    if (file.replaces !== null) renameSync(file.path, file.replaces)
    const path = file.replaces ?? file.path
    if (this.#zoneMark !== null) putZoneMark(path, this.#zoneMark)
    if (parent.ours !== null) parent.ours.add(lstatSync(path).ino)
    return path
  }

  /** Removes a file that did not become whole. */
  drop(file: OutputFile): void {
    if (file.isOpen) closeSync(file.fd)
    file.isOpen = false
    rmSync(file.path, { force: true })
  }

  /** Another name for a file made in this run; false when the volume can't, or its first name leads elsewhere by now. */
  makeHardLink(parent: OutputFolder, name: string, made: MadeFile): boolean {
    this.#verify(parent)
    const path = `${parent.path}/${name}`
    try {
      linkSync(made.path, path)
      if (lstatSync(path).ino === made.inode) return true
      rmSync(path)
      return false
    } catch {
      return false // a copy does as well
    }
  }

  /** A symbolic link whose target the caller has found harmless. */
  makeSymlink(parent: OutputFolder, name: string, target: string): void {
    this.#verify(parent)
    if (this.#platform === 'win32') throw new EntryRefused(`Links are not made on Windows; it leads to ‘${target}’.`)
    const path = `${parent.path}/${name}`
    const there = lstatSync(path, { throwIfNoEntry: false })
    if (there !== undefined) throw new EntryRefused('Something of its name is there already.')
    try {
      symlinkSync(target, path)
    } catch (error) {
      throw new EntryRefused(`The link could not be made (${(error as NodeJS.ErrnoException).code}).`)
    }
  }

  /** Whether a name is taken in a folder that was there before this run. */
  isTaken(parentPath: string, name: string): boolean {
    return lstatSync(join(parentPath, name), { throwIfNoEntry: false }) !== undefined
  }

  /** Sets a folder's date; to be called when nothing more is put into it. */
  setModified(folder: OutputFolder, modifiedMs: number): void {
    if (!folder.isNew) return
    try {
      utimesSync(folder.path, modifiedMs / 1000, modifiedMs / 1000)
    } catch {
      // The date of a folder is not worth failing for.
    }
  }

  /** Removes the folders made in this run that have nothing in them. */
  removeEmptyFolders(): void {
    for (const folder of this.#made.toReversed()) {
      try {
        rmdirSync(folder.path)
      } catch {
        // It is in use.
      }
    }
  }

  #openRoot(rootPath: string): OutputFolder {
    const there = lstatSync(rootPath, { throwIfNoEntry: false })
    try {
      if (there === undefined) mkdirSync(dirname(rootPath), { recursive: true })
      const isNew = there === undefined
      if (isNew) mkdirSync(rootPath)
      const folder = this.#adopt(realpathSync(rootPath), null, isNew)
      return folder
    } catch (error) {
      throw error instanceof Problem ? error : outputProblem(join(rootPath, '.'), error)
    }
  }

  #tryMakeFolder(path: string, mode: number | null): boolean {
    try {
      mkdirSync(path, mode === null ? 0o755 : (mode & MODE_MASK) | FOLDER_LEAST_MODE)
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
      throw refusedOrProblem(path, error)
    }
  }

  #adopt(path: string, parent: OutputFolder | null, isNew: boolean): OutputFolder {
    const stat = lstatSync(path)
    if (!stat.isDirectory()) throw outputProblem(path, Object.assign(new Error('not a directory'), { code: 'ENOTDIR' }))
    const depth = parent === null ? 0 : parent.depth + 1
    const folder = { path, depth, isNew, device: stat.dev, inode: stat.ino, ours: isNew ? null : new Set<number>() }
    if (isNew) {
      this.#made.push(folder)
      parent?.ours?.add(stat.ino)
    }
    return folder
  }

  /** The path must still lead to the folder that was made or found, or another program is playing tricks. */
  #verify(folder: OutputFolder): void {
    if (folder === this.#verified) return
    const stat = lstatSync(folder.path, { throwIfNoEntry: false })
    if (!stat?.isDirectory() || stat.ino !== folder.inode || stat.dev !== folder.device) {
      throw new EntryRefused(`Its folder ‘${folder.path}’ was moved or replaced meanwhile.`)
    }
    this.#verified = folder
  }

  #isOurs(parent: OutputFolder, there: Stats): boolean {
    return parent.isNew || parent.ours?.has(there.ino) === true
  }

  #createReplacement(parent: OutputFolder, path: string, there: Stats, bits: number): OutputFile {
    if (!this.#overwrite) throw new EntryRefused('Something of its name is there already.')
    if (!there.isFile()) throw new EntryRefused('Something that is no file is in its place.')
    if (this.#sourceIdentities.has(`${there.dev}:${there.ino}`)) throw new EntryRefused('It would replace the image itself.')
    const temporary = `${parent.path}/${temporaryName()}`
    try {
      return { fd: openSync(temporary, CREATE, bits), isOpen: true, path: temporary, replaces: path, renamedTo: null }
    } catch (error) {
      throw outputProblem(path, error)
    }
  }
}

/** Names are shortened beforehand, so what is too long here is the whole path: others may still fit. */
function refusedOrProblem(path: string, error: unknown): Error {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENAMETOOLONG':
      return new EntryRefused('Its path is too long for this system.')
    case 'EINVAL':
    case 'EILSEQ':
      return new EntryRefused('Its name is not allowed on this volume.')
    default:
      return outputProblem(path, error)
  }
}
