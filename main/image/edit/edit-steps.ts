/** Carries out the steps of an edit on the tree taken from an image. */
import { posix } from 'node:path'
import type { EditStep } from '../../../shared/image-edit.ts'
import type { SkippedSource } from '../../../shared/image-model.ts'
import type { FileSystemKind } from '../../../shared/image-project.ts'
import type { JobControl } from '../../../shared/job.ts'
import { Problem } from '../../../shared/problem.ts'
import { exclusionOf } from '../create/exclusion.ts'
import { hostPathOf, stagedPathOf } from '../create/host-path.ts'
import { type ScanOptions, scanSource } from '../create/scan.ts'
import { SourceNode } from '../create/source-tree.ts'
import { applyStep, nodeAt, requireName } from '../create/staging-steps.ts'

export interface AppliedSteps {
  /** Entries that were put in, with all that is in them, and how many took the place of others. */
  readonly added: number
  readonly replaced: number
  readonly removed: number
  readonly renamed: number
  readonly skipped: readonly SkippedSource[]
}

/** Throws a usage Problem for a step that can't be carried out; an `io` Problem for a host file that can't be read. */
export async function applyEditSteps(
  root: SourceNode,
  steps: readonly EditStep[],
  exclude: readonly string[],
  control: JobControl,
): Promise<AppliedSteps> {
  const editing = new Editing(root, { excluded: exclusionOf(exclude), unreadable: 'stop' }, control)
  for (const step of steps) await editing.apply(step)
  return editing
}

class Editing implements AppliedSteps {
  added = 0
  replaced = 0
  removed = 0
  renamed = 0
  readonly skipped: SkippedSource[] = []
  readonly #root: SourceNode
  readonly #scanOptions: ScanOptions
  readonly #control: JobControl

  constructor(root: SourceNode, scanOptions: ScanOptions, control: JobControl) {
    this.#root = root
    this.#scanOptions = scanOptions
    this.#control = control
  }

