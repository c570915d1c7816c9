/**
 * The image's other trees beside the one that was taken: which entries they have, under which names. Folders are walked
 * side by side; what one tree alone has stays in that tree alone.
 */
import type { FileSystemKind } from '../../../shared/image-project.ts'
import type { JobControl } from '../../../shared/job.ts'
import { nameFormsOf } from '../compare/name-forms.ts'
import { pairByName } from '../compare/name-pairs.ts'
import type { SourceNode } from '../create/source-tree.ts'
import { DirectoryGuard } from '../directory-guard.ts'
import { entryPath } from '../entry-path.ts'
import type { ImageEntry, ImageView } from '../image-view.ts'
import type { OpenImage } from '../open-image.ts'
import { attachTaken, storedContent, type TakenTree, takenNode } from './taken-tree.ts'

/** Marks in the taken tree what each of the image's other trees has, and adds what only they have. */
export async function joinOtherTrees(image: OpenImage, taken: TakenTree, inPlace: boolean, control: JobControl): Promise<void> {
  const own: readonly FileSystemKind[] = recordsKinds.includes(taken.view.kind as FileSystemKind)
    ? recordsKinds
    : [taken.view.kind as FileSystemKind]
  const joined: FileSystemKind[] = image.viewKinds.filter((kind) => own.includes(kind))
  // Rock Ridge stands in the records of the plain tree: one walk tells of both.
  const others = image.viewKinds.filter((kind) => !own.includes(kind) && !(kind === 'iso9660' && image.viewKinds.includes('rockridge')))
  for (const kind of others) {
    const added = kind === 'rockridge' ? recordsKinds : [kind]
    await new TreeJoining(image, taken, image.view(kind), added, joined, inPlace, control).run()
    joined.push(...added)
  }
}

/** Two views of the same records. */
const recordsKinds: readonly FileSystemKind[] = ['iso9660', 'rockridge']

interface FolderPair {
  readonly node: SourceNode
  readonly other: ImageEntry
}

class TreeJoining {
  readonly #image: OpenImage
  readonly #taken: TakenTree
  readonly #other: ImageView
  /** What the other view shows: to be marked as absent where it has no counterpart. */
  readonly #kinds: readonly FileSystemKind[]
  /** Trees joined so far: those that lack what the other view alone has. */
  readonly #joined: readonly FileSystemKind[]
  readonly #inPlace: boolean
  readonly #control: JobControl
  readonly #guard: DirectoryGuard

  constructor(
    image: OpenImage,
    taken: TakenTree,
    other: ImageView,
    kinds: readonly FileSystemKind[],
    joined: readonly FileSystemKind[],
    inPlace: boolean,
    control: JobControl,
  ) {
    this.#image = image
    this.#taken = taken
    this.#other = other
    this.#kinds = kinds
    this.#joined = [...joined]
    this.#inPlace = inPlace
    this.#control = control
    this.#guard = new DirectoryGuard(image.findingLog)
    this.#guard.begin(other.root)
  }

  async run(): Promise<void> {
    const pending: FolderPair[] = [{ node: this.#taken.root, other: this.#other.root }]
    for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
      this.#joinFolder(pair, pending)
      await this.#control.checkpoint()
    }
  }

  #joinFolder({ node, other }: FolderPair, pending: FolderPair[]): void {
    const nodes = new Map<ImageEntry, SourceNode>()
    for (const child of node.children?.values() ?? []) {
      const origin = this.#taken.origins.get(child)
      if (origin !== undefined) nodes.set(origin.entry, child)
    }
    const entries = this.#childrenOf(other)
    const { pairs, onlyInA, onlyInB } = this.#pair(nodes, entries)
    for (const [own, theirs] of pairs) {
      const child = nodes.get(own) as SourceNode
      this.#nameAs(child, theirs)
      if (theirs.type === 'directory') pending.push({ node: child, other: theirs })
    }
    for (const own of onlyInA) this.#markAbsent(nodes.get(own) as SourceNode)
    for (const theirs of onlyInB) this.#addAlone(node, theirs)
  }

