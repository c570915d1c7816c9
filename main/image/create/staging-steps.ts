/** Arranging the tree of an image to be: each step checked, then carried out on the source tree. */
import type { StagingStep } from '../../../shared/image-project.ts'
import { MAX_NAME_BYTES } from '../../../shared/limits.ts'
import { Problem } from '../../../shared/problem.ts'
import { displayHostPath, hostPathOf, stagedPathOf } from './host-path.ts'
import type { Scanned } from './scan.ts'
import { SourceNode } from './source-tree.ts'

/** An empty image: a root that exists only in it. */
export function emptyRoot(): SourceNode {
  return newFolder('')
}

function newFolder(name: string): SourceNode {
  const node = new SourceNode(name, 'directory')
  node.mode = 0o040755
  node.uid = process.getuid?.() ?? 0
  node.gid = process.getgid?.() ?? 0
  const nowS = Math.floor(Date.now() / 1000)
  node.modifiedS = nowS
  node.accessedS = nowS
  node.changedS = nowS
  return node
}

/** The entry at a staged path. Throws a usage Problem when there is none. */
export function nodeAt(root: SourceNode, path: string): SourceNode {
  let node: SourceNode | undefined = root
  for (const part of path.split('/')) {
    if (part === '') continue
    node = node.children?.get(part)
    if (node === undefined) throw usage('staged-path-missing', `There is no ‘${path}’ in the image.`)
  }
  return node
}

/**
 * Puts what a scan found under `into`. Folders of one name are merged; anything else of one name is a usage Problem,
 * and then nothing is changed.
 */
export function addScanned(root: SourceNode, scanned: Scanned, into: string, contentsOnly: boolean): void {
  const parent = folderAt(root, into)
  const spread = contentsOnly && scanned.node.isDirectory
  const added = spread ? [...(scanned.node.children as Map<string, SourceNode>).values()] : [scanned.node]
  for (const node of added) requireNoClash(parent, node)
  if (spread && parent === root && root.children?.size === 0) root.takeFacts(scanned.node)
  for (const node of added) attach(parent, node)
}

function requireNoClash(parent: SourceNode, node: SourceNode): void {
  const there = parent.children?.get(node.name)
  if (there === undefined) return
  if (there.children !== null && node.children !== null) {
    for (const child of node.children.values()) requireNoClash(there, child)
    return
  }
  throw usage(
    'name-taken',
    `‘${node.name}’ would be in ‘${stagedPathOf(parent)}’ twice: from ‘${displayHostPath(there)}’ and from ‘${displayHostPath(node)}’.`,
    'Rename one of them, or put it into another folder.',
  )
}

/** Carries out any step but `add`, which needs a scan. Throws a usage Problem and changes nothing when it can't be done. */
export function applyStep(root: SourceNode, step: Exclude<StagingStep, { step: 'add' }>): void {
  switch (step.step) {
    case 'remove':
      detach(movable(root, step.path))
      break
    case 'rename':
      rename(movable(root, step.path), step.name)
      break
    case 'new-folder':
      createFolder(root, step.path)
      break
    case 'move':
      move(movable(root, step.path), folderAt(root, step.into))
      break
  }
}

function rename(node: SourceNode, name: string): void {
  const parent = node.parent as SourceNode
  requireName(name)
  if (name === node.name) return
  requireFree(parent, name)
  node.hostPath = hostPathOf(node)
  parent.children?.delete(node.name)
  node.name = name
  if (node.extra?.nameBytes) node.extra = { ...node.extra, nameBytes: undefined }
  parent.children?.set(name, node)
}

function createFolder(root: SourceNode, path: string): void {
  const slash = path.lastIndexOf('/')
  const name = path.slice(slash + 1)
  requireName(name)
  const parent = folderAt(root, path.slice(0, slash) || '/')
  requireFree(parent, name)
  attach(parent, newFolder(name))
}

function move(node: SourceNode, target: SourceNode): void {
  for (let at: SourceNode | null = target; at !== null; at = at.parent)
    if (at === node) throw usage('move-into-itself', `‘${node.name}’ can’t be moved into itself.`)
  if (node.parent === target) return
  requireFree(target, node.name)
  detach(node)
  attach(target, node)
}

/** Checks a name that a person gave. Throws a usage Problem that says what is allowed. */
export function requireName(name: string): void {
  const bytes = Buffer.byteLength(name)
  if (name === '' || name === '.' || name === '..' || name.includes('/') || name.includes('\0'))
    throw usage('name-not-allowed', `‘${name}’ can’t be a name.`, 'A name has at least one character, no slash, and is not . or ...')
  if (bytes > MAX_NAME_BYTES)
    throw usage(
      'name-too-long',
      `That name has ${bytes} bytes.`,
      `A name can have at most ${MAX_NAME_BYTES} bytes (fewer letters in some scripts).`,
    )
}

function folderAt(root: SourceNode, path: string): SourceNode {
  const node = nodeAt(root, path)
  if (!node.isDirectory) throw usage('not-a-folder', `‘${path}’ is not a folder.`)
  return node
}

function movable(root: SourceNode, path: string): SourceNode {
  const node = nodeAt(root, path)
  if (node.parent === null) throw usage('root-is-fixed', 'The image’s top folder can’t be removed, renamed or moved.')
  return node
}

function requireFree(folder: SourceNode, name: string): void {
  if (folder.children?.has(name)) throw usage('name-taken', `‘${name}’ is already in ‘${stagedPathOf(folder)}’.`, 'Choose another name.')
}

function detach(node: SourceNode): void {
  node.hostPath = hostPathOf(node)
  node.parent?.children?.delete(node.name)
  node.parent = null
}

function attach(parent: SourceNode, node: SourceNode): void {
  node.hostPath = hostPathOf(node)
  const children = parent.children as Map<string, SourceNode>
  const there = children.get(node.name)
  if (there?.isDirectory && node.isDirectory) {
    for (const child of [...(node.children as Map<string, SourceNode>).values()]) attach(there, child)
    return
  }
  node.parent = parent
  children.set(node.name, node)
}

function usage(code: string, message: string, advice?: string): Problem {
  return new Problem({ kind: 'usage', code, message, advice })
}
