/**
 * The tree of an image taken over as the source of another one: every entry with its names in each of the image's file
 * systems, and contents that are read from where they lie.
 */
import type { Change } from '../../../shared/image-model.ts'
import type { FileSystemKind } from '../../../shared/image-project.ts'
import type { JobControl } from '../../../shared/job.ts'
import { RunSource } from '../../bytes/run-source.ts'
import { type SourceContent, type SourceExtra, SourceNode } from '../create/source-tree.ts'
import type { ImageEntry, ImageView } from '../image-view.ts'
import type { OpenImage } from '../open-image.ts'
import { walkRuns } from '../walk-view.ts'
import { UsedRanges } from './used-ranges.ts'

/** What a node was taken from. */
export interface Origin {
  readonly entry: ImageEntry
  readonly view: ImageView
}

export interface TakenTree {
  readonly root: SourceNode
  /** The view it was taken from. */
  readonly view: ImageView
  /** Of nodes that no step put in. */
  readonly origins: Map<SourceNode, Origin>
  /** Files by the byte where their content begins; of several names of one content the first. */
  readonly filesByStart: ReadonlyMap<number, SourceNode>
  /** Bytes of the image that belong to files and folders of any of its trees. */
  readonly used: UsedRanges
  /** What can't be taken over. */
  readonly changes: Change[]
}

const FILE_MODE = 0o100644
const FOLDER_MODE = 0o040755
const STEPS_BETWEEN_CHECKPOINTS = 512

export interface TakeOptions {
  /** Contents stay where they are: the new image begins with all of the old one. */
  readonly inPlace: boolean
}

/** Takes the best tree of the image, which must have been opened for details. */
export async function takeTree(image: OpenImage, options: TakeOptions, control: JobControl): Promise<TakenTree> {
  return new TreeTaking(image, options, control).run()
}

class TreeTaking {
  readonly #image: OpenImage
  readonly #view: ImageView
  readonly #inPlace: boolean
  readonly #control: JobControl
  readonly #origins = new Map<SourceNode, Origin>()
  readonly #filesByStart = new Map<number, SourceNode>()
  readonly #used = new UsedRanges()
  readonly #changes: Change[] = []

  constructor(image: OpenImage, { inPlace }: TakeOptions, control: JobControl) {
    this.#image = image
    this.#view = image.view('auto')
    this.#inPlace = inPlace
    this.#control = control
  }

