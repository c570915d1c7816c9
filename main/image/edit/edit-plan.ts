/** From the tree as it was edited to the plan of the new image, with all that the old one starts computers with. */
import type { Change } from '../../../shared/image-model.ts'
import type { CreateOptions } from '../../../shared/image-project.ts'
import { bootCatalogBlocks } from '../../boot/boot-catalog-composer.ts'
import { BLOCK_BYTES } from '../../boot/disk-sector.ts'
import { planImage } from '../create/plan.ts'
import { type BootPlan, FileContent, type ImagePlan, type PlannedBootEntry, type RecordPolicy } from '../create/planned-tree.ts'
import type { SourceNode } from '../create/source-tree.ts'
import { bootFileNeedsOf, resizedSectorCount } from './boot-file-change.ts'
import { findNode } from './edit-steps.ts'
import type { MovedPiece } from './partition-moves.ts'
import type { TakenEquipment, TakenPiece } from './taken-equipment.ts'

export interface EditPlan {
  readonly plan: ImagePlan
  /** Where each piece of the boot equipment went; to be asked when everything has its place. */
  readonly pieces: () => MovedPiece[]
  readonly changes: readonly Change[]
}

interface PlannedPiece {
  readonly piece: TakenPiece
  readonly content: FileContent
}

/** Throws usage Problems for what can't be made. */
export function planEdited(
  root: SourceNode,
  options: CreateOptions,
  oldLabel: string,
  policy: Pick<RecordPolicy, 'isDeep' | 'fileVersion'>,
  equipment: TakenEquipment,
): EditPlan {
  const boot = { root, files: [], mbrCode: null, addedFiles: 0, addedFolders: 0 }
  const plan = planImage(root, options, oldLabel, { boot, policy })
  const planning = new EquipmentPlanning(root, plan, equipment)
  const pieces = planning.pieces()
  return {
    plan: {
      ...plan,
      label: options.label === null ? { ...plan.label, text: oldLabel } : plan.label,
      boot: planning.bootPlan(pieces),
      contents: [...plan.contents, ...planning.unnamed],
    },
    pieces: () => pieces.map(movedPiece),
    changes: planning.changes,
  }
}

function movedPiece({ piece, content }: PlannedPiece): MovedPiece {
  return {
    oldStartBytes: piece.startBytes,
    oldSizeBytes: piece.sizeBytes,
    newStartBytes: content.extentLba * BLOCK_BYTES,
    newSizeBytes: content.source.sizeBytes,
  }
}

class EquipmentPlanning {
  /** Contents that are in no tree. */
  readonly unnamed: FileContent[] = []
  readonly changes: Change[] = []
  readonly #root: SourceNode
  readonly #equipment: TakenEquipment
  readonly #bySource = new Map<SourceNode, FileContent>()
  readonly #byKey = new Map<string, FileContent>()

  constructor(root: SourceNode, plan: ImagePlan, equipment: TakenEquipment) {
    this.#root = root
    this.#equipment = equipment
    for (const content of plan.contents) {
      this.#bySource.set(content.source, content)
      const key = content.source.extra?.content?.key
      if (key !== undefined && !this.#byKey.has(key)) this.#byKey.set(key, content)
    }
  }

  pieces(): PlannedPiece[] {
    return [...this.#equipment.pieces.values()].map((piece) => ({ piece, content: this.#contentOf(piece) }))
  }

  /** The catalog as it was, leading to where the boot images are now; null when there was none that works. */
  bootPlan(pieces: readonly PlannedPiece[]): BootPlan | null {
    const { catalog, catalogNode } = this.#equipment
    if (catalog === null) return null
    const entries: PlannedBootEntry[] = []
    for (const entry of catalog.entries) {
      const planned = pieces.find(({ piece }) => piece.startBytes === entry.extentLba * BLOCK_BYTES)
      if (planned === undefined) {
        this.#note(`Boot image ${entry.number} was not in the old image; its entry in the boot catalog was left out.`)
        continue
      }
      const { piece, content } = planned
      const isReplaced = content.source.extra?.content === undefined
      content.rareFacts.bootNeeds ??= bootFileNeedsOf(entry, content.source, isReplaced)
      const sectorCount = isReplaced ? resizedSectorCount(entry, piece.sizeBytes, content.source.sizeBytes) : entry.sectorCount
      entries.push({ fields: { ...entry, sectorCount }, content })
    }
    if (entries.length === 0) return null
    if (catalogNode !== null) this.#placeCatalog(catalogNode, entries)
    return { id: catalog.id, entries }
  }

  /** The file that shows the catalog in the tree gets its place, unless it was replaced. */
  #placeCatalog(node: SourceNode, entries: readonly PlannedBootEntry[]): void {
    const content = this.#bySource.get(node) ?? this.#byKey.get(node.extra?.content?.key ?? '')
    if (content === undefined) return
    content.rareFacts.isCatalog = true
    content.source.sizeBytes = bootCatalogBlocks(entries.map(({ fields }) => fields)) * BLOCK_BYTES
  }

  #contentOf(piece: TakenPiece): FileContent {
    const { node, path } = piece
    const known = this.#bySource.get(node) ?? this.#byKey.get(node.extra?.content?.key ?? '')
    if (known !== undefined) return known
    const successor = path === null ? null : findNode(this.#root, path)
    const replaced = successor === null ? undefined : this.#bySource.get(successor)
    if (replaced !== undefined) return replaced
    if (path !== null) this.#note(`‘${path}’ was taken out of the tree, but computers start from it: its content stays in the image.`, path)
    const content = new FileContent(node, 0)
    content.rareFacts.alignBlocks = piece.alignBlocks
    this.unnamed.push(content)
    return content
  }

  #note(reason: string, path = '/'): void {
    this.changes.push({ fileSystem: 'iso9660', kind: 'caution', path, becomes: null, reason })
  }
}
