/**
 * Boot images and partitions as files, in folders that no tree of the image has: `[BOOT]/1-bios.img`, as 7-Zip shows
 * them, and `[PARTITIONS]/gpt-2.img`.
 */
import type { Extent } from '../../shared/image-model.ts'
import { type BootCatalog, bootImages } from '../boot/boot-catalog.ts'
import { BLOCK_BYTES } from '../boot/disk-sector.ts'
import type { PartitionExtent } from '../boot/partition-checks.ts'
import type { PartitionTables } from '../boot/partition-tables.ts'
import type { ByteSource } from '../bytes/byte-source.ts'
import { RunSource } from '../bytes/run-source.ts'
import { BOOT_FOLDER, PARTITIONS_FOLDER } from './boot-folders.ts'
import type { ImageEntry, ImageView } from './image-view.ts'

/** An extent to the byte: partitions begin at any disk sector. */
interface PlacedExtent extends Extent {
  readonly offsetBytes: number
}

class EquipmentEntry implements ImageEntry {
  readonly name: string
  readonly type: 'file' | 'directory'
  readonly parent: EquipmentEntry | null
  readonly sizeBytes: number
  readonly extents: readonly PlacedExtent[]
  readonly directoryKey: number | null
  readonly children: EquipmentEntry[] = []
  readonly modifiedMs = null
  readonly mode = null
  readonly uid = null
  readonly gid = null
  readonly links = null
  readonly target = null
  readonly unreadable = null
  readonly zisofs = null
  readonly device = null
  readonly details = null
  readonly isHidden = false
  readonly hardLinkKey = null

  /** A file where there is an extent, else a folder with that key. */
  constructor(name: string, parent: EquipmentEntry | null, extent: PlacedExtent | null, key: number) {
    this.name = name
    this.parent = parent
    this.type = extent === null ? 'directory' : 'file'
    this.sizeBytes = extent?.lengthBytes ?? 0
    this.extents = extent === null ? [] : [extent]
    this.directoryKey = extent === null ? key : null
    parent?.children.push(this)
  }
}

export class BootView implements ImageView {
  readonly kind = 'boot'
  readonly label = ''
  readonly root = new EquipmentEntry('', null, null, 0)
  readonly #source: ByteSource

  constructor(source: ByteSource, catalog: BootCatalog | null, tables: PartitionTables) {
    this.#source = source
    const images = catalog === null ? [] : bootImages(catalog)
    this.#addFolder(
      BOOT_FOLDER,
      1,
      images.map(({ name, extentLba, sizeBytes }) => ({ name, startBytes: extentLba * BLOCK_BYTES, sizeBytes })),
    )
    this.#addFolder(PARTITIONS_FOLDER, 2, [
      ...named('mbr', tables.mbr?.partitions.filter(({ type }) => type !== 0) ?? []),
      ...named('gpt', tables.gpt?.partitions ?? []),
      ...named('apple', tables.apple?.partitions ?? []),
    ])
  }

  *children(directory: EquipmentEntry): Generator<EquipmentEntry, void, undefined> {
    yield* directory.children
  }

  *childParts(directory: EquipmentEntry): Generator<readonly EquipmentEntry[], void, undefined> {
    if (directory.children.length > 0) yield directory.children
  }

  lookup(path: string): EquipmentEntry | null {
    let found: EquipmentEntry | undefined = this.root
    for (const part of path.split('/')) {
      if (part !== '' && part !== '.') found = found?.children.find(({ name }) => name === part)
    }
    return found ?? null
  }

  offsetBytes(extent: Extent): number {
    return 'offsetBytes' in extent ? (extent as PlacedExtent).offsetBytes : extent.lba * BLOCK_BYTES
  }

  contentSource(file: EquipmentEntry): ByteSource {
    return new RunSource(this.#source, file.extents)
  }

  /** Adds no folder for nothing. */
  #addFolder(name: string, key: number, files: readonly { name: string; startBytes: number; sizeBytes: number }[]): void {
    if (files.length === 0) return
    const folder = new EquipmentEntry(name, this.root, null, key)
    for (const file of files) {
      const extent = { lba: Math.floor(file.startBytes / BLOCK_BYTES), lengthBytes: file.sizeBytes, offsetBytes: file.startBytes }
      new EquipmentEntry(file.name, folder, extent, 0)
    }
  }
}

function named(table: string, partitions: readonly PartitionExtent[]) {
  return partitions.map(({ number, startBytes, sizeBytes }) => ({ name: `${table}-${number}.img`, startBytes, sizeBytes }))
}
