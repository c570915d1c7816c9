/**
 * The boot files that were chosen, found: in the tree where they are in it, else added to a copy of it under /boot. Reads
 * the first bytes of each and the loader's MBR code, nothing else.
 */
import { closeSync, lstatSync, openSync, readSync, type Stats, statSync } from 'node:fs'
import { basename, extname } from 'node:path'
import type { BootFileChoice, CreateOptions } from '../../../shared/image-project.ts'
import { Problem } from '../../../shared/problem.ts'
import { BOOT_FILE_NEEDS_BYTES } from '../../boot/boot-file-needs.ts'
import { MBR_CODE_BYTES } from '../../boot/master-boot-record.ts'
import type { MbrTemplate } from '../../boot/mbr-composer.ts'
import { requireMbrCode } from '../../boot/mbr-template.ts'
import { ioProblem } from '../../bytes/io-problem.ts'
import { hostPathOf } from './host-path.ts'
import { inodeKey, sourceNodeOf } from './scan.ts'
import { SourceNode } from './source-tree.ts'

const FOLDER = 'boot'
const FOLDER_MODE = 0o040755

export interface FoundBootFile {
  readonly choice: BootFileChoice
  readonly node: SourceNode
  /** The first bytes: enough to tell what it is. */
  readonly head: Buffer
}

export interface FoundBoot {
  /** The tree with all boot files in it; the one given when they were there. */
  readonly root: SourceNode
  readonly files: readonly FoundBootFile[]
  readonly mbrCode: (MbrTemplate & { readonly path: string }) | null
  /** What the tree was given besides. */
  readonly addedFiles: number
  readonly addedFolders: number
}

type BootChoices = Pick<CreateOptions, 'bootFiles' | 'mbrCodePath'>

/** Throws an io Problem for a file that can't be read, a usage Problem for what is no file or no boot code. */
export function findBootFiles(root: SourceNode, { bootFiles, mbrCodePath }: BootChoices): FoundBoot {
  const mbrCode = mbrCodePath === null ? null : readMbrCode(mbrCodePath)
  const chosen = bootFiles.map((choice) => ({ choice, ...look(choice.hostPath) }))
  const known = nodesInTree(
    root,
    chosen.map(({ choice, stats }) => ({ hostPath: choice.hostPath, stats })),
  )
  const added = new Map<string, SourceNode>()
  const files = chosen.map(({ choice, stats, head }): FoundBootFile => {
    const key = inodeKey(choice.hostPath, stats)
    const node = known.get(key) ?? added.get(key) ?? newNode(choice.hostPath, stats)
    if (!known.has(key)) added.set(key, node)
    return { choice, node, head }
  })
  if (added.size === 0) return { root, files, mbrCode, addedFiles: 0, addedFolders: 0 }
  return { ...withBootFolder(root, [...added.values()]), files, mbrCode }
}

function newNode(hostPath: string, stats: Stats): SourceNode {
  const node = sourceNodeOf(basename(hostPath), hostPath, stats)
  node.hostPath = hostPath
  return node
}

function look(hostPath: string): { stats: Stats; head: Buffer } {
  try {
    const stats = statSync(hostPath)
    if (!stats.isFile() || stats.size === 0) throw noBootFile(hostPath, stats)
    return { stats, head: readHead(hostPath, BOOT_FILE_NEEDS_BYTES) }
  } catch (error) {
    throw ioProblem(error, `Could not read the boot file ‘${hostPath}’.`, 'Nothing was written.')
  }
}

function readMbrCode(path: string): MbrTemplate & { readonly path: string } {
  let code: Buffer
  try {
    code = readHead(path, MBR_CODE_BYTES)
  } catch (error) {
    throw ioProblem(error, `Could not read the MBR code ‘${path}’.`, 'Nothing was written.')
  }
  return { path, code, kind: requireMbrCode(code, `‘${path}’`) }
}

function readHead(path: string, sizeBytes: number): Buffer {
  const head = Buffer.alloc(sizeBytes)
  const fd = openSync(path, 'r')
  try {
    return head.subarray(0, readSync(fd, head, 0, sizeBytes, 0))
  } finally {
    closeSync(fd)
  }
}

/** Files of the tree that are one of these on the host, by inode. Only files of the same size are looked at. */
function nodesInTree(root: SourceNode, wanted: readonly { hostPath: string; stats: Stats }[]): Map<string, SourceNode> {
  const found = new Map<string, SourceNode>()
  const sizes = new Set(wanted.map(({ stats }) => stats.size))
  const keys = new Set(wanted.map(({ hostPath, stats }) => inodeKey(hostPath, stats)))
  const pending = wanted.length === 0 ? [] : [root]
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const child of folder.children?.values() ?? []) {
      if (child.isDirectory) pending.push(child)
      else if (child.type === 'file' && sizes.has(child.sizeBytes)) {
        const key = inodeOf(child)
        if (key !== null && keys.has(key) && !found.has(key)) found.set(key, child)
      }
    }
  }
  return found
}

function inodeOf(node: SourceNode): string | null {
  const hostPath = hostPathOf(node)
  if (hostPath === null) return null
  try {
    return inodeKey(hostPath, lstatSync(hostPath))
  } catch {
    return null // a file that went away is reported where it is read
  }
}

/** A copy of the tree's top with the files in /boot. */
function withBootFolder(root: SourceNode, added: readonly SourceNode[]): Pick<FoundBoot, 'root' | 'addedFiles' | 'addedFolders'> {
  const top = root.folderCopy()
  const there = top.children?.get(FOLDER)
  const name = there === undefined || there.isDirectory ? FOLDER : freeName(top, FOLDER)
  const folder = there?.isDirectory ? there.folderCopy() : new SourceNode(name, 'directory')
  if (there?.isDirectory) folder.hostPath = hostPathOf(there)
  else {
    folder.takeFacts(root)
    folder.mode = FOLDER_MODE
  }
  folder.parent = top
  top.children?.set(name, folder)
  for (const node of added) {
    node.name = freeName(folder, node.name)
    node.parent = folder
    folder.children?.set(node.name, node)
  }
  return { root: top, addedFiles: added.length, addedFolders: there?.isDirectory ? 0 : 1 }
}

/** The name, numbered before its extension when it is taken. */
function freeName(folder: SourceNode, name: string): string {
  const extension = extname(name)
  let free = name
  for (let number = 2; folder.children?.has(free); number++) free = `${basename(name, extension)}-${number}${extension}`
  return free
}

function noBootFile(hostPath: string, stats: Stats): Problem {
  const what = stats.isFile() ? 'is empty' : 'is no file'
  return new Problem({
    kind: 'usage',
    code: 'boot-file-invalid',
    message: `‘${hostPath}’ can’t be a boot file: it ${what}.`,
    kept: 'Nothing was written.',
    advice: 'Give the file that the boot loader made for discs.',
  })
}
