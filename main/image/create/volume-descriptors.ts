/** The image's first sectors and path tables as bytes, from a finished layout. */
import { fileFlags, recordBaseBytes } from '../../iso9660/directory-record.ts'
import { SELF_IDENTIFIER, writeRecord } from '../../iso9660/directory-writer.ts'
import { pathTableRecordBytes, TypeLPathTableRecord, TypeMPathTableRecord } from '../../iso9660/path-table-record.ts'
import {
  descriptorTypes,
  FIRST_DESCRIPTOR_LBA,
  JolietVolumeDescriptor,
  jolietEscapes,
  PrimaryVolumeDescriptor,
  SECTOR_BYTES,
  SetTerminator,
  STANDARD_IDENTIFIER,
} from '../../iso9660/volume-descriptor.ts'
import { encodeUcs2 } from './joliet-directory.ts'
import { type ImageLayout, numberedDirectories, type PathTablePlace } from './layout.ts'
import { isoDirectoryName } from './plan.ts'
import type { DirectoryPlace, PlannedDirectory } from './planned-tree.ts'

const APPLICATION = 'ISOMER'
/** UCS-2 level 3, the escape sequence that all known writers use. */
const JOLIET_LEVEL_3 = 2

/** System area, volume descriptors and terminator. `nowMs` dates the volume unless its plan fixes the time. */
export function composeDescriptors(layout: ImageLayout, nowMs: number): Uint8Array {
  const { plan, jolietPathTable } = layout
  const sectors: Uint8Array[] = [new Uint8Array(FIRST_DESCRIPTOR_LBA * SECTOR_BYTES)]
  const atMs = plan.policy.fixedTimeS === null ? nowMs : plan.policy.fixedTimeS * 1000
  sectors.push(PrimaryVolumeDescriptor.serialise(commonFields(layout, 'iso', layout.isoPathTable, plan.label.iso9660, atMs)))
  if (jolietPathTable !== null)
    sectors.push(JolietVolumeDescriptor.serialise(commonFields(layout, 'joliet', jolietPathTable, plan.label.joliet, atMs)))
  sectors.push(SetTerminator.serialise({ type: descriptorTypes.terminator, standardIdentifier: STANDARD_IDENTIFIER, version: 1 }))
  return Buffer.concat(sectors)
}

function commonFields(layout: ImageLayout, tree: 'iso' | 'joliet', table: PathTablePlace, volumeIdentifier: string, atMs: number) {
  const { root, policy } = layout.plan
  return {
    type: tree === 'iso' ? descriptorTypes.primary : descriptorTypes.supplementary,
    standardIdentifier: STANDARD_IDENTIFIER,
    version: 1,
    volumeFlags: 0,
    systemIdentifier: '',
    volumeIdentifier,
    volumeSpaceSizeBlocks: layout.sizeBlocks,
    escapeSequences: tree === 'iso' ? new Uint8Array(0) : Buffer.from(jolietEscapes[JOLIET_LEVEL_3] as string, 'latin1'),
    volumeSetSize: 1,
    volumeSequenceNumber: 1,
    logicalBlockSizeBytes: SECTOR_BYTES,
    pathTableSizeBytes: table.sizeBytes,
    typeLPathTableLba: table.typeLLba,
    optionalTypeLPathTableLba: 0,
    typeMPathTableLba: table.typeMLba,
    optionalTypeMPathTableLba: 0,
    rootDirectoryRecord: rootRecord(root[tree], (policy.fixedTimeS ?? root.entry.source.modifiedS) * 1000),
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
    applicationUse: new Uint8Array(0),
  }
}

function rootRecord(place: DirectoryPlace, recordedAtMs: number): Uint8Array {
  const bytes = new Uint8Array(recordBaseBytes(SELF_IDENTIFIER.length))
  const facts = { extentLba: place.extentLba, dataLengthBytes: place.sizeBytes, recordedAtMs, flags: fileFlags.directory }
  writeRecord(bytes, 0, bytes.length, SELF_IDENTIFIER, facts)
  return bytes
}

/** Both path tables of the ISO 9660 tree, each in whole sectors. */
export function composeIsoPathTables(layout: ImageLayout): Uint8Array {
  return composePathTables(numberedDirectories(layout.plan.isoPathTable), layout.isoPathTable.sizeBytes, {
    place: (directory) => directory.iso,
    parent: (directory) => directory.isoParent,
    identifier: (directory) => Buffer.from(isoDirectoryName(directory), 'latin1'),
  })
}

/** Both path tables of the Joliet tree. */
export function composeJolietPathTables(layout: ImageLayout, table: PathTablePlace): Uint8Array {
  return composePathTables(numberedDirectories(layout.plan.jolietDirectories), table.sizeBytes, {
    place: (directory) => directory.joliet,
    parent: (directory) => directory.parent,
    identifier: (directory) => encodeUcs2(directory.entry.jolietName),
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
