/**
 * Compares two trees. First both are walked side by side; then what only one side has is looked for on the other side
 * by its content. Folders found elsewhere are compared in turn, until nothing more is found to have moved.
 */
import { type Aspect, type AttributeKind, attributeKinds, type Comparison, type Difference } from '../../../shared/comparison.ts'
import type { JobControl } from '../../../shared/job.ts'
import { entryPath } from '../entry-path.ts'
import { differingAttributes, LinkGroups } from './attributes.ts'
import { type ComparedEntry, type ComparedTree, factsOf } from './compared-tree.ts'
import { matchContents } from './content-matches.ts'
import { EqualContents } from './equal-contents.ts'
import { type FolderMove, findFolderMoves, type NamesTest } from './folder-moves.ts'
import { LeftOvers } from './left-overs.ts'
import { namesTest } from './name-pairs.ts'
import { type LeftOver, type PairListener, PairWalk } from './pair-walk.ts'

export type DifferenceListener = (difference: Difference) => void

/** Tells each difference as soon as it is sure. Throws the cancelled Problem. */
export async function compareTrees(
  a: ComparedTree,
  b: ComparedTree,
  ignored: ReadonlySet<AttributeKind>,
  onDifference: DifferenceListener,
  control: JobControl,
): Promise<Comparison> {
  return new TreeComparison(a, b, ignored, onDifference, control).run()
}

/** What is in a folder that one side alone has. */
interface Contents {
  files: number
  directories: number
}

const nothing: Contents = { files: 0, directories: 0 }
const noDifference = { firstDifferenceBytes: null, ...nothing, isWithin: false, reason: null }

class TreeComparison implements PairListener {
  readonly #a: ComparedTree
  readonly #b: ComparedTree
  readonly #attributes: ReadonlySet<AttributeKind>
  readonly #onDifference: DifferenceListener
  readonly #control: JobControl
  readonly #links = new LinkGroups()
  readonly #areOne: NamesTest
  readonly #equalContents: EqualContents
  readonly #leftOvers: { readonly a: LeftOvers; readonly b: LeftOvers }
  readonly #counts: { -readonly [K in keyof Comparison['counts']]: number }
  readonly #totalBytes: number | null
  readonly #isMeasuredByB: boolean
  #doneBytes = 0
  #doneItems = 0

  constructor(
    a: ComparedTree,
    b: ComparedTree,
    ignored: ReadonlySet<AttributeKind>,
    onDifference: DifferenceListener,
    control: JobControl,
  ) {
    this.#a = a
    this.#b = b
    const isShared = (kind: AttributeKind) => a.abilities.attributes.has(kind) && b.abilities.attributes.has(kind)
    this.#attributes = new Set(attributeKinds.filter((kind) => isShared(kind) && !ignored.has(kind)))
    this.#onDifference = onDifference
    this.#control = control
    this.#areOne = namesTest(a.abilities.nameForms, b.abilities.nameForms)
    this.#equalContents = new EqualContents(a, b)
    const warn = (reason: string) => control.log('warning', reason)
    this.#leftOvers = { a: new LeftOvers(a, warn), b: new LeftOvers(b, warn) }
    this.#counts = { same: 0, notHeld: 0, changed: 0, attributes: 0, moved: 0, removed: 0, added: 0, unreadable: 0 }
    const bytesOfA = a.contentBytes()
    this.#isMeasuredByB = bytesOfA === null
    this.#totalBytes = bytesOfA ?? b.contentBytes()
  }

