/** What UDF records of a tree as bytes, in the order and places of its layout. */
import type { EntryType } from '../../shared/image-model.ts'
import { TRANSFER_BYTES } from '../../shared/limits.ts'
import { LongAd, ShortAd } from './allocation-descriptors.ts'
import { encodeCompressed } from './compressed-unicode.ts'
import { sealTag, type TagVersion, tagIds } from './descriptor-tag.ts'
import { deviceAttributesBytes, writeDeviceAttributes } from './device-attributes.ts'
import { blocksFor, UDF_BLOCK_BYTES, writeAllocation } from './file-allocation.ts'
import { FileEntryComposer, type FileEntryFacts } from './file-entry-composer.ts'
import { characteristics, FileIdentifier, fileIdentifierBytes } from './file-identifier.ts'
import { allocationKinds, fileTypes } from './information-control-block.ts'
import { isThirdEdition, tagVersionOf } from './revision.ts'
import type { DirectoryRecord, TreeLayout } from './tree-layout.ts'

/** Where the tree's blocks are to be found once the volume is laid out. */
export interface TreePlace {
  /** Block in its partition of the layout's block 0. */
  readonly firstBlock: number
  /** Index of that partition. */
  readonly partition: number
  /** LBA of block 0 of the partition that file contents lie in, which has index 0. */
  readonly contentPartitionLba: number
}

const typeCodes: Readonly<Record<EntryType, number>> = {
  file: fileTypes.file,
  directory: fileTypes.directory,
  symlink: fileTypes.symlink,
  block: fileTypes.block,
  char: fileTypes.char,
  fifo: fileTypes.fifo,
  socket: fileTypes.socket,
}

export class TreeComposer<Entry> {
  readonly #layout: TreeLayout<Entry>
  readonly #place: TreePlace
  readonly #entries: FileEntryComposer
  readonly #tagVersion: TagVersion

  constructor(layout: TreeLayout<Entry>, place: TreePlace) {
    this.#layout = layout
    this.#place = place
    this.#entries = new FileEntryComposer(layout.revision)
    this.#tagVersion = tagVersionOf(layout.revision)
  }

