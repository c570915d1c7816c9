/**
 * What an image has to start computers with, taken over: its boot catalog, its first blocks, and the pieces of content
 * that these lead to, be they files of the tree or not.
 */
import type { BootCatalog, BootCatalogEntry } from '../../boot/boot-catalog.ts'
import { BLOCK_BYTES } from '../../boot/disk-sector.ts'
import { type PartitionTables, partitionExtents } from '../../boot/partition-tables.ts'
import { readUpTo } from '../../bytes/byte-source.ts'
import { RunSource } from '../../bytes/run-source.ts'
import { stagedPathOf } from '../create/host-path.ts'
import { SourceNode } from '../create/source-tree.ts'
import type { OpenImage } from '../open-image.ts'
import { SYSTEM_AREA_BYTES } from './system-area.ts'
import type { TakenTree } from './taken-tree.ts'

/** Content that boot catalog or partition tables lead to. */
export interface TakenPiece {
  readonly startBytes: number
  readonly sizeBytes: number
  /** The file that it is; of a piece without a name one that is in no tree. */
  readonly node: SourceNode
  /** Where the file was in the tree; null for a piece without a name. */
  readonly path: string | null
  /** Whole blocks that it begins at a multiple of. */
  readonly alignBlocks: number
}

export interface TakenEquipment {
  /** Null when there is none. */
  readonly catalog: BootCatalog | null
  /** The file in the tree that is the catalog; null when it has no name. */
  readonly catalogNode: SourceNode | null
  readonly tables: PartitionTables
  /** The first 16 blocks. */
  readonly head: Uint8Array
  /** By where they begin. */
  readonly pieces: ReadonlyMap<number, TakenPiece>
}

/** 1 MiB, which partition programs align to. */
const MAX_ALIGN_BLOCKS = 512
/** Read to see whether a partition holds anything. */
const PROBE_BYTES = 128 * 1024
const MAX_PROBED_BYTES = 64 * 1024 * 1024

export async function takeEquipment(image: OpenImage, taken: TakenTree, inPlace: boolean): Promise<TakenEquipment> {
  const { catalog, tables } = await image.bootEquipment()
  const taking = new EquipmentTaking(image, taken, inPlace)
  for (const entry of catalog?.entries ?? []) taking.bootImage(entry)
  for (const partition of partitionExtents(tables)) taking.partition(partition.startBytes, partition.sizeBytes)
  return {
    catalog,
    catalogNode: catalog === null ? null : (taken.filesByStart.get(catalog.catalogLba * BLOCK_BYTES) ?? null),
    tables,
    head: readUpTo(image.source, 0, SYSTEM_AREA_BYTES),
    pieces: taking.pieces,
  }
}

class EquipmentTaking {
  readonly pieces = new Map<number, TakenPiece>()
  readonly #image: OpenImage
  readonly #taken: TakenTree
  readonly #inPlace: boolean

  constructor(image: OpenImage, taken: TakenTree, inPlace: boolean) {
    this.#image = image
    this.#taken = taken
    this.#inPlace = inPlace
  }

  bootImage(entry: BootCatalogEntry): void {
    if (entry.image === null) return
    this.#add(entry.extentLba * BLOCK_BYTES, entry.image.sizeBytes, `boot image ${entry.number}`)
  }

  /**
   * Partitions that hold one file, or content that no tree has, are pieces; those that cover what trees have are not, nor
   * empty ones.
   */
  partition(startBytes: number, sizeBytes: number): void {
    const endBytes = Math.min(startBytes + sizeBytes, this.#image.source.sizeBytes)
    if (startBytes < SYSTEM_AREA_BYTES || startBytes % BLOCK_BYTES !== 0 || endBytes <= startBytes) return
    const known = this.pieces.get(startBytes)
    if (known !== undefined) {
      const isLonger = known.path === null && known.sizeBytes < endBytes - startBytes
      if (isLonger && !this.#taken.used.meets(startBytes, endBytes)) this.#add(startBytes, endBytes - startBytes, known.node.name)
      return
    }
    const node = this.#taken.filesByStart.get(startBytes)
    const isThatFile = node !== undefined && Math.ceil(node.sizeBytes / BLOCK_BYTES) === Math.ceil(sizeBytes / BLOCK_BYTES)
    const isOwnContent = !this.#taken.used.meets(startBytes, endBytes) && !this.#isEmpty(startBytes, endBytes)
    if (isThatFile || isOwnContent) this.#add(startBytes, endBytes - startBytes, 'partition')
  }

  #add(startBytes: number, sizeBytes: number, name: string): void {
    const file = this.#taken.filesByStart.get(startBytes)
    this.pieces.set(startBytes, {
      startBytes,
      sizeBytes: file?.sizeBytes ?? sizeBytes,
      node: file ?? this.#unnamed(startBytes, sizeBytes, name),
      path: file === undefined ? null : stagedPathOf(file),
      alignBlocks: file === undefined ? alignmentOf(startBytes) : 1,
    })
  }

  /** A file that is in no tree. */
  #unnamed(startBytes: number, sizeBytes: number, name: string): SourceNode {
    const node = new SourceNode(name, 'file')
    node.sizeBytes = sizeBytes
    const runs = [{ offsetBytes: startBytes, lengthBytes: sizeBytes }]
    const content = {
      key: `image:${startBytes}+${sizeBytes}`,
      keptLba: this.#inPlace ? startBytes / BLOCK_BYTES : null,
      displayPath: `${this.#image.path}: ${name}`,
      open: () => new RunSource(this.#image.source, runs),
    }
    node.extra = { content }
    return node
  }

  #isEmpty(startBytes: number, endBytes: number): boolean {
    if (endBytes - startBytes > MAX_PROBED_BYTES) return false
    for (let at = startBytes; at < endBytes; at += PROBE_BYTES) {
      const bytes = readUpTo(this.#image.source, at, Math.min(PROBE_BYTES, endBytes - at))
      if (bytes.some((byte) => byte !== 0)) return false
    }
    return true
  }
}

function alignmentOf(startBytes: number): number {
  const lba = startBytes / BLOCK_BYTES
  let blocks = 1
  while (blocks < MAX_ALIGN_BLOCKS && lba % (blocks * 2) === 0) blocks *= 2
  return blocks
}