  async apply(step: EditStep): Promise<void> {
    switch (step.step) {
      case 'add':
        return this.#add(step.hostPath, step.path)
      case 'remove':
        this.removed += countOf(nodeAt(this.#root, step.path))
        return applyStep(this.#root, { step: 'remove', path: step.path })
      case 'new-folder':
        return this.#newFolder(step.path)
      case 'rename':
        return this.#rename(step.path, step.to)
    }
  }

  async #add(hostPath: string, path: string): Promise<void> {
    const { node, skipped } = await scanSource(hostPath, parentOf(path), this.#scanOptions, this.#control)
    this.skipped.push(...skipped)
    const there = findNode(this.#root, path)
    if (there === this.#root && node.isDirectory) {
      this.#putChildren(node, this.#root)
      return
    }
    const isIntoFolder = !node.isDirectory && (there?.isDirectory || path.endsWith('/'))
    if (!isIntoFolder) node.name = nameIn(path)
    requireName(node.name)
    this.#put(node, this.#folder(isIntoFolder ? path : parentOf(path)))
  }

  /** Puts a scanned entry into a folder. */
  #put(node: SourceNode, folder: SourceNode): void {
    node.hostPath = hostPathOf(node)
    const children = folder.children as Map<string, SourceNode>
    const there = children.get(node.name)
    if (there?.isDirectory && node.isDirectory) {
      this.#putChildren(node, there)
      return
    }
    if (there !== undefined && there.isDirectory !== node.isDirectory) throw otherKind(there, node)
    if (there !== undefined) {
      takePlace(node, there)
      there.parent = null
      this.replaced++
    }
    if (folder.extra?.absentFrom) hideFrom(node, folder.extra.absentFrom)
    node.parent = folder
    children.set(node.name, node)
    this.added += countOf(node)
  }

  #putChildren(from: SourceNode, folder: SourceNode): void {
    for (const child of [...(from.children as Map<string, SourceNode>).values()]) this.#put(child, folder)
  }

  #newFolder(path: string): void {
    if (findNode(this.#root, path) !== null) throw usage('name-taken', `There is something called ‘${path}’ already.`)
    this.#folder(path)
  }

  #rename(path: string, to: string): void {
    const node = nodeAt(this.#root, path)
    const there = findNode(this.#root, to)
    const isInto = there?.isDirectory === true && there !== node
    const target = isInto ? there : this.#folder(parentOf(to))
    this.#move(path, node, target, isInto ? node.name : nameIn(to))
    this.renamed++
  }

  #move(path: string, node: SourceNode, target: SourceNode, name: string): void {
    const old = node.parent
    if (old === null) throw usage('root-is-fixed', 'The image’s top folder can’t be renamed or moved.')
    for (let at: SourceNode | null = target; at !== null; at = at.parent)
      if (at === node) throw usage('move-into-itself', `‘${path}’ can’t be moved into itself.`)
    requireName(name)
    const there = target.children?.get(name)
    if (there !== undefined && there !== node) throw taken(name, target)
    node.hostPath = hostPathOf(node)
    old.children?.delete(node.name)
    if (name !== node.name) forgetNames(node)
    if (target.extra?.absentFrom) hideFrom(node, target.extra.absentFrom)
    node.name = name
    node.parent = target
    target.children?.set(name, node)
  }

  /** The folder at a path, made with those that lead to it where there is none. */
  #folder(path: string): SourceNode {
    const there = findNode(this.#root, path)
    if (there !== null) {
      if (!there.isDirectory) throw usage('not-a-folder', `‘${path}’ is no folder in the image.`)
      return there
    }
    const parent = this.#folder(parentOf(path))
    const folder = new SourceNode(nameIn(path), 'directory')
    requireName(folder.name)
    const nowS = Math.floor(Date.now() / 1000)
    Object.assign(folder, { mode: parent.mode, uid: parent.uid, gid: parent.gid, modifiedS: nowS, accessedS: nowS, changedS: nowS })
    folder.parent = parent
    parent.children?.set(folder.name, folder)
    this.added++
    return folder
  }
}

/** What takes an entry's place has its mode, owner and names in every tree, and is missing where that was. */
function takePlace(node: SourceNode, there: SourceNode): void {
  node.mode = there.mode
  node.uid = there.uid
  node.gid = there.gid
  const { keptNames, absentFrom, isHidden } = there.extra ?? {}
  if (keptNames) node.extra = { ...node.extra, keptNames }
  if (absentFrom) node.extra = { ...node.extra, absentFrom }
  if (isHidden) node.extra = { ...node.extra, isHidden }
}

/** What lies in a folder that a tree doesn't show is not in that tree either. */
function hideFrom(node: SourceNode, absentFrom: readonly FileSystemKind[]): void {
  node.extra = { ...node.extra, absentFrom }
  for (const child of node.children?.values() ?? []) hideFrom(child, absentFrom)
}

/** Under another name an entry gets new names in all trees. */
function forgetNames(node: SourceNode): void {
  if (node.extra === null) return
  const { keptNames: _names, nameBytes: _bytes, ...extra } = node.extra
  node.extra = extra
}

/** The entry at a path; null when there is none. */
export function findNode(root: SourceNode, path: string): SourceNode | null {
  let node: SourceNode | undefined = root
  for (const part of path.split('/')) if (part !== '') node = node?.children?.get(part)
  return node ?? null
}

function countOf(node: SourceNode): number {
  let count = 1
  for (const child of node.children?.values() ?? []) count += countOf(child)
  return count
}

const parentOf = (path: string): string => posix.dirname(posix.join('/', path))
const nameIn = (path: string): string => posix.basename(posix.join('/', path))

function otherKind(there: SourceNode, node: SourceNode): Problem {
  const [old, added] = there.isDirectory ? ['a folder', 'a file'] : ['a file', 'a folder']
  return usage(
    'replace-other-kind',
    `‘${stagedPathOf(there)}’ is ${old} in the image, and ‘${node.hostPath ?? node.name}’ is ${added}.`,
    'Remove it first if it is to go.',
  )
}

function taken(name: string, folder: SourceNode): Problem {
  return usage('name-taken', `‘${name}’ is already in ‘${stagedPathOf(folder)}’.`, 'Choose another name, or remove it first.')
}

function usage(code: string, message: string, advice?: string): Problem {
  return new Problem({ kind: 'usage', code, message, kept: 'Nothing was written.', advice })
}