  #childrenOf(folder: ImageEntry): ImageEntry[] {
    const above: { key: number | null }[] = []
    for (let at = folder.parent; at !== null; at = at.parent) above.push({ key: at.directoryKey })
    if (folder.parent !== null && !this.#guard.mayEnter(folder, entryPath(folder), above)) return []
    const entries = [...this.#other.children(folder)]
    for (const { extents } of entries)
      for (const extent of extents) this.#taken.used.add(this.#other.offsetBytes(extent), extent.lengthBytes)
    return entries
  }

  /** Files by the place of their content, the rest by name. */
  #pair(nodes: ReadonlyMap<ImageEntry, SourceNode>, theirs: readonly ImageEntry[]) {
    const pairs: [ImageEntry, ImageEntry][] = []
    const byPlace = new Map<number, ImageEntry[]>()
    for (const entry of theirs) {
      const place = this.#placeOf(entry, this.#other)
      if (place !== null) byPlace.set(place, [...(byPlace.get(place) ?? []), entry])
    }
    const ownPlace = (entry: ImageEntry) =>
      this.#placeOf(entry, this.#taken.origins.get(nodes.get(entry) as SourceNode)?.view ?? this.#taken.view)
    const left = [...nodes.keys()].filter((entry) => {
      const place = ownPlace(entry)
      const candidates = place === null ? undefined : byPlace.get(place)
      // Several names of one content are told by their names.
      if (candidates?.length !== 1 || candidates[0] === undefined) return true
      pairs.push([entry, candidates[0]])
      byPlace.delete(place as number)
      return false
    })
    const paired = new Set(pairs.map(([, entry]) => entry))
    const rest = pairByName(
      { a: left, b: theirs.filter((entry) => !paired.has(entry)) },
      nameFormsOf(this.#taken.view.kind as FileSystemKind, this.#taken.view.root),
      nameFormsOf(this.#other.kind as FileSystemKind, this.#other.root),
    )
    const onlyInA = [...rest.onlyInA] as ImageEntry[]
    const onlyInB = [...rest.onlyInB] as ImageEntry[]
    for (const [a, b] of rest.pairs as readonly (readonly [ImageEntry, ImageEntry])[]) {
      if (areOne(a, b, ownPlace(a), this.#placeOf(b, this.#other))) pairs.push([a, b])
      else {
        onlyInA.push(a)
        onlyInB.push(b)
      }
    }
    return { pairs, onlyInA, onlyInB }
  }

  #placeOf(entry: ImageEntry, view: ImageView): number | null {
    const [first] = entry.extents
    return entry.type !== 'file' || first === undefined ? null : view.offsetBytes(first)
  }

  #nameAs(node: SourceNode, theirs: ImageEntry): void {
    const [kind] = this.#kinds as readonly [FileSystemKind, ...FileSystemKind[]]
    const name = theirs.details?.identifier !== undefined && kind !== 'joliet' ? theirs.details.identifier : theirs.name
    node.extra = { ...node.extra, keptNames: { ...node.extra?.keptNames, [kind]: name } }
  }

  /** Links and devices are absent from trees that can't have them anyway. */
  #markAbsent(node: SourceNode): void {
    const isHeld = node.type === 'file' || node.type === 'directory'
    if (isHeld || !this.#kinds.includes('joliet')) {
      node.extra = { ...node.extra, absentFrom: [...(node.extra?.absentFrom ?? []), ...this.#kinds] }
    }
    for (const child of node.children?.values() ?? []) this.#markAbsent(child)
  }

  /** Adds an entry, with all in it, that the other trees lack. */
  #addAlone(parent: SourceNode, theirs: ImageEntry): void {
    const node = takenNode(theirs, this.#other)
    if (theirs.type === 'file' && theirs.sizeBytes > 0) {
      node.extra = { ...node.extra, content: storedContent(this.#other, theirs, node, this.#image, this.#inPlace) }
    }
    node.extra = { ...node.extra, absentFrom: this.#joined }
    attachTaken(parent, node)
    this.#nameAs(node, theirs)
    this.#taken.origins.set(node, { entry: theirs, view: this.#other })
    if (theirs.type === 'directory') for (const child of this.#childrenOf(theirs)) this.#addAlone(node, child)
  }
}

/**
 * Of the same name, but perhaps other content: some images show each system files of its own. Trees that have no links and
 * devices show them as empty files.
 */
function areOne(own: ImageEntry, theirs: ImageEntry, ownPlace: number | null, theirPlace: number | null): boolean {
  if (own.type === 'directory' || theirs.type === 'directory') return own.type === theirs.type
  if (own.type !== 'file') return own.type === theirs.type || theirs.sizeBytes === 0
  return theirs.type === 'file' && ownPlace === theirPlace
}
