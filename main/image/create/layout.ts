/**
 * Layout: every extent of the planned image gets its place, and with that the image its exact size. No I/O.
 *
 * Order: system area · descriptors · UDF's descriptors and tree · path tables and directories of the ISO 9660 tree ·
 * those of the supplementary trees · boot catalog · file contents · UDF's second tree · padding · partition table's copy.
 */

import { formatSize } from '../../../shared/format.ts'
import { Problem } from '../../../shared/problem.ts'
import { bootCatalogBlocks } from '../../boot/boot-catalog-composer.ts'
import { MAX_NUMBERED_DIRECTORIES, pathTableRecordBytes } from '../../iso9660/path-table-record.ts'
import { FIRST_DESCRIPTOR_LBA, SECTOR_BYTES } from '../../iso9660/volume-descriptor.ts'
import { TreeLayout } from '../../udf/tree-layout.ts'
import { placeHead, placeTail, type UdfHead, type UdfTail } from '../../udf/volume-place.ts'
import { blocksOf } from './file-sections.ts'
import { IsoDirectoryComposer } from './iso-directory.ts'
import { isoDirectoryName } from './plan.ts'
import type { DirectoryPlace, FileContent, ImagePlan, PlannedDirectory, PlannedEntry, SupplementaryTree } from './planned-tree.ts'
import { plannedUdfTree } from './planned-udf-tree.ts'
import { SupplementaryDirectoryComposer } from './supplementary-directory.ts'

export interface PathTablePlace {
  readonly sizeBytes: number
  readonly typeLLba: number
  readonly typeMLba: number
}

export interface SupplementaryPlace {
  readonly tree: SupplementaryTree
  readonly pathTable: PathTablePlace
}

export interface UdfPlace {
  readonly tree: TreeLayout<PlannedEntry>
  readonly head: UdfHead
  readonly tail: UdfTail
  /** Behind the last content. */
  readonly endLba: number
}

export interface ImageLayout {
  readonly plan: ImagePlan
  /** Where it begins; all other places count from the beginning of the image. */
  readonly startLba: number
  /** Null without ISO 9660. */
  readonly isoPathTable: PathTablePlace | null
  readonly supplementary: readonly SupplementaryPlace[]
  /** Null without UDF. */
  readonly udf: UdfPlace | null
  /** Of the boot catalog; null without one. */
  readonly catalogLba: number | null
  readonly sizeBlocks: number
  readonly sizeBytes: number
}

/** Images end on whole units of 16 blocks: DVD-R in disc-at-once mode writes no less (pains: broken last unit). */
const PADDING_BLOCKS = 16
/** UDF's last anchor has no other place besides the last sector, where a partition table's copy may lie. */
const ROOM_BEHIND_ANCHOR = 256
const MAX_BLOCKS = 0xffff_ffff

/**
 * Places everything, from `startLba` on: a session that is appended begins behind what is there. Throws a usage Problem
 * beyond 8 TiB, the end of 32-bit block numbers.
 */
export function layOutImage(plan: ImagePlan, startLba = 0): ImageLayout {
  return new LayingOut(plan, startLba).run()
}

class LayingOut {
  private readonly plan: ImagePlan
  private readonly startLba: number
  private nextLba: number

  constructor(plan: ImagePlan, startLba: number) {
    this.plan = plan
    this.startLba = startLba
    this.nextLba = startLba + FIRST_DESCRIPTOR_LBA
  }

  run(): ImageLayout {
    const { plan } = this
    const { iso9660 } = plan.policy
    if (iso9660) this.nextLba += descriptorCount(plan)
    const udfHead = this.placeUdfHead()
    const isoPathTable = iso9660 ? this.placeIsoTree() : null
    const supplementary = plan.supplementaryTrees.map((tree) => ({ tree, pathTable: this.placeSupplementaryTree(tree) }))
    const catalogLba =
      plan.boot === null ? null : this.take(bootCatalogBlocks(plan.boot.entries.map(({ fields }) => fields)) * SECTOR_BYTES)
    for (const content of plan.contents) this.placeContent(content, catalogLba)
    const endLba = this.nextLba
    const { unitBlocks, tailBlocks } = plan.systemArea ?? { unitBlocks: PADDING_BLOCKS, tailBlocks: 0 }
    const tail = udfHead && placeTail(udfHead.head, endLba, unitBlocks, tailBlocks === 0 ? 0 : ROOM_BEHIND_ANCHOR)
    const sizeBlocks = tail?.sizeBlocks ?? Math.ceil((endLba + tailBlocks) / unitBlocks) * unitBlocks
    if (sizeBlocks > MAX_BLOCKS) throw imageTooLarge(sizeBlocks * SECTOR_BYTES)
    const udf = udfHead && tail && { ...udfHead, tail, endLba }
    const { startLba } = this
    return { plan, startLba, isoPathTable, supplementary, udf, catalogLba, sizeBlocks, sizeBytes: sizeBlocks * SECTOR_BYTES }
  }

