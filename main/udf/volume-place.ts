/**
 * Where a UDF volume's structures lie in an image of 2048-byte sectors, around what else is in it. No I/O.
 *
 * Order: (system area, ISO 9660 descriptors) · recognition sequence · main and reserve descriptor sequence · integrity
 * sequence · anchor at 256 · partition: [entry of the metadata mirror] tree · (everything else, file contents among it) ·
 * [tree again, entry of the metadata file] · padding · anchor in the last sector, or 256 before it.
 *
 * With a metadata partition the tree is there twice, far apart. The first one is the mirror: 7-Zip calls a volume
 * faulty that has anything between what the metadata file leads to and the last anchor.
 */
import { InternalProblem } from '../bytes/internal-problem.ts'
import { ANCHOR_BLOCK } from './anchor.ts'
import { hasMetadataPartition, type UdfRevision } from './revision.ts'
import { RECOGNITION_SECTORS } from './volume-recognition.ts'

/** Error correction blocks of DVD and Blu-ray; copies of one thing should not share one. */
const DVD_UNIT_BLOCKS = 16
const BLU_RAY_UNIT_BLOCKS = 32
/** At least 16 (ECMA-167 3/8.4.2). */
export const SEQUENCE_BLOCKS = 16
/** One descriptor and its terminator. */
export const INTEGRITY_BLOCKS = 2

export interface UdfHead {
  readonly revision: UdfRevision
  readonly recognitionLba: number
  readonly mainSequenceLba: number
  readonly reserveSequenceLba: number
  readonly integrityLba: number
  readonly anchorLba: number
  readonly partitionLba: number
  /** Null without a metadata partition. */
  readonly mirrorFileLba: number | null
  readonly treeLba: number
  /** With what the metadata partition is filled up with. */
  readonly treeBlocks: number
  /** What comes next in the image goes here. */
  readonly nextLba: number
}

export interface UdfTail {
  /** Null without a metadata partition. */
  readonly metadataLba: number | null
  readonly metadataFileLba: number | null
  readonly anchorLba: number
  readonly partitionBlocks: number
  /** Of the whole image. */
  readonly sizeBlocks: number
}

/** Of the metadata file, in which everything is a multiple of it (UDF 2.2.10). */
export const METADATA_UNIT_BLOCKS = BLU_RAY_UNIT_BLOCKS

const alignUp = (block: number, unit: number): number => Math.ceil(block / unit) * unit

/** `recognitionLba`: 16, or on a bridge volume the sector behind the ISO 9660 terminator. */
export function placeHead(revision: UdfRevision, recognitionLba: number, treeSizeBlocks: number): UdfHead {
  const hasMetadata = hasMetadataPartition(revision)
  const unit = hasMetadata ? BLU_RAY_UNIT_BLOCKS : DVD_UNIT_BLOCKS
  const mainSequenceLba = alignUp(recognitionLba + RECOGNITION_SECTORS, unit)
  const reserveSequenceLba = mainSequenceLba + unit
  const integrityLba = reserveSequenceLba + unit
  if (integrityLba + INTEGRITY_BLOCKS > ANCHOR_BLOCK)
    throw new InternalProblem(`UDF recognition at ${recognitionLba} leaves no room before the anchor`)
  const partitionLba = hasMetadata ? alignUp(ANCHOR_BLOCK + 1, unit) : ANCHOR_BLOCK + 1
  const treeLba = hasMetadata ? partitionLba + METADATA_UNIT_BLOCKS : partitionLba
  const treeBlocks = hasMetadata ? alignUp(treeSizeBlocks, METADATA_UNIT_BLOCKS) : treeSizeBlocks
  return {
    revision,
    recognitionLba,
    mainSequenceLba,
    reserveSequenceLba,
    integrityLba,
    anchorLba: ANCHOR_BLOCK,
    partitionLba,
    mirrorFileLba: hasMetadata ? partitionLba : null,
    treeLba,
    treeBlocks,
    nextLba: treeLba + treeBlocks,
  }
}

/** Where the last anchor may lie, counted back from the last sector (ECMA-167 3/8.4.2.1). */
export type AnchorFromEnd = 0 | 256

/**
 * `endLba`: the first sector behind everything else in the image, which then ends on a multiple of `paddingBlocks`.
 * `anchorFromEnd` leaves the last sectors to somebody else, such as a GUID partition table.
 */
export function placeTail(head: UdfHead, endLba: number, paddingBlocks = DVD_UNIT_BLOCKS, anchorFromEnd: AnchorFromEnd = 0): UdfTail {
  const hasMetadata = head.mirrorFileLba !== null
  // The partition begins on a unit, so what is aligned in the image is aligned in it too.
  const metadataLba = hasMetadata ? alignUp(endLba, METADATA_UNIT_BLOCKS) : null
  const metadataFileLba = metadataLba === null ? null : metadataLba + head.treeBlocks
  const sizeBlocks = alignUp((metadataFileLba === null ? endLba : metadataFileLba + 1) + 1 + anchorFromEnd, paddingBlocks)
  const anchorLba = sizeBlocks - 1 - anchorFromEnd
  return { metadataLba, metadataFileLba, anchorLba, partitionBlocks: anchorLba - head.partitionLba, sizeBlocks }
}
