/** File entries as bytes, from a template in which only what differs is set: an image has as many as it has files. */
import { NO_LONG_AD } from './allocation-descriptors.ts'
import { sealTag, tagIds } from './descriptor-tag.ts'
import { developerEntity } from './entity-identifier.ts'
import { allocationKinds, ExtendedFileEntry, FileEntry, IcbTag, strategies } from './information-control-block.ts'
import { icbFlagsOf, permissionsOf } from './permissions.ts'
import { isThirdEdition, tagVersionOf, type UdfRevision } from './revision.ts'
import type { UdfFacts } from './udf-tree.ts'

const MAX_LINKS = 0xffff
const MAX_OWNER = 0xffff_fffe

export interface FileEntryFacts {
  readonly fileType: number
  readonly attributes: UdfFacts
  readonly linkCount: number
  readonly sizeBytes: number
  readonly recordedBlocks: number
  readonly uniqueId: number
  /** One of `allocationKinds`. */
  readonly allocationKind: number
  readonly extendedAttributesLengthBytes: number
  readonly allocationLengthBytes: number
  /** Of the entry in its partition. */
  readonly locationBlock: number
}

export class FileEntryComposer {
  readonly entryBytes: number
  readonly #isExtended: boolean
  readonly #template: Uint8Array
  readonly #revision: UdfRevision

  /** `revision` decides whether entries are extended ones. */
  constructor(revision: UdfRevision) {
    this.#revision = revision
    this.#isExtended = isThirdEdition(revision)
    this.entryBytes = this.#isExtended ? ExtendedFileEntry.sizeBytes : FileEntry.sizeBytes
    this.#template = this.#isExtended ? ExtendedFileEntry.serialise({ ...common(), ...onlyExtended }) : FileEntry.serialise(common())
  }

  /** Writes the fixed part at `at` and seals it with what stands behind it already. */
  write(bytes: Uint8Array, at: number, facts: FileEntryFacts): void {
    const { attributes } = facts
    bytes.set(this.#template, at)
    const { fields } = this.#isExtended ? ExtendedFileEntry : FileEntry
    const icbTag = at + fields.icbTag.offset
    IcbTag.fields.fileType.set(bytes, icbTag, facts.fileType)
    IcbTag.fields.flags.set(bytes, icbTag, facts.allocationKind + icbFlagsOf(attributes.mode))
    fields.uid.set(bytes, at, Math.min(MAX_OWNER, attributes.uid))
    fields.gid.set(bytes, at, Math.min(MAX_OWNER, attributes.gid))
    fields.permissions.set(bytes, at, permissionsOf(attributes.mode))
    fields.linkCount.set(bytes, at, Math.min(MAX_LINKS, facts.linkCount))
    fields.informationLengthBytes.set(bytes, at, BigInt(facts.sizeBytes))
    fields.recordedBlocks.set(bytes, at, BigInt(facts.recordedBlocks))
    fields.accessedAt.set(bytes, at, attributes.accessedMs)
    fields.modifiedAt.set(bytes, at, attributes.modifiedMs)
    fields.attributesAt.set(bytes, at, attributes.changedMs)
    if (this.#isExtended) {
      ExtendedFileEntry.fields.objectSizeBytes.set(bytes, at, BigInt(facts.sizeBytes))
      // No time may lie before the creation (UDF 3.3.4.3.1), and sources do not tell theirs.
      const createdMs = Math.min(attributes.modifiedMs, attributes.accessedMs, attributes.changedMs)
      ExtendedFileEntry.fields.createdAt.set(bytes, at, createdMs)
    }
    fields.uniqueId.set(bytes, at, BigInt(facts.uniqueId))
    fields.extendedAttributesLengthBytes.set(bytes, at, facts.extendedAttributesLengthBytes)
    fields.allocationDescriptorsLengthBytes.set(bytes, at, facts.allocationLengthBytes)
    sealTag(bytes, at, this.entryBytes + facts.extendedAttributesLengthBytes + facts.allocationLengthBytes, {
      identifier: this.#isExtended ? tagIds.extendedFileEntry : tagIds.fileEntry,
      version: tagVersionOf(this.#revision),
      locationBlock: facts.locationBlock,
    })
  }
}

const onlyExtended = { objectSizeBytes: 0n, createdAt: null, streamDirectoryIcb: NO_LONG_AD }

const common = () => ({
  icbTag: {
    priorDirectEntries: 0,
    strategyType: strategies.linear,
    strategyParameter: new Uint8Array(2),
    maximumEntries: 1,
    fileType: 0,
    parentIcb: { block: 0, partition: 0 },
    flags: allocationKinds.short,
  },
  uid: 0,
  gid: 0,
  permissions: 0,
  linkCount: 0,
  recordFormat: 0,
  recordDisplayAttributes: 0,
  recordLengthBytes: 0,
  informationLengthBytes: 0n,
  recordedBlocks: 0n,
  accessedAt: null,
  modifiedAt: null,
  attributesAt: null,
  checkpoint: 1,
  extendedAttributeIcb: NO_LONG_AD,
  implementation: developerEntity(),
  uniqueId: 0n,
  extendedAttributesLengthBytes: 0,
  allocationDescriptorsLengthBytes: 0,
})
