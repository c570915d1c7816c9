/** A folder of the host as a side of a comparison. Read as it is walked; no link in it is followed. */
import { closeSync, constants, lstatSync, openSync, readlinkSync, readSync, type Stats, statSync } from 'node:fs'
import type { AttributeKind, ComparedSide } from '../../../shared/comparison.ts'
import type { EntryType, Finding } from '../../../shared/image-model.ts'
import type { ByteSource } from '../../bytes/byte-source.ts'
import { ioProblem } from '../../bytes/io-problem.ts'
import { nameOfBytes } from '../../iso9660/name-text.ts'
import { type Exclusion, exclusionOf } from '../create/exclusion.ts'
import { childHostPath } from '../create/host-path.ts'
import { deviceNumber, entryTypeOf, inodeKey, listNames } from '../create/scan.ts'
import { entryPath } from '../entry-path.ts'
import { byName, type ComparedEntry, type ComparedTree, type FolderEntries, type TreeAbilities } from './compared-tree.ts'

const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

const isWindows = process.platform === 'win32'
/** Owners are left out: who takes files out of an image without being root becomes their owner. */
const attributes: readonly AttributeKind[] = isWindows ? ['times', 'links'] : ['times', 'modes', 'links']
const types: readonly EntryType[] = isWindows
  ? ['file', 'directory', 'symlink']
  : ['file', 'directory', 'symlink', 'block', 'char', 'fifo', 'socket']

class FolderEntry implements ComparedEntry {
  readonly unreadable = null
  readonly type: EntryType
  readonly sizeBytes: number
  readonly modifiedMs: number
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly links: number
  readonly target: string | null
  readonly device: { readonly major: number; readonly minor: number } | null
  /** `device:inode`. */
  readonly inode: string
  readonly name: string
  readonly parent: FolderEntry | null
  /** The last part of its path on the host, as bytes where they are no UTF-8; of the root the whole path. */
  readonly #hostName: string | Buffer

  constructor(name: string, parent: FolderEntry | null, hostName: string | Buffer, stats: Stats) {
    this.name = name
    this.parent = parent
    this.#hostName = hostName
    this.type = entryTypeOf(stats)
    this.sizeBytes = stats.size
    this.modifiedMs = stats.mtimeMs
    this.mode = stats.mode
    this.uid = stats.uid
    this.gid = stats.gid
    this.links = stats.nlink
    const { hostPath } = this
    this.inode = inodeKey(hostPath, stats)
    this.device = this.type === 'block' || this.type === 'char' ? deviceNumber(stats.rdev) : null
    this.target = this.type === 'symlink' ? readlinkSync(hostPath) : null
  }

  get hostPath(): string | Buffer {
    return this.parent === null ? this.#hostName : childHostPath(this.parent.hostPath, this.#hostName)
  }

  get hardLinkKey(): string | null {
    return this.type === 'file' && this.links > 1 ? this.inode : null
  }
}

export class FolderTree implements ComparedTree {
  readonly side: ComparedSide
  readonly root: FolderEntry
  readonly abilities: TreeAbilities = { attributes: new Set(attributes), types: new Set(types), nameForms: [] }
  readonly storage = 'host'
  readonly #excluded: Exclusion

  /** `exclude` are patterns of what is left out. Throws an `io` Problem for a folder that can't be read, `usage` for a bad pattern. */
  constructor(path: string, exclude: readonly string[]) {
    this.side = { path, kind: 'folder', label: null }
    this.#excluded = exclusionOf(exclude)
    try {
      this.root = new FolderEntry('', null, path, statSync(path))
    } catch (error) {
      throw ioProblem(error, `Could not read ‘${path}’.`)
    }
  }

  contentBytes(): null {
    return null
  }

  beginWalk(): FolderEntries {
    return (folder) => this.#entries(folder as FolderEntry)
  }

  content(file: ComparedEntry): ByteSource {
    return new HostContent(file as FolderEntry)
  }

  place(file: ComparedEntry): string {
    return (file as FolderEntry).inode
  }

  finish(): readonly Finding[] {
    return []
  }

  close(): void {}

  #entries(folder: FolderEntry): FolderEntry[] {
    const { hostPath } = folder
    if (containsItself(folder)) return []
    const prefix = folder.parent === null ? '' : `${entryPath(folder).slice(1)}/`
    const entries: FolderEntry[] = []
    try {
      for (const raw of listNames(hostPath)) {
        const name = typeof raw === 'string' ? raw : nameOfBytes(raw, 0, raw.length)
        if (this.#excluded(prefix + name, name)) continue
        entries.push(new FolderEntry(name, folder, raw, lstatSync(childHostPath(hostPath, raw))))
      }
    } catch (error) {
      throw ioProblem(error, `Could not read ‘${hostPath}’.`)
    }
    return entries.sort(byName)
  }
}

/** Folders can be mounted inside themselves. */
function containsItself(folder: FolderEntry): boolean {
  for (let at = folder.parent; at !== null; at = at.parent) if (at.inode === folder.inode) return true
  return false
}

class HostContent implements ByteSource {
  readonly sizeBytes: number
  readonly #path: string | Buffer
  readonly #fd: number

  constructor(file: FolderEntry) {
    this.sizeBytes = file.sizeBytes
    this.#path = file.hostPath
    try {
      this.#fd = openSync(this.#path, OPEN_FLAGS)
    } catch (error) {
      throw ioProblem(error, `Could not open ‘${this.#path}’.`)
    }
  }

  read(offsetBytes: number, target: Uint8Array): number {
    let done = 0
    try {
      while (done < target.length) {
        const got = readSync(this.#fd, target, done, target.length - done, offsetBytes + done)
        if (got === 0) break
        done += got
      }
    } catch (error) {
      throw ioProblem(error, `Reading ‘${this.#path}’ failed ${offsetBytes + done} bytes in.`)
    }
    return done
  }

  close(): void {
    closeSync(this.#fd)
  }
}
