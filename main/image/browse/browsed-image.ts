/** An opened image as it is looked at: its trees are held, and each is walked through at most once. */
import type { BrowsedView, BrowsedViewKind, EntryName } from '../../../shared/browse.ts'
import type { ImageView } from '../image-view.ts'
import { type OpenAnyOptions, openAnyImage } from '../open-any-image.ts'
import type { OpenImage } from '../open-image.ts'
import { BrowsedTree, type Checkpoints } from './browsed-tree.ts'
import { MappedSectors } from './mapped-sectors.ts'
import { pathElsewhere } from './names-elsewhere.ts'

export class BrowsedImage {
  readonly image: OpenImage
  readonly #control: Checkpoints
  readonly #trees = new Map<BrowsedViewKind, BrowsedTree>()
  readonly #walks = new Map<BrowsedTree, Promise<void>>()
  readonly #maps = new Map<BrowsedTree, Promise<MappedSectors>>()

  private constructor(image: OpenImage, control: Checkpoints) {
    this.image = image
    this.#control = control
  }

  /** Throws what `openAnyImage` throws. Readings that several callers wait for go on under `control`. */
  static async open(path: string, options: OpenAnyOptions, control: Checkpoints): Promise<BrowsedImage> {
    return new BrowsedImage(await openAnyImage(path, options), control)
  }

  /** Best first; without that of boot equipment, which takes a search. */
  get views(): BrowsedView[] {
    return this.image.viewKinds.map((kind) => ({ kind, label: this.image.view(kind).label }))
  }

  /** Throws a `usage` Problem when the image has no such tree. */
  async tree(kind: BrowsedViewKind): Promise<BrowsedTree> {
    const known = this.#trees.get(kind)
    if (known !== undefined) return known
    const view: ImageView = kind === 'boot' ? await this.image.bootView() : this.image.view(kind)
    const tree = this.#trees.get(kind) ?? new BrowsedTree(view, this.image.findingLog)
    this.#trees.set(kind, tree)
    return tree
  }

  /** Reads all folders of a tree, once for everybody. */
  walk(tree: BrowsedTree): Promise<void> {
    const walk = this.#walks.get(tree) ?? tree.walk(this.#control)
    this.#walks.set(tree, walk)
    return walk
  }

  /** The sector map, with entries called as in this tree. */
  map(tree: BrowsedTree): Promise<MappedSectors> {
    const map = this.#maps.get(tree) ?? this.#drawMap(tree)
    this.#maps.set(tree, map)
    return map
  }

  /** What an entry is called in the other trees that have it, this one first. */
  async names(tree: BrowsedTree, number: number, control: Checkpoints): Promise<EntryName[]> {
    const names: EntryName[] = [{ view: tree.view.kind, path: tree.path(number) }]
    for (const kind of this.image.viewKinds) {
      if (kind === tree.view.kind || tree.view.kind === 'boot') continue
      const path = await pathElsewhere(tree, number, this.image.view(kind), control)
      if (path !== null) names.push({ view: kind, path })
    }
    return names
  }

  /** Throws an `io` Problem when the file was changed since it was opened: what was read may be a mixture. */
  requireUnchanged(): void {
    this.image.source.assertUnchanged()
  }

  async #drawMap(tree: BrowsedTree): Promise<MappedSectors> {
    await this.walk(tree)
    return MappedSectors.of(this.image, tree, this.#control)
  }
}