  async run(): Promise<Comparison> {
    const walk = new PairWalk({
      a: this.#a,
      b: this.#b,
      attributes: this.#attributes,
      links: this.#links,
      equalContents: this.#equalContents,
      listener: this,
      control: this.#control,
      progressed: (ofA, ofB) => this.#progress(ofA, ofB),
    })
    this.#compareLabels()
    await walk.compare([[this.#a.root, this.#b.root]])
    let lookedForMoves = false
    for (;;) {
      const onlyInA = this.#leftOvers.a.all()
      const onlyInB = this.#leftOvers.b.all()
      if (onlyInA === null || onlyInB === null) {
        this.#tellOneSided('removed', this.#leftOvers.a.each(), null)
        this.#tellOneSided('added', this.#leftOvers.b.each(), null)
        break
      }
      lookedForMoves = true
      const matches = await matchContents(onlyInA, onlyInB, this.#equalContents, this.#control)
      const folders = findFolderMoves(onlyInA, onlyInB, matches, this.#areOne)
      if (folders.length === 0) {
        this.#tellRest(onlyInA, onlyInB, matches)
        break
      }
      this.#tellFolders(folders, contentsOf(onlyInA), contentsOf(onlyInB))
      await walk.compare(folders.map(({ a, b }) => [a, b]))
    }
    return {
      a: this.#a.side,
      b: this.#b.side,
      counts: this.#counts,
      comparedBytes: this.#doneBytes,
      attributes: [...this.#attributes],
      lookedForMoves,
    }
  }

  /** Trees of different kinds have room for labels of different lengths. */
  #compareLabels(): void {
    const [a, b] = [this.#a, this.#b]
    if (!this.#attributes.has('label') || a.side.kind !== b.side.kind || a.side.label === b.side.label) return
    this.differ(a.root, b.root, ['label'], null)
  }

  same(): void {
    this.#counts.same++
  }

  notHeld(): void {
    this.#counts.notHeld++
  }

  leftOver(side: 'a' | 'b', leftOver: LeftOver): void {
    this.#leftOvers[side].add(leftOver)
  }

  differ(a: ComparedEntry, b: ComparedEntry, aspects: readonly Aspect[], firstDifferenceBytes: number | null): void {
    const isAttributes = aspects.every((aspect) => (attributeKinds as readonly Aspect[]).includes(aspect))
    this.#tell({ ...noDifference, kind: isAttributes ? 'attributes' : 'changed', ...bothFacts(a, b), aspects, firstDifferenceBytes })
  }

  unreadable(a: ComparedEntry, b: ComparedEntry, reason: string): void {
    this.#tell({ ...noDifference, kind: 'unreadable', ...bothFacts(a, b), aspects: [], reason })
  }

  #tell(difference: Difference): void {
    this.#counts[difference.kind]++
    this.#onDifference(difference)
  }

  /** Tells moved folders, and takes what is in them from what is left over: it is compared anew. */
  #tellFolders(moves: readonly FolderMove[], ofA: ReadonlyMap<ComparedEntry, Contents>, ofB: ReadonlyMap<ComparedEntry, Contents>): void {
    const isSamePlace = this.#samePlaces()
    for (const { a, b } of moves) {
      const contents = ofB.get(b) ?? ofA.get(a) ?? nothing
      this.#tellMove(a, b, contents, isSamePlace(a, b))
    }
    this.#leftOvers.a.drop(moves.map(({ a }) => a))
    this.#leftOvers.b.drop(moves.map(({ b }) => b))
  }

  #tellRest(
    onlyInA: readonly ComparedEntry[],
    onlyInB: readonly ComparedEntry[],
    matches: ReadonlyMap<ComparedEntry, ComparedEntry>,
  ): void {
    const isSamePlace = this.#samePlaces()
    for (const [a, b] of matches) this.#tellMove(a, b, nothing, isSamePlace(a, b))
    const isLeft = (entry: ComparedEntry) => !matches.has(entry)
    const left = onlyInA.filter(isLeft)
    this.#tellOneSided('removed', left, contentsOf(left))
    const matched = new Set(matches.values())
    const leftOfB = onlyInB.filter((entry) => !matched.has(entry))
    this.#tellOneSided('added', leftOfB, contentsOf(leftOfB))
  }

  /** What stayed in its folder, and has another name there only because the file system could not hold it, was not moved. */
  #samePlaces(): (a: ComparedEntry, b: ComparedEntry) => boolean {
    const folderOfA = new Map(this.#leftOvers.a.tops.map(({ entry, folderPair }) => [entry, folderPair]))
    const folderOfB = new Map(this.#leftOvers.b.tops.map(({ entry, folderPair }) => [entry, folderPair]))
    return (a, b) => folderOfA.has(a) && folderOfA.get(a) === folderOfB.get(b) && this.#areOne(a, b)
  }

  #tellMove(a: ComparedEntry, b: ComparedEntry, contents: Contents, isSamePlace: boolean): void {
    const aspects: Aspect[] = differingAttributes(a, b, this.#attributes)
    if (this.#attributes.has('links') && a.type === 'file' && !this.#links.agrees(a, b)) aspects.push('links')
    if (!isSamePlace) this.#tell({ ...noDifference, kind: 'moved', ...bothFacts(a, b), aspects, ...contents })
    else if (aspects.length > 0) this.differ(a, b, aspects, null)
    else this.same()
  }

  /** `contents` tells what is in the folders; null where that is not known. */
  #tellOneSided(kind: 'removed' | 'added', entries: Iterable<ComparedEntry>, contents: ReadonlyMap<ComparedEntry, Contents> | null): void {
    const tops = new Set((kind === 'removed' ? this.#leftOvers.a : this.#leftOvers.b).tops.map(({ entry }) => entry))
    for (const entry of entries) {
      const facts = factsOf(entry)
      const sides = kind === 'removed' ? { a: facts, b: null } : { a: null, b: facts }
      this.#tell({ ...noDifference, kind, ...sides, aspects: [], ...(contents?.get(entry) ?? nothing), isWithin: !tops.has(entry) })
    }
  }

  #progress(a: ComparedEntry, b: ComparedEntry): void {
    const measured = this.#isMeasuredByB ? b : a
    this.#doneBytes += measured.sizeBytes
    this.#doneItems++
    this.#control.progress({
      phase: 'read',
      doneBytes: this.#doneBytes,
      totalBytes: this.#totalBytes,
      doneItems: this.#doneItems,
      current: entryPath(measured),
    })
  }
}

function bothFacts(a: ComparedEntry, b: ComparedEntry) {
  return { a: factsOf(a), b: factsOf(b) }
}

/** For each folder among the entries what is in it at any depth; the entries are given with all that is in them. */
function contentsOf(entries: readonly ComparedEntry[]): Map<ComparedEntry, Contents> {
  const contents = new Map<ComparedEntry, Contents>()
  for (const entry of entries) {
    for (let at = entry.parent; at !== null; at = at.parent) {
      const known = contents.get(at)
      if (known === undefined) break
      if (entry.type === 'directory') known.directories++
      else known.files++
    }
    if (entry.type === 'directory') contents.set(entry, { files: 0, directories: 0 })
  }
  return contents
}