  private placeUdfHead(): Pick<UdfPlace, 'tree' | 'head'> | null {
    const { udf } = this.plan.policy
    if (udf === null) return null
    const tree = new TreeLayout(plannedUdfTree(this.plan), udf)
    const head = placeHead(udf, this.nextLba, tree.sizeBlocks)
    this.nextLba = head.nextLba
    return { tree, head }
  }

  private placeIsoTree(): PathTablePlace {
    const { plan } = this
    const composer = new IsoDirectoryComposer(plan)
    for (const directory of plan.isoDirectories) composer.measure(directory)
    const pathTable = this.placePathTable(pathTableBytes(plan.isoPathTable, (directory) => isoDirectoryName(directory).length))
    for (const [i, directory] of plan.isoPathTable.entries()) directory.iso.number = i + 1
    for (const directory of plan.isoDirectories) this.placeDirectory(directory.iso)
    return pathTable
  }

  private placeSupplementaryTree({ form, directories }: SupplementaryTree): PathTablePlace {
    const composer = new SupplementaryDirectoryComposer(this.plan, form)
    for (const directory of directories) composer.measure(directory)
    const pathTable = this.placePathTable(pathTableBytes(directories, ({ entry }) => form.encodedBytes(form.name(entry))))
    for (const [i, directory] of directories.entries()) {
      const place = form.place(directory)
      place.number = i + 1
      this.placeDirectory(place)
    }
    return pathTable
  }

  private placePathTable(sizeBytes: number): PathTablePlace {
    return { sizeBytes, typeLLba: this.take(sizeBytes), typeMLba: this.take(sizeBytes) }
  }

  private placeDirectory(place: DirectoryPlace): void {
    place.extentLba = this.take(place.sizeBytes + place.continuationBytes)
  }

  private placeContent(content: FileContent, catalogLba: number | null): void {
    const { source } = content
    const { alignBlocks, gapBlocks } = content.rare
    if (content.isWritten) {
      this.nextLba = Math.ceil(this.nextLba / alignBlocks) * alignBlocks + gapBlocks
      content.extentLba = this.take(source.sizeBytes)
    } else content.extentLba = (content.rare.isCatalog ? catalogLba : (content.keptLba ?? content.rare.storedWith?.extentLba)) ?? 0
  }

  private take(sizeBytes: number): number {
    const lba = this.nextLba
    this.nextLba += blocksOf(sizeBytes)
    return lba
  }
}

/** With boot record and terminator. */
function descriptorCount(plan: ImagePlan): number {
  return (plan.boot === null ? 2 : 3) + plan.supplementaryTrees.length
}

/** The directories that a path table can number; the root's identifier is one byte. */
export function numberedDirectories(directories: readonly PlannedDirectory[]): readonly PlannedDirectory[] {
  return directories.length <= MAX_NUMBERED_DIRECTORIES ? directories : directories.slice(0, MAX_NUMBERED_DIRECTORIES)
}

function pathTableBytes(directories: readonly PlannedDirectory[], nameBytes: (directory: PlannedDirectory) => number): number {
  let sizeBytes = 0
  for (const [i, directory] of numberedDirectories(directories).entries())
    sizeBytes += pathTableRecordBytes(i === 0 ? 1 : nameBytes(directory))
  return sizeBytes
}

function imageTooLarge(sizeBytes: number): Problem {
  return new Problem({
    kind: 'usage',
    code: 'image-too-large',
    message: `The image would have ${formatSize(sizeBytes)}; disc images end at 8 TiB.`,
    kept: 'Nothing was written.',
    advice: 'Split the sources into several images.',
  })
}
