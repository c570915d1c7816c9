/** Volume descriptors and path tables as bytes, from a finished layout. */
import { composeBootRecord } from '../../boot/boot-record.ts'
import { fileFlags, recordBaseBytes } from '../../iso9660/directory-record.ts'
import { SELF_IDENTIFIER, writeRecord } from '../../iso9660/directory-writer.ts'
import { blankApplicationUse } from '../../iso9660/implanted-md5.ts'
import { pathTableRecordBytes, TypeLPathTableRecord, TypeMPathTableRecord } from '../../iso9660/path-table-record.ts'
import {
  descriptorTypes,
  EnhancedVolumeDescriptor,
  JolietVolumeDescriptor,
  jolietEscapes,
  PrimaryVolumeDescriptor,
  SECTOR_BYTES,
  SetTerminator,
  STANDARD_IDENTIFIER,
} from '../../iso9660/volume-descriptor.ts'
import { type ImageLayout, numberedDirectories, type PathTablePlace, type SupplementaryPlace } from './layout.ts'
import { isoDirectoryName } from './plan.ts'
import type { DirectoryPlace, PlannedDirectory } from './planned-tree.ts'

const APPLICATION = 'ISOMER'
/** UCS-2 level 3, the escape sequence that all known writers use. */
const JOLIET_LEVEL_3 = 2

/** Version of an enhanced volume descriptor and of its file structure (ECMA-119 9.5.3, 9.5.31). */
const ENHANCED_VERSION = 2

/** Volume descriptors and terminator. `atMs` dates the volume; `implanted` is a text to be found in the primary descriptor. */
export function composeDescriptors(layout: ImageLayout, pathTable: PathTablePlace, atMs: number, implanted: Uint8Array | null): Uint8Array {
  const { label, root } = layout.plan
  const primary = {
    applicationUse: implanted ?? blankApplicationUse(),
    type: descriptorTypes.primary,
    version: 1,
    volumeIdentifier: label.iso9660,
    escapeSequences: new Uint8Array(0),
  }
  const sectors = [PrimaryVolumeDescriptor.serialise({ ...commonFields(layout, root.iso, pathTable, atMs), ...primary })]
  // El Torito 1.0, 2: in sector 17, whatever else there is.
  if (layout.catalogLba !== null) sectors.push(composeBootRecord(layout.catalogLba))
  for (const place of layout.supplementary) sectors.push(supplementaryDescriptor(layout, place, atMs))
  sectors.push(SetTerminator.serialise({ type: descriptorTypes.terminator, standardIdentifier: STANDARD_IDENTIFIER, version: 1 }))
  return Buffer.concat(sectors)
}

function supplementaryDescriptor(layout: ImageLayout, { tree, pathTable }: SupplementaryPlace, atMs: number): Uint8Array {
  const { label, root } = layout.plan
  const common = { ...commonFields(layout, tree.form.place(root), pathTable, atMs), type: descriptorTypes.supplementary }
  if (tree.form.kind === 'enhanced') {
    const own = { version: ENHANCED_VERSION, fileStructureVersion: ENHANCED_VERSION, escapeSequences: new Uint8Array(0) }
    return EnhancedVolumeDescriptor.serialise({ ...common, ...own, volumeIdentifier: label.iso9660 })
  }
  const escapeSequences = Buffer.from(jolietEscapes[JOLIET_LEVEL_3] as string, 'latin1')
  return JolietVolumeDescriptor.serialise({ ...common, version: 1, escapeSequences, volumeIdentifier: label.joliet })
}

function commonFields(layout: ImageLayout, root: DirectoryPlace, table: PathTablePlace, atMs: number) {
  const { entry } = layout.plan.root
  return {
    standardIdentifier: STANDARD_IDENTIFIER,
    volumeFlags: 0,
    systemIdentifier: '',
    volumeSpaceSizeBlocks: layout.sizeBlocks,
    volumeSetSize: 1,
    volumeSequenceNumber: 1,
    logicalBlockSizeBytes: SECTOR_BYTES,
    pathTableSizeBytes: table.sizeBytes,
    typeLPathTableLba: table.typeLLba,
    optionalTypeLPathTableLba: 0,
    typeMPathTableLba: table.typeMLba,
    optionalTypeMPathTableLba: 0,
    rootDirectoryRecord: rootRecord(root, (layout.plan.policy.fixedTimeS ?? entry.source.modifiedS) * 1000),
    volumeSetIdentifier: '',
    publisherIdentifier: '',
    dataPreparerIdentifier: '',
    applicationIdentifier: APPLICATION,
    copyrightFileIdentifier: '',
    abstractFileIdentifier: '',
    bibliographicFileIdentifier: '',
    creationDate: atMs,
    modificationDate: atMs,
    expirationDate: null,
    effectiveDate: null,
    fileStructureVersion: 1,
    applicationUse: blankApplicationUse(),
  }
}

function rootRecord(place: DirectoryPlace, recordedAtMs: number): Uint8Array {
  const bytes = new Uint8Array(recordBaseBytes(SELF_IDENTIFIER.length))
  const facts = { extentLba: place.extentLba, dataLengthBytes: place.sizeBytes, recordedAtMs, flags: fileFlags.directory }
  writeRecord(bytes, 0, bytes.length, SELF_IDENTIFIER, facts)
  return bytes
}

/** Both path tables of the ISO 9660 tree, each in whole sectors. */
export function composeIsoPathTables(layout: ImageLayout, table: PathTablePlace): Uint8Array {
  return composePathTables(numberedDirectories(layout.plan.isoPathTable), table.sizeBytes, {
    place: (directory) => directory.iso,
    parent: (directory) => directory.isoParent,
    identifier: (directory) => Buffer.from(isoDirectoryName(directory), 'latin1'),
  })
}

/** Both path tables of a supplementary tree. */
export function composeSupplementaryPathTables({ tree, pathTable }: SupplementaryPlace): Uint8Array {
  const { form, directories } = tree
  return composePathTables(numberedDirectories(directories), pathTable.sizeBytes, {
    place: (directory) => form.place(directory),
    parent: (directory) => directory.parent,
    identifier: (directory) => form.encode(form.name(directory.entry)),
  })
}

interface PathTableView {
  place(directory: PlannedDirectory): DirectoryPlace
  parent(directory: PlannedDirectory): PlannedDirectory | null
  identifier(directory: PlannedDirectory): Uint8Array
}

function composePathTables(directories: readonly PlannedDirectory[], sizeBytes: number, view: PathTableView): Uint8Array {
  const wholeBytes = Math.ceil(sizeBytes / SECTOR_BYTES) * SECTOR_BYTES
  const bytes = new Uint8Array(wholeBytes * 2)
  let at = 0
  for (const directory of directories) {
    const parent = view.parent(directory)
    const identifier = parent === null ? SELF_IDENTIFIER : view.identifier(directory)
    const record = {
      identifierLengthBytes: identifier.length,
      extendedAttributeBlocks: 0,
      extentLba: view.place(directory).extentLba,
      parentNumber: parent === null ? 1 : view.place(parent).number,
    }
    TypeLPathTableRecord.serialise(record, bytes, at)
    TypeMPathTableRecord.serialise(record, bytes, wholeBytes + at)
    bytes.set(identifier, at + TypeLPathTableRecord.sizeBytes)
    bytes.set(identifier, wholeBytes + at + TypeLPathTableRecord.sizeBytes)
    at += pathTableRecordBytes(identifier.length)
  }
  return bytes
}
