/**
 * Gives all bytes of a UDF volume but the contents of its files, in the order in which they lie in the image. What comes
 * in pieces is to be used before the next piece is asked for.
 */
import { NO_LONG_AD } from './allocation-descriptors.ts'
import { CS0 } from './character-set.ts'
import { sealTag, tagIds } from './descriptor-tag.ts'
import { domainEntity } from './entity-identifier.ts'
import { UDF_BLOCK_BYTES, writeAllocation } from './file-allocation.ts'
import { FileEntryComposer } from './file-entry-composer.ts'
import { FileSetDescriptor } from './file-set.ts'
import { allocationKinds, fileTypes } from './information-control-block.ts'
import { tagVersionOf } from './revision.ts'
import { TreeComposer } from './tree-composer.ts'
import { FILE_SET_BLOCK, type TreeLayout } from './tree-layout.ts'
import { CS0_ONLY, type UdfIdentity, VolumeComposer } from './volume-composer.ts'
import { TerminatingDescriptor } from './volume-descriptors.ts'
import type { UdfHead, UdfTail } from './volume-place.ts'
import { composeRecognition } from './volume-recognition.ts'

const FILE_SET_BLOCKS = 2
const FILE_SET_INTERCHANGE_LEVEL = 3
/** Of a metadata file: nobody's, readable by all; its times are those of the volume. */
const METADATA_MODE = 0o444

export class UdfVolumeWriter<Entry> {
  readonly #layout: TreeLayout<Entry>
  readonly #head: UdfHead
  readonly #tail: UdfTail
  readonly #identity: UdfIdentity
  readonly #volume: VolumeComposer

  constructor(layout: TreeLayout<Entry>, head: UdfHead, tail: UdfTail, identity: UdfIdentity) {
    this.#layout = layout
    this.#head = head
    this.#tail = tail
    this.#identity = identity
    this.#volume = new VolumeComposer(head, tail, identity, {
      fileCount: layout.fileCount,
      directoryCount: layout.directories.length,
      nextUniqueId: layout.nextUniqueId,
    })
  }

  /** From `head.recognitionLba` up to `head.treeLba`. */
  head(): Uint8Array {
    const { recognitionLba, mirrorFileLba, treeLba } = this.#head
    const bytes = new Uint8Array((treeLba - recognitionLba) * UDF_BLOCK_BYTES)
    bytes.set(composeRecognition(this.#head.revision))
    this.#volume.writeHead(bytes, recognitionLba)
    if (mirrorFileLba !== null) {
      const at = (mirrorFileLba - recognitionLba) * UDF_BLOCK_BYTES
      this.#metadataFile(bytes, at, { fileType: fileTypes.metadataMirror, fileLba: mirrorFileLba, contentLba: treeLba })
    }
    return bytes
  }

  /** From `head.treeLba` up to `head.nextLba`. */
  *tree(): Generator<Uint8Array, void, undefined> {
    const { treeLba, treeBlocks, partitionLba, mirrorFileLba } = this.#head
    const hasMetadata = mirrorFileLba !== null
    const place = { firstBlock: hasMetadata ? 0 : treeLba - partitionLba, partition: hasMetadata ? 1 : 0 }
    yield this.#fileSet(place.firstBlock, place.partition)
    yield* new TreeComposer(this.#layout, { ...place, contentPartitionLba: partitionLba }).blocks()
    const fillBlocks = treeBlocks - this.#layout.sizeBlocks
    if (fillBlocks > 0) yield new Uint8Array(fillBlocks * UDF_BLOCK_BYTES)
  }

  /** From `endLba`, as given to `placeTail`, up to and with the last anchor. */
  *tail(endLba: number): Generator<Uint8Array, void, undefined> {
    const { metadataLba, metadataFileLba, anchorLba } = this.#tail
    let lba = endLba
    if (metadataLba !== null && metadataFileLba !== null) {
      if (metadataLba > lba) yield new Uint8Array((metadataLba - lba) * UDF_BLOCK_BYTES)
      yield* this.tree()
      const file = new Uint8Array(UDF_BLOCK_BYTES)
      this.#metadataFile(file, 0, { fileType: fileTypes.metadataMain, fileLba: metadataFileLba, contentLba: metadataLba })
      yield file
      lba = metadataFileLba + 1
    }
    const rest = new Uint8Array((anchorLba + 1 - lba) * UDF_BLOCK_BYTES)
    this.#volume.writeAnchor(rest, rest.length - UDF_BLOCK_BYTES, anchorLba)
    yield rest
  }

  #fileSet(firstBlock: number, partition: number): Uint8Array {
    const { revision } = this.#head
    const { label, recordedMs } = this.#identity
    const bytes = new Uint8Array(FILE_SET_BLOCKS * UDF_BLOCK_BYTES)
    const rootBlock = firstBlock + this.#layout.entryBlock(this.#layout.tree.root)
    FileSetDescriptor.serialise(
      {
        recordedAt: recordedMs,
        interchangeLevel: FILE_SET_INTERCHANGE_LEVEL,
        maximumInterchangeLevel: FILE_SET_INTERCHANGE_LEVEL,
        characterSetList: CS0_ONLY,
        maximumCharacterSetList: CS0_ONLY,
        fileSetNumber: 0,
        descriptorNumber: 0,
        logicalVolumeCharacterSet: CS0,
        logicalVolumeIdentifier: label,
        fileSetCharacterSet: CS0,
        fileSetIdentifier: label,
        copyrightFileIdentifier: '',
        abstractFileIdentifier: '',
        rootDirectory: { lengthAndType: UDF_BLOCK_BYTES, block: rootBlock, partition, flags: 0, uniqueId: 0 },
        domain: domainEntity(revision),
        next: NO_LONG_AD,
        systemStreamDirectory: NO_LONG_AD,
      },
      bytes,
    )
    const version = tagVersionOf(revision)
    const locationBlock = firstBlock + FILE_SET_BLOCK
    sealTag(bytes, 0, FileSetDescriptor.sizeBytes, { identifier: tagIds.fileSet, version, locationBlock })
    const terminator = { identifier: tagIds.terminating, version, locationBlock: locationBlock + 1 }
    sealTag(bytes, UDF_BLOCK_BYTES, TerminatingDescriptor.sizeBytes, terminator)
    return bytes
  }

  /** The entry of the metadata file or its mirror (UDF 2.2.13.1). */
  #metadataFile(
    bytes: Uint8Array,
    at: number,
    file: { readonly fileType: number; readonly fileLba: number; readonly contentLba: number },
  ): void {
    const { partitionLba, treeBlocks, revision } = this.#head
    const { recordedMs } = this.#identity
    const entries = new FileEntryComposer(revision)
    const sizeBytes = treeBlocks * UDF_BLOCK_BYTES
    const locationBlock = file.fileLba - partitionLba
    const allocationLengthBytes = writeAllocation(bytes, at, at + entries.entryBytes, {
      kind: 'short',
      sizeBytes,
      contentBlock: file.contentLba - partitionLba,
      contentPartition: 0,
      entryBlock: locationBlock,
      entryPartition: 0,
      tagVersion: tagVersionOf(revision),
    })
    entries.write(bytes, at, {
      fileType: file.fileType,
      attributes: { mode: METADATA_MODE, uid: 0, gid: 0, modifiedMs: recordedMs, accessedMs: recordedMs, changedMs: recordedMs },
      linkCount: 0,
      sizeBytes,
      recordedBlocks: treeBlocks,
      uniqueId: 0,
      allocationKind: allocationKinds.short,
      extendedAttributesLengthBytes: 0,
      allocationLengthBytes,
      locationBlock,
    })
  }
}
