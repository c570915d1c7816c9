/** What an image has to start computers with: boot catalog and partition tables. */
import type { BootCatalog } from '../boot/boot-catalog.ts'
import { readBootCatalog } from '../boot/boot-catalog-reader.ts'
import { BLOCK_BYTES } from '../boot/disk-sector.ts'
import { type PartitionTables, partitionExtents, readPartitionTables } from '../boot/partition-tables.ts'
import type { ByteSource } from '../bytes/byte-source.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import type { ImageView } from './image-view.ts'
import { walkRuns } from './walk-view.ts'

export interface BootEquipment {
  /** Null when there is none. */
  readonly catalog: BootCatalog | null
  readonly tables: PartitionTables
}

/** Reads both. `files` is the tree to walk where there is a catalog: its files tell how long boot images are. */
export function readBootEquipment(source: ByteSource, hasBootRecord: boolean, files: () => ImageView, findings: FindingLog): BootEquipment {
  const tables = readPartitionTables(source, findings)
  if (!hasBootRecord) return { catalog: null, tables }
  let places: UsedPlaces | null = null
  const used = (): UsedPlaces => {
    places ??= new UsedPlaces(files())
    return places
  }
  const facts = {
    fileSizeBytesAt: (lba: number) => used().fileSizeBytesAt(lba),
    nextUsedLba: (lba: number) => used().nextAfter(lba),
    partitions: partitionExtents(tables),
  }
  return { catalog: readBootCatalog(source, facts, findings), tables }
}

/** Where files and directories begin, in blocks of 2048 bytes, and how long the files are. */
class UsedPlaces {
  /** Rising. */
  readonly #starts: Float64Array
  readonly #fileSizes = new Map<number, number>()

  constructor(view: ImageView) {
    const starts: number[] = []
    // What is wrong with the tree is found by whoever looks at it for its own sake.
    for (const { entries } of walkRuns(view, view.root, '/', new FindingLog())) {
      for (const entry of entries) {
        const [extent] = entry.extents
        if (extent === undefined) continue
        const lba = view.offsetBytes(extent) / BLOCK_BYTES
        starts.push(lba)
        if (entry.type === 'file') this.#fileSizes.set(lba, entry.sizeBytes)
      }
    }
    this.#starts = Float64Array.from(starts).sort()
  }

  fileSizeBytesAt(lba: number): number | null {
    return this.#fileSizes.get(lba) ?? null
  }

  nextAfter(lba: number): number | null {
    return this.#starts.find((start) => start > lba) ?? null
  }
}
