/**
 * Scan: the host's files and folders become a source tree. Nothing is written and no link is followed except the one
 * a person named as a source. Plain synchronous calls, one directory at a time: the fastest way through a big tree.
 */
import { accessSync, constants, lstatSync, readdirSync, readlinkSync, type Stats, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { EntryType, SkippedSource } from '../../../shared/image-model.ts'
import type { JobControl } from '../../../shared/job.ts'
import { childHostPath } from './host-path.ts'
import { type SourceProblem, sourceProblem } from './source-problems.ts'
import { type SourceExtra, SourceNode } from './source-tree.ts'

export interface ScanOptions {
  /** Whether to leave an entry out; `relativePath` has no leading slash. */
  readonly excluded: (relativePath: string, name: string) => boolean
  readonly unreadable: 'stop' | 'skip'
}

export interface Scanned {
  readonly node: SourceNode
  readonly skipped: SkippedSource[]
  /** How many entries the exclusion patterns left out. */
  readonly excludedCount: number
}

const REPLACEMENT = '\ufffd'

/**
 * Scans one source. `stagedParent` is the staged path that its entries will be under, for exclusion patterns.
 * Throws a SourceProblem for the source itself, and for anything inside it unless `unreadable` is `skip`.
 */
export async function scanSource(hostPath: string, stagedParent: string, options: ScanOptions, control: JobControl): Promise<Scanned> {
  return new Scan(options, control).run(resolve(hostPath), stagedParent)
}

interface PendingDirectory {
  readonly node: SourceNode
  readonly hostPath: string | Buffer
  readonly relativePath: string
  /** `device:inode` of this directory and those above it, against directories mounted inside themselves. */
  readonly ancestors: readonly string[]
}

class Scan {
  private readonly skipped: SkippedSource[] = []
  private readonly options: ScanOptions
  private readonly control: JobControl
  private readonly uid = process.getuid?.() ?? 0
  private excludedCount = 0
  private items = 0

  constructor(options: ScanOptions, control: JobControl) {
    this.options = options
    this.control = control
  }

  async run(hostPath: string, stagedParent: string): Promise<Scanned> {
    let stats: Stats
    try {
      stats = statSync(hostPath)
    } catch (error) {
      throw sourceProblem(hostPath, error)
    }
    const node = sourceNodeOf(basename(hostPath) || 'root', hostPath, stats)
    node.hostPath = hostPath
    if (!node.isDirectory) this.requireReadable(node, hostPath)
    const prefix = stagedParent === '/' ? '' : `${stagedParent.slice(1)}/`
    if (node.isDirectory) await this.walk({ node, hostPath, relativePath: prefix, ancestors: [inodeKey(hostPath, stats)] })
    return { node, skipped: this.skipped, excludedCount: this.excludedCount }
  }

  private async walk(root: PendingDirectory): Promise<void> {
    const pending = [root]
    for (let directory = pending.pop(); directory !== undefined; directory = pending.pop()) {
      this.readDirectory(directory, pending)
      this.control.progress({
        phase: 'scan',
        doneBytes: 0,
        totalBytes: null,
        doneItems: this.items,
        current: directory.hostPath.toString(),
      })
      const pause = this.control.checkpoint()
      if (pause !== undefined) await pause
    }
  }

  private readDirectory(directory: PendingDirectory, pending: PendingDirectory[]): void {
    const names = this.attempt(directory.hostPath, () => listNames(directory.hostPath))
    if (names === null) return
    const children = directory.node.children as Map<string, SourceNode>
    for (const raw of names) {
      const name = typeof raw === 'string' ? raw : raw.toString()
      const relativePath = directory.relativePath + name
      if (this.options.excluded(relativePath, name)) {
        this.excludedCount++
        continue
      }
      const hostPath = childHostPath(directory.hostPath, raw)
      const stats = this.attempt(hostPath, () => lstatSync(hostPath))
      const node = stats && this.attempt(hostPath, () => this.createReadableNode(name, hostPath, stats))
      if (node === null) continue
      if (typeof raw !== 'string') node.extra = { ...node.extra, nameBytes: raw }
      const key = stats?.isDirectory() ? inodeKey(hostPath, stats) : null
      if (key !== null && directory.ancestors.includes(key)) {
        this.skip(hostPath.toString(), `‘${hostPath}’ contains itself; it was left out there.`)
        continue
      }
      node.parent = directory.node
      children.set(uniqueKey(children, name, node), node)
      this.items++
      if (key !== null) pending.push({ node, hostPath, relativePath: `${relativePath}/`, ancestors: [...directory.ancestors, key] })
    }
  }

  private createReadableNode(name: string, hostPath: string | Buffer, stats: Stats): SourceNode {
    const node = sourceNodeOf(name, hostPath, stats)
    if (node.type === 'file') this.requireReadable(node, hostPath)
    return node
  }

  /** Finds out before anything is written that a file can't be opened, where the mode bits leave it in doubt. */
  private requireReadable(node: SourceNode, hostPath: string | Buffer): void {
    if (this.uid === 0 || node.mode & (node.uid === this.uid ? 0o400 : 0o004)) return
    accessSync(hostPath, constants.R_OK)
  }

  /** Runs a system call on a source; null when it failed and is to be skipped. */
  private attempt<T>(hostPath: string | Buffer, call: () => T): T | null {
    try {
      return call()
    } catch (error) {
      const problem: SourceProblem = sourceProblem(hostPath.toString(), error)
      if (this.options.unreadable === 'stop') throw problem
      this.skip(problem.hostPath, problem.reason)
      return null
    }
  }

  private skip(path: string, reason: string): void {
    this.skipped.push({ path, reason })
    this.control.log('warning', reason)
  }
}

/** Names in a directory; those that are not UTF-8 as bytes, so that they can still be opened. */
export function listNames(hostPath: string | Buffer): (string | Buffer)[] {
  const names: string[] = readdirSync(hostPath)
  if (!names.some((name) => name.includes(REPLACEMENT))) return names
  return readdirSync(hostPath, { encoding: 'buffer' }).map((bytes) =>
    Buffer.from(bytes.toString()).equals(bytes) ? bytes.toString() : bytes,
  )
}

/** Facts of one entry; throws what the system says. */
export function sourceNodeOf(name: string, hostPath: string | Buffer, stats: Stats): SourceNode {
  const node = new SourceNode(name, entryTypeOf(stats))
  node.mode = plain(stats.mode)
  node.uid = plain(stats.uid)
  node.gid = plain(stats.gid)
  node.modifiedS = Math.floor(stats.mtimeMs / 1000)
  node.accessedS = Math.floor(stats.atimeMs / 1000)
  node.changedS = Math.floor(stats.ctimeMs / 1000)
  if (node.type === 'file') node.sizeBytes = plain(stats.size)
  node.extra = extraOf(node, hostPath, stats)
  return node
}

/** Numbers of `Stats` are 16 bytes each outside the object that has them, even small ones: 64 MB in a million entries. */
const plain = (value: number): number => (value === (value | 0) ? value | 0 : value)

/** The facts that few entries have; null for most. */
function extraOf(node: SourceNode, hostPath: string | Buffer, stats: Stats): SourceExtra | null {
  const extra: SourceExtra = {}
  if (node.type === 'symlink') extra.linkTarget = readlinkSync(hostPath, { encoding: 'buffer' })
  if (node.type === 'block' || node.type === 'char') extra.device = deviceNumber(stats.rdev)
  if (node.type !== 'directory' && stats.nlink > 1) extra.hardLinkKey = inodeKey(hostPath, stats)
  return extra.linkTarget || extra.device || extra.hardLinkKey ? extra : null
}

/** Two names that are not UTF-8 can look alike as text; they stay two entries. */
function uniqueKey(children: Map<string, SourceNode>, name: string, node: SourceNode): string {
  let key = name
  for (let i = 2; children.has(key); i++) key = `${name} (${i})`
  node.name = key
  return key
}

export function entryTypeOf(stats: Stats): EntryType {
  if (stats.isFile()) return 'file'
  if (stats.isDirectory()) return 'directory'
  if (stats.isSymbolicLink()) return 'symlink'
  if (stats.isBlockDevice()) return 'block'
  if (stats.isCharacterDevice()) return 'char'
  return stats.isFIFO() ? 'fifo' : 'socket'
}

/** Inode numbers beyond 2^53 are rounded in plain stats, which would make links of different files. */
export function inodeKey(hostPath: string | Buffer, stats: Stats): string {
  if (Number.isSafeInteger(stats.ino)) return `${stats.dev}:${stats.ino}`
  const exact = lstatSync(hostPath, { bigint: true })
  return `${exact.dev}:${exact.ino}`
}

/** Linux' packing of major and minor in st_rdev (sys/sysmacros.h). */
export function deviceNumber(rdev: number): { major: number; minor: number } {
  const high = Math.floor(rdev / 0x1_0000_0000)
  const low = rdev % 0x1_0000_0000
  return {
    major: ((low >>> 8) & 0xfff) + Math.floor(high / 0x1000) * 0x1000,
    minor: (low & 0xff) + ((low >>> 20) << 8) + (high % 0x1000) * 0x100000,
  }
}
