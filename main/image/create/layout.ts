/**
 * Layout: every extent of the planned image gets its place, and with that the image its exact size. No I/O.
 *
 * Order: system area · descriptors · path tables and directories of the ISO 9660 tree · those of the Joliet tree ·
 * file contents · padding.
 */

import { formatSize } from '../../../shared/format.ts'
import { Problem } from '../../../shared/problem.ts'
import { MAX_NUMBERED_DIRECTORIES, pathTableRecordBytes } from '../../iso9660/path-table-record.ts'
import { FIRST_DESCRIPTOR_LBA, SECTOR_BYTES } from '../../iso9660/volume-descriptor.ts'
import { blocksOf } from './file-sections.ts'
import { IsoDirectoryComposer } from './iso-directory.ts'
import { JolietDirectoryComposer } from './joliet-directory.ts'
import { isoDirectoryName } from './plan.ts'
import type { DirectoryPlace, ImagePlan, PlannedDirectory } from './planned-tree.ts'

export interface PathTablePlace {
  readonly sizeBytes: number
  readonly typeLLba: number
  readonly typeMLba: number
}

export interface ImageLayout {
  readonly plan: ImagePlan
  readonly isoPathTable: PathTablePlace
  /** Null without a Joliet tree. */
  readonly jolietPathTable: PathTablePlace | null
  readonly sizeBlocks: number
  readonly sizeBytes: number
}

/** Images end on whole units of 16 blocks: DVD-R in disc-at-once mode writes no less (pains: broken last unit). */
const PADDING_BLOCKS = 16
const MAX_BLOCKS = 0xffff_ffff

/** Places everything. Throws a usage Problem beyond 8 TiB, the end of 32-bit block numbers. */
export function layOutImage(plan: ImagePlan): ImageLayout {
  const descriptors = plan.policy.joliet ? 3 : 2
  let nextLba = FIRST_DESCRIPTOR_LBA + descriptors
  const take = (sizeBytes: number): number => {
    const lba = nextLba
    nextLba += blocksOf(sizeBytes)
    return lba
  }
  const placePathTable = (sizeBytes: number): PathTablePlace => ({ sizeBytes, typeLLba: take(sizeBytes), typeMLba: take(sizeBytes) })
  const placeDirectory = (place: DirectoryPlace) => {
    place.extentLba = take(place.sizeBytes + place.continuationBytes)
  }

  const iso = new IsoDirectoryComposer(plan)
  for (const directory of plan.isoDirectories) iso.measure(directory)
  const isoPathTable = placePathTable(pathTableBytes(plan.isoPathTable, (directory) => isoDirectoryName(directory).length))
  for (const [i, directory] of plan.isoPathTable.entries()) directory.iso.number = i + 1
  for (const directory of plan.isoDirectories) placeDirectory(directory.iso)

  let jolietPathTable: PathTablePlace | null = null
  if (plan.policy.joliet) {
    const joliet = new JolietDirectoryComposer(plan)
    for (const directory of plan.jolietDirectories) joliet.measure(directory)
    jolietPathTable = placePathTable(pathTableBytes(plan.jolietDirectories, (directory) => directory.entry.jolietName.length * 2))
    for (const [i, directory] of plan.jolietDirectories.entries()) {
      directory.joliet.number = i + 1
      placeDirectory(directory.joliet)
    }
  }

  for (const content of plan.contents) if (content.source.sizeBytes > 0) content.extentLba = take(content.source.sizeBytes)
  const sizeBlocks = Math.ceil(nextLba / PADDING_BLOCKS) * PADDING_BLOCKS
  if (sizeBlocks > MAX_BLOCKS) throw imageTooLarge(sizeBlocks * SECTOR_BYTES)
  return { plan, isoPathTable, jolietPathTable, sizeBlocks, sizeBytes: sizeBlocks * SECTOR_BYTES }
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
    message: `The image would have ${formatSize(sizeBytes)}; ISO 9660 ends at 8 TiB.`,
    kept: 'Nothing was written.',
    advice: 'Split the sources into several images.',
  })
}
