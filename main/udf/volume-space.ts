/** Blocks of an opened volume: by number in the image, or by partition and block. */
import { MAX_UDF_BLANK_TAIL_BYTES } from '../../shared/limits.ts'
import type { ByteSource } from '../bytes/byte-source.ts'
import type { FindingLog } from '../bytes/finding-log.ts'
import type { MetadataCache } from '../bytes/metadata-cache.ts'
import type { Runs } from './content-runs.ts'
import { judgeTag, type TagVerdict } from './descriptor-tag.ts'
import type { BlockRun, Partition } from './partition.ts'

/** A block of a partition, which is an index into the volume's partition maps. */
export interface BlockAddress {
  readonly partition: number
  readonly block: number
}

/** A block whose tag was looked at. */
export interface TaggedBlock {
  readonly bytes: Uint8Array
  readonly offsetBytes: number
  readonly verdict: TagVerdict
}

const trust: Readonly<Record<TagVerdict, number>> = { none: 0, altered: 1, misplaced: 2, sound: 3 }

export class VolumeSpace {
  readonly source: ByteSource
  readonly cache: MetadataCache
  readonly blockBytes: number
  readonly findings: FindingLog
  /** In the order of the partition maps; filled in as the maps are read. */
  readonly partitions: Partition[] = []
  /** Runs of files with blocks of descriptors besides those in their entries, by entry. */
  readonly longAllocations = new Map<string, Runs>()
  /** Zeros at the ends of partitions that may still be looked through; a volume can claim many such partitions. */
  blankBytesLeft = MAX_UDF_BLANK_TAIL_BYTES
  /** Of those blocks: the entry that led to each first. */
  readonly allocationOwners = new Map<string, string>()

  constructor(source: ByteSource, cache: MetadataCache, blockBytes: number, findings: FindingLog) {
    this.source = source
    this.cache = cache
    this.blockBytes = blockBytes
    this.findings = findings
  }

  /** Whole blocks in the image. */
  get imageBlocks(): number {
    return Math.floor(this.source.sizeBytes / this.blockBytes)
  }

  /** One block of the image; empty where the image ends before it does. */
  imageBlock(block: number): Uint8Array {
    const bytes = this.cache.view(block * this.blockBytes, this.blockBytes)
    return bytes.length < this.blockBytes ? bytes.subarray(0, 0) : bytes
  }

  /** A block of the image with a tag that must say this block. */
  taggedImageBlock(block: number): TaggedBlock {
    const bytes = this.imageBlock(block)
    return { bytes, offsetBytes: block * this.blockBytes, verdict: judgeTag(bytes, 0, block) }
  }

  /** A block of a partition with a tag; of a partition in two copies the better one. Null when the block is nowhere. */
  taggedBlock({ partition, block }: BlockAddress): TaggedBlock | null {
    const at = this.partitions[partition]
    if (at === undefined) return null
    const main = this.#tagged(at.locate(block, 1), block)
    if (main?.verdict === 'sound') return main
    const copy = this.#tagged(at.locateCopy(block, 1), block)
    if (copy === null || (main !== null && trust[copy.verdict] <= trust[main.verdict])) return main
    const message = 'A block of the metadata is damaged; its mirror was used.'
    this.findings.add('udf-mirror-used', 'damaged', message, { offsetBytes: main?.offsetBytes, clause: 'UDF 2.2.13' })
    return copy
  }

  #tagged(run: BlockRun | null, block: number): TaggedBlock | null {
    if (run === null) return null
    const bytes = this.imageBlock(run.imageBlock)
    return { bytes, offsetBytes: run.imageBlock * this.blockBytes, verdict: judgeTag(bytes, 0, block) }
  }
}