  async run(): Promise<TakenTree> {
    const view = this.#view
    const root = this.#node(view.root)
    const folders = new Map<ImageEntry, SourceNode>([[view.root, root]])
    this.#use(view.root)
    let steps = 0
    for (const { folder, entries } of walkRuns(view, view.root, '/', this.#image.findingLog)) {
      for (const entry of entries) {
        const parent = folders.get(entry.parent as ImageEntry)
        if (parent === undefined || !this.#isTaken(entry, `${folder}/${entry.name}`)) continue
        const node = this.#node(entry)
        attachTaken(parent, node)
        if (entry.type === 'directory') folders.set(entry, node)
        this.#use(entry)
        if (++steps % STEPS_BETWEEN_CHECKPOINTS === 0) await this.#control.checkpoint()
      }
    }
    return { root, view, origins: this.#origins, filesByStart: this.#filesByStart, used: this.#used, changes: this.#changes }
  }

  #use(entry: ImageEntry): void {
    for (const extent of entry.extents) this.#used.add(this.#view.offsetBytes(extent), extent.lengthBytes)
  }

  /** Says why an entry can't be taken over, if so. */
  #isTaken(entry: ImageEntry, path: string): boolean {
    const reason =
      entry.type === 'file'
        ? entry.unreadable
        : entry.type === 'symlink' && entry.target === null
          ? 'Where the link leads is damaged.'
          : null
    if (reason === null) return true
    this.#changes.push({ fileSystem: this.#view.kind as FileSystemKind, kind: 'omitted', path, becomes: null, reason })
    return false
  }

  #node(entry: ImageEntry): SourceNode {
    const node = takenNode(entry, this.#view)
    if (entry.type === 'file') this.#takeContent(node, entry)
    this.#origins.set(node, { entry, view: this.#view })
    return node
  }

  #takeContent(node: SourceNode, entry: ImageEntry): void {
    const view = this.#view
    if (entry.zisofs !== null) node.sizeBytes = entry.extents.reduce((sum, extent) => sum + extent.lengthBytes, 0)
    if (node.sizeBytes === 0) return
    const content = storedContent(view, entry, node, this.#image, this.#inPlace)
    node.extra = { ...node.extra, content }
    const [first] = entry.extents
    if (first === undefined) return
    const startBytes = view.offsetBytes(first)
    if (!this.#filesByStart.has(startBytes)) this.#filesByStart.set(startBytes, node)
  }
}

/** A node with the entry's attributes; its content is for the caller to add. */
export function takenNode(entry: ImageEntry, view: ImageView): SourceNode {
  const node = new SourceNode(entry.name, entry.type)
  const { details } = entry
  const modifiedMs = entry.modifiedMs ?? 0
  node.mode = entry.mode ?? (entry.type === 'directory' ? FOLDER_MODE : FILE_MODE)
  node.uid = entry.uid ?? 0
  node.gid = entry.gid ?? 0
  node.modifiedS = Math.floor(modifiedMs / 1000)
  node.accessedS = Math.floor((details?.accessedMs ?? modifiedMs) / 1000)
  node.changedS = Math.floor((details?.changedMs ?? modifiedMs) / 1000)
  if (entry.type === 'file') node.sizeBytes = entry.sizeBytes
  node.extra = extraOf(entry, view)
  return node
}

function extraOf(entry: ImageEntry, { kind }: ImageView): SourceExtra | null {
  const { details, target, device, zisofs, hardLinkKey } = entry
  const extra: SourceExtra = {}
  if (entry.type === 'symlink' && target !== null) extra.linkTarget = details?.linkBytes ?? Buffer.from(target)
  if (device !== null) extra.device = device
  if (hardLinkKey !== null) extra.hardLinkKey = `image:${hardLinkKey}`
  if (zisofs !== null) extra.zisofs = zisofs
  if (details?.nameBytes && !Buffer.from(entry.name).equals(details.nameBytes)) extra.nameBytes = details.nameBytes
  if (details?.isHidden) extra.isHidden = true
  if (details !== null && (kind === 'rockridge' || kind === 'iso9660')) extra.keptNames = { iso9660: details.identifier }
  if (kind === 'joliet') extra.keptNames = { joliet: entry.name }
  return Object.keys(extra).length > 0 ? extra : null
}

/** The bytes of a file as they are recorded, compressed ones as they are. */
export function storedContent(
  view: ImageView,
  entry: ImageEntry,
  node: SourceNode,
  image: Pick<OpenImage, 'source' | 'path'>,
  inPlace: boolean,
): SourceContent {
  const runs = entry.extents.map((extent) => ({ offsetBytes: view.offsetBytes(extent), lengthBytes: extent.lengthBytes }))
  const isStoredAsRead = entry.zisofs !== null || runs.reduce((sum, run) => sum + run.lengthBytes, 0) === node.sizeBytes
  return {
    key: `image:${runs.map((run) => `${run.offsetBytes}+${run.lengthBytes}`).join(',')}:${node.sizeBytes}`,
    keptLba: inPlace && isStoredAsRead ? lbaOfOnePiece(runs) : null,
    displayPath: `${image.path}: ${entry.name}`,
    open: () => (entry.zisofs === null ? view.contentSource(entry) : new RunSource(image.source, runs)),
  }
}

const SECTOR_BYTES = 2048

/** The sector where content begins that lies in one piece; null when it does not. */
function lbaOfOnePiece(runs: readonly { readonly offsetBytes: number; readonly lengthBytes: number }[]): number | null {
  const [first] = runs
  if (first === undefined || first.offsetBytes % SECTOR_BYTES !== 0) return null
  let endBytes = first.offsetBytes
  for (const { offsetBytes, lengthBytes } of runs) {
    if (offsetBytes !== endBytes) return null
    endBytes += lengthBytes
  }
  return first.offsetBytes / SECTOR_BYTES
}

/** Puts a node into a folder; of several that are called alike each keeps its place. */
export function attachTaken(parent: SourceNode, node: SourceNode): void {
  const children = parent.children as Map<string, SourceNode>
  let key = node.name
  for (let i = 2; children.has(key); i++) key = `${node.name} (${i})`
  node.name = key
  node.parent = parent
  children.set(key, node)
}