  /**
   * All blocks behind the file set and its terminator, in pieces of whole blocks, each to be used before the next is asked
   * for. The same each time it is called.
   */
  *blocks(): Generator<Uint8Array, void, undefined> {
    const { tree, directories } = this.#layout
    const pages = new Pages()
    yield* this.#entryOf(pages, tree.root)
    let nextLaterId = this.#layout.firstLaterId
    for (const directory of directories) {
      yield* pages.room(blocksFor(directory.dataBytes))
      nextLaterId = this.#identifiers(pages, directory, nextLaterId)
      for (const child of this.#layout.firstNames(directory)) yield* this.#entryOf(pages, child)
    }
    yield* pages.rest()
  }

  /** The names of a directory, its parent's first; gives the next unique id for later names of a file. */
  #identifiers(pages: Pages, directory: DirectoryRecord<Entry>, firstLaterId: number): number {
    const { tree } = this.#layout
    const start = pages.take(blocksFor(directory.dataBytes))
    const write = (at: number, entry: Entry, name: string, bits: number, uniqueId: number) =>
      this.#identifier(pages.bytes, at, directory.dataBlock + Math.floor((at - start) / UDF_BLOCK_BYTES), { entry, name, bits, uniqueId })
    const parentBits = characteristics.directory + characteristics.parent
    let at = write(start, directory.parent, '', parentBits, this.#layout.uniqueId(directory.parent))
    const firstNames = this.#layout.firstNames(directory)
    let nextFirst = firstNames.next()
    let nextLaterId = firstLaterId
    for (const child of tree.children(directory.entry)) {
      const isFirst = !nextFirst.done && nextFirst.value === child
      if (isFirst) nextFirst = firstNames.next()
      const bits = tree.type(child) === 'directory' ? characteristics.directory : 0
      at = write(at, child, tree.name(child), bits, isFirst ? this.#layout.uniqueId(child) : nextLaterId++)
    }
    return nextLaterId
  }

  /** Writes one name; gives where the next one goes. */
  #identifier(bytes: Uint8Array, at: number, block: number, name: IdentifierFacts<Entry>): number {
    const identifier = encodeCompressed(name.name)
    const { fields } = FileIdentifier
    fields.fileVersionNumber.set(bytes, at, 1)
    fields.characteristics.set(bytes, at, name.bits)
    fields.identifierLengthBytes.set(bytes, at, identifier.length)
    const icb = at + fields.icb.offset
    LongAd.fields.lengthAndType.set(bytes, icb, UDF_BLOCK_BYTES)
    LongAd.fields.block.set(bytes, icb, this.#place.firstBlock + this.#layout.entryBlock(name.entry))
    LongAd.fields.partition.set(bytes, icb, this.#place.partition)
    // UDF 1.x has nothing in this place.
    if (isThirdEdition(this.#layout.revision)) LongAd.fields.uniqueId.set(bytes, icb, name.uniqueId)
    bytes.set(identifier, at + FileIdentifier.sizeBytes)
    const lengthBytes = fileIdentifierBytes(identifier.length)
    const locationBlock = this.#place.firstBlock + block
    sealTag(bytes, at, lengthBytes, { identifier: tagIds.fileIdentifier, version: this.#tagVersion, locationBlock })
    return at + lengthBytes
  }

  *#entryOf(pages: Pages, entry: Entry): Generator<Uint8Array, void, undefined> {
    const { tree } = this.#layout
    const sizeBlocks = this.#layout.entrySizeBlocks(entry)
    yield* pages.room(sizeBlocks)
    const at = pages.take(sizeBlocks)
    switch (tree.type(entry)) {
      case 'directory':
        this.#directory(pages.bytes, at, this.#layout.directoryOf(entry))
        return
      case 'file':
        this.#file(pages.bytes, at, entry)
        return
      case 'symlink':
        this.#link(pages.bytes, at, entry)
        return
      default:
        this.#special(pages.bytes, at, entry)
    }
  }

  #directory(bytes: Uint8Array, at: number, { entry, dataBlock, dataBytes, subdirectories }: DirectoryRecord<Entry>): void {
    const descriptors = at + this.#entries.entryBytes
    ShortAd.serialise({ lengthAndType: dataBytes, block: this.#place.firstBlock + dataBlock }, bytes, descriptors)
    this.#write(bytes, at, entry, {
      // Its name, and the names that its subdirectories have for their parent; the root names itself.
      linkCount: 1 + subdirectories,
      sizeBytes: dataBytes,
      recordedBlocks: blocksFor(dataBytes),
      allocationLengthBytes: ShortAd.sizeBytes,
    })
  }

  #file(bytes: Uint8Array, at: number, entry: Entry): void {
    const { sizeBytes, extentLba, linkCount } = this.#layout.tree.content(entry)
    const kind = this.#layout.contentKind
    const allocationLengthBytes = writeAllocation(bytes, at, at + this.#entries.entryBytes, {
      kind,
      sizeBytes,
      contentBlock: sizeBytes === 0 ? 0 : extentLba - this.#place.contentPartitionLba,
      contentPartition: 0,
      entryBlock: this.#place.firstBlock + this.#layout.entryBlock(entry),
      entryPartition: this.#place.partition,
      tagVersion: this.#tagVersion,
    })
    this.#write(bytes, at, entry, {
      linkCount,
      sizeBytes,
      recordedBlocks: blocksFor(sizeBytes),
      allocationKind: allocationKinds[kind],
      allocationLengthBytes,
    })
  }

  /** A link's target stands in its entry, or behind it when it is too long. */
  #link(bytes: Uint8Array, at: number, entry: Entry): void {
    const content = this.#layout.linkContent(entry)
    const inside = at + this.#entries.entryBytes
    const isEmbedded = this.#layout.entrySizeBlocks(entry) === 1
    bytes.set(content, isEmbedded ? inside : at + UDF_BLOCK_BYTES)
    const block = this.#place.firstBlock + this.#layout.entryBlock(entry) + 1
    if (!isEmbedded) ShortAd.serialise({ lengthAndType: content.length, block }, bytes, inside)
    this.#write(bytes, at, entry, {
      sizeBytes: content.length,
      recordedBlocks: isEmbedded ? 0 : blocksFor(content.length),
      allocationKind: isEmbedded ? allocationKinds.embedded : allocationKinds.short,
      allocationLengthBytes: isEmbedded ? content.length : ShortAd.sizeBytes,
    })
  }

  #special(bytes: Uint8Array, at: number, entry: Entry): void {
    const { tree } = this.#layout
    const type = tree.type(entry)
    const isDevice = type === 'block' || type === 'char'
    if (isDevice) {
      const locationBlock = this.#place.firstBlock + this.#layout.entryBlock(entry)
      writeDeviceAttributes(bytes, at + this.#entries.entryBytes, { ...tree.device(entry), tagVersion: this.#tagVersion, locationBlock })
    }
    this.#write(bytes, at, entry, { extendedAttributesLengthBytes: isDevice ? deviceAttributesBytes : 0 })
  }

  #write(bytes: Uint8Array, at: number, entry: Entry, facts: Partial<FileEntryFacts>): void {
    const { tree } = this.#layout
    this.#entries.write(bytes, at, {
      fileType: typeCodes[tree.type(entry)],
      attributes: tree.facts(entry),
      linkCount: 1,
      sizeBytes: 0,
      recordedBlocks: 0,
      uniqueId: this.#layout.uniqueId(entry),
      allocationKind: allocationKinds.short,
      extendedAttributesLengthBytes: 0,
      allocationLengthBytes: 0,
      locationBlock: this.#place.firstBlock + this.#layout.entryBlock(entry),
      ...facts,
    })
  }
}

interface IdentifierFacts<Entry> {
  readonly entry: Entry
  readonly name: string
  readonly bits: number
  readonly uniqueId: number
}

/** Blocks gathered to pieces of the size that copies well; a piece is good until the next one is asked for. */
class Pages {
  bytes = new Uint8Array(TRANSFER_BYTES)
  #used = 0

  /** The position of the next so many blocks, which are zero. */
  take(blocks: number): number {
    const at = this.#used
    this.#used += blocks * UDF_BLOCK_BYTES
    return at
  }

  /** Makes room for some blocks, handing out what is full. */
  *room(blocks: number): Generator<Uint8Array, void, undefined> {
    const wantedBytes = blocks * UDF_BLOCK_BYTES
    if (this.#used + wantedBytes <= this.bytes.length) return
    yield* this.rest()
    if (wantedBytes > this.bytes.length) this.bytes = new Uint8Array(wantedBytes)
    else this.bytes.fill(0)
  }

  *rest(): Generator<Uint8Array, void, undefined> {
    if (this.#used > 0) yield this.bytes.subarray(0, this.#used)
    this.#used = 0
  }
}
