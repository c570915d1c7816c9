/**
 * Lays out what UDF records of a tree: file set, file entries and directories, in blocks counted from 0. No I/O.
 *
 * Order: file set · terminator · root's entry · then for each directory, depth first, its names and right behind them the
 * entries of its children: a reader that lists the tree goes straight on.
 */
import { InternalProblem } from '../bytes/internal-problem.ts'
import { compressedBytes } from './compressed-unicode.ts'
import { deviceAttributesBytes } from './device-attributes.ts'
import { blocksFor, continuationBlocks, type DescriptorKind, UDF_BLOCK_BYTES } from './file-allocation.ts'
import { fileIdentifierBytes } from './file-identifier.ts'
import { ExtendedFileEntry, FileEntry } from './information-control-block.ts'
import { encodeLinkTarget } from './path-component.ts'
import { hasMetadataPartition, isThirdEdition, type UdfRevision } from './revision.ts'
import type { UdfTree } from './udf-tree.ts'

export const FILE_SET_BLOCK = 0
const FIRST_ENTRY_BLOCK = 2
const NOT_PLACED = 0xffff_ffff
/** Unique ids below are reserved (UDF 2.3.6.5, 3.2.1). */
const FIRST_UNIQUE_ID = 16

export interface DirectoryRecord<Entry> {
  readonly entry: Entry
  readonly parent: Entry
  readonly dataBlock: number
  readonly dataBytes: number
  readonly subdirectories: number
}

export class TreeLayout<Entry> {
  readonly tree: UdfTree<Entry>
  readonly revision: UdfRevision
  /** In the order they lie. */
  readonly directories: DirectoryRecord<Entry>[] = []
  /** Blocks that everything takes. */
  readonly sizeBlocks: number
  /** Names of files, links and devices (UDF 2.2.6.4). */
  readonly fileCount: number
  readonly #entryBlocks: Uint32Array
  /** Of directories: their index. */
  readonly #directoryIndexes: Uint32Array
  readonly #laterNames: number

  constructor(tree: UdfTree<Entry>, revision: UdfRevision) {
    this.tree = tree
    this.revision = revision
    this.#entryBlocks = new Uint32Array(tree.serialLimit).fill(NOT_PLACED)
    this.#directoryIndexes = new Uint32Array(tree.serialLimit)
    let nextBlock = FIRST_ENTRY_BLOCK
    let fileCount = 0
    let laterNames = 0
    this.#entryBlocks[tree.serial(tree.root)] = nextBlock++
    const pending = [{ entry: tree.root, parent: tree.root }]
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const { entry, parent } = next
      const children = tree.children(entry)
      const dataBytes = this.#directoryBytes(children)
      const subdirectories = children.filter((child) => tree.type(child) === 'directory')
      this.#directoryIndexes[tree.serial(entry)] = this.directories.length
      this.directories.push({ entry, parent, dataBlock: nextBlock, dataBytes, subdirectories: subdirectories.length })
      nextBlock += blocksFor(dataBytes)
      for (const child of children) {
        if (tree.type(child) !== 'directory') fileCount++
        const serial = tree.serial(child)
        if (this.#entryBlocks[serial] !== NOT_PLACED) {
          laterNames++
          continue
        }
        this.#entryBlocks[serial] = nextBlock
        nextBlock += this.entrySizeBlocks(child)
      }
      for (let i = subdirectories.length - 1; i >= 0; i--) pending.push({ entry: subdirectories[i] as Entry, parent: entry })
    }
    this.sizeBlocks = nextBlock
    this.fileCount = fileCount
    this.#laterNames = laterNames
  }

  /** Block of an entry's file entry. */
  entryBlock(entry: Entry): number {
    const block = this.#entryBlocks[this.tree.serial(entry)]
    if (block === undefined || block === NOT_PLACED) throw new InternalProblem('an entry of the tree has no place in UDF')
    return block
  }

  /** The record of an entry that is a directory. */
  directoryOf(entry: Entry): DirectoryRecord<Entry> {
    return this.directories[this.#directoryIndexes[this.tree.serial(entry)] as number] as DirectoryRecord<Entry>
  }

  /** Children whose file entries lie right behind the directory, in order: all but later names of a file. */
  *firstNames(directory: DirectoryRecord<Entry>): Generator<Entry, void, undefined> {
    let nextBlock = directory.dataBlock + blocksFor(directory.dataBytes)
    for (const child of this.tree.children(directory.entry)) {
      if (this.entryBlock(child) !== nextBlock) continue
      yield child
      nextBlock += this.entrySizeBlocks(child)
    }
  }

  /** Unique id of an entry: the root's is 0, others follow from their place. */
  uniqueId(entry: Entry): number {
    const block = this.entryBlock(entry)
    return block === FIRST_ENTRY_BLOCK ? 0 : FIRST_UNIQUE_ID + block
  }

  /** Unique ids from here on are those of later names of files with several. */
  get firstLaterId(): number {
    return FIRST_UNIQUE_ID + this.sizeBlocks
  }

  get nextUniqueId(): number {
    return this.firstLaterId + this.#laterNames
  }

  /** Bytes of the fixed part of every file entry. */
  get entryBytes(): number {
    return isThirdEdition(this.revision) ? ExtendedFileEntry.sizeBytes : FileEntry.sizeBytes
  }

  /** Of files: their data lie in another partition than their entries once there is a metadata partition. */
  get contentKind(): DescriptorKind {
    return hasMetadataPartition(this.revision) ? 'long' : 'short'
  }

  /** Blocks of a file entry with what lies right behind it. */
  entrySizeBlocks(entry: Entry): number {
    const { tree } = this
    const roomBytes = UDF_BLOCK_BYTES - this.entryBytes
    switch (tree.type(entry)) {
      case 'file':
        return 1 + continuationBlocks(tree.content(entry).sizeBytes, this.contentKind, roomBytes)
      case 'symlink': {
        const lengthBytes = this.linkContent(entry).length
        return lengthBytes <= roomBytes ? 1 : 1 + blocksFor(lengthBytes)
      }
      case 'block':
      case 'char':
        if (deviceAttributesBytes > roomBytes) throw new InternalProblem('device attributes do not fit a block')
        return 1
      default:
        return 1
    }
  }

  /** The path components of a symbolic link. */
  linkContent(entry: Entry): Uint8Array {
    const content = encodeLinkTarget(this.tree.linkTarget(entry))
    if (content === null) throw new InternalProblem('a link target that UDF cannot hold was planned')
    return content
  }

  #directoryBytes(children: readonly Entry[]): number {
    let sizeBytes = fileIdentifierBytes(0)
    for (const child of children) sizeBytes += fileIdentifierBytes(compressedBytes(this.tree.name(child)))
    return sizeBytes
  }
}
