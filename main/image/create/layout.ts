/**
 * Layout: every extent of the planned image gets its place, and with that the image its exact size. No I/O.
 *
 * Order: system area · descriptors · UDF's descriptors and tree · path tables and directories of the ISO 9660 tree ·
 * those of the supplementary trees · file contents · UDF's second tree · padding.
 */

import { formatSize } from '../../../shared/format.ts'
import { Problem } from '../../../shared/problem.ts'
import { MAX_NUMBERED_DIRECTORIES, pathTableRecordBytes } from '../../iso9660/path-table-record.ts'
import { FIRST_DESCRIPTOR_LBA, SECTOR_BYTES } from '../../iso9660/volume-descriptor.ts'
import { TreeLayout } from '../../udf/tree-layout.ts'
import { placeHead, placeTail, type UdfHead, type UdfTail } from '../../udf/volume-place.ts'
import { blocksOf } from './file-sections.ts'
import { IsoDirectoryComposer } from './iso-directory.ts'
import { isoDirectoryName } from './plan.ts'
import type { DirectoryPlace, ImagePlan, PlannedDirectory, PlannedEntry, SupplementaryTree } from './planned-tree.ts'
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
  /** Null without ISO 9660. */
  readonly isoPathTable: PathTablePlace | null
  readonly supplementary: readonly SupplementaryPlace[]
  /** Null without UDF. */
  readonly udf: UdfPlace | null
  readonly sizeBlocks: number
  readonly sizeBytes: number
}

/** Images end on whole units of 16 blocks: DVD-R in disc-at-once mode writes no less (pains: broken last unit). */
const PADDING_BLOCKS = 16
const MAX_BLOCKS = 0xffff_ffff

/** Places everything. Throws a usage Problem beyond 8 TiB, the end of 32-bit block numbers. */
export function layOutImage(plan: ImagePlan): ImageLayout {
  return new LayingOut(plan).run()
}

class LayingOut {
  private readonly plan: ImagePlan
  private nextLba: number = FIRST_DESCRIPTOR_LBA

  constructor(plan: ImagePlan) {
    this.plan = plan
  }

  run(): ImageLayout {
    const { plan } = this
    const { iso9660 } = plan.policy
    if (iso9660) this.nextLba += descriptorCount(plan)
    const udfHead = this.placeUdfHead()
    const isoPathTable = iso9660 ? this.placeIsoTree() : null
    const supplementary = plan.supplementaryTrees.map((tree) => ({ tree, pathTable: this.placeSupplementaryTree(tree) }))
    for (const content of plan.contents) if (content.source.sizeBytes > 0) content.extentLba = this.take(content.source.sizeBytes)
    const endLba = this.nextLba
    const udf = udfHead === null ? null : { ...udfHead, tail: placeTail(udfHead.head, endLba, PADDING_BLOCKS), endLba }
    const sizeBlocks = udf?.tail.sizeBlocks ?? Math.ceil(endLba / PADDING_BLOCKS) * PADDING_BLOCKS
    if (sizeBlocks > MAX_BLOCKS) throw imageTooLarge(sizeBlocks * SECTOR_BYTES)
    return { plan, isoPathTable, supplementary, udf, sizeBlocks, sizeBytes: sizeBlocks * SECTOR_BYTES }
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

  private take(sizeBytes: number): number {
    const lba = this.nextLba
    this.nextLba += blocksOf(sizeBytes)
    return lba
  }
}

/** With the terminator. */
function descriptorCount(plan: ImagePlan): number {
  return 2 + plan.supplementaryTrees.length
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
