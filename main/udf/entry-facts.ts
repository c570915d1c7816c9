/** Takes what a file entry says into an entry of the tree (ECMA-167 4/14.9, 4/14.17). */
import type { EntryType } from '../../shared/image-model.ts'
import { MAX_LINK_TARGET_BYTES } from '../../shared/limits.ts'
import { RunSource } from '../bytes/run-source.ts'
import { extentLengthBytes } from './allocation-descriptors.ts'
import { AttributeHeader, attributeTypes, DeviceSpecification, ExtendedAttributeHeader } from './extended-attributes.ts'
import { contentOf, type FileEntryBlock } from './icb-reader.ts'
import { ExtendedFileEntry, FileEntry, fileTypes } from './information-control-block.ts'
import { decodeLinkTarget } from './path-component.ts'
import { modeBitsOf } from './permissions.ts'
import type { UdfEntry } from './udf-entry.ts'
import type { VolumeSpace } from './volume-space.ts'

/** An owner that is nobody (UDF 2.3.6, "not specified"). */
const NO_OWNER = 0xffff_ffff
/** A path component takes at most four bytes more than its text has characters, and characters take two. */
const MAX_LINK_CONTENT_BYTES = 6 * MAX_LINK_TARGET_BYTES

const kinds = new Map<number, { readonly type: EntryType; readonly modeBits: number }>([
  [fileTypes.directory, { type: 'directory', modeBits: 0o040000 }],
  [fileTypes.streamDirectory, { type: 'directory', modeBits: 0o040000 }],
  [fileTypes.file, { type: 'file', modeBits: 0o100000 }],
  [fileTypes.realTime, { type: 'file', modeBits: 0o100000 }],
  [fileTypes.unspecified, { type: 'file', modeBits: 0o100000 }],
  [fileTypes.block, { type: 'block', modeBits: 0o060000 }],
  [fileTypes.char, { type: 'char', modeBits: 0o020000 }],
  [fileTypes.fifo, { type: 'fifo', modeBits: 0o010000 }],
  [fileTypes.socket, { type: 'socket', modeBits: 0o140000 }],
  [fileTypes.symlink, { type: 'symlink', modeBits: 0o120000 }],
])

export function takeFacts(space: VolumeSpace, block: FileEntryBlock, entry: UdfEntry): void {
  const { fields } = block.isExtended ? ExtendedFileEntry : FileEntry
  const { bytes, offsetBytes } = block
  const kind = kinds.get(block.fileType) ?? { type: 'file' as const, modeBits: 0o100000 }
  entry.type = kind.type
  entry.mode = kind.modeBits + modeBitsOf(fields.permissions.get(bytes, 0), block.flags)
  entry.uid = ownerIn(fields.uid.get(bytes, 0))
  entry.gid = ownerIn(fields.gid.get(bytes, 0))
  entry.links = fields.linkCount.get(bytes, 0)
  entry.modifiedMs = fields.modifiedAt.get(bytes, 0)
  takeContent(space, block, entry)
  if (!kinds.has(block.fileType)) {
    const message = 'An entry is of a kind that Isomer does not know; it is shown as a file.'
    space.findings.add('udf-type-unknown', 'note', message, { path: entry.path, offsetBytes, clause: 'ECMA-167 4/14.6.6' })
  }
  if (block.isExtended && extentLengthBytes(ExtendedFileEntry.fields.streamDirectoryIcb.get(bytes, 0).lengthAndType) > 0) {
    const message = 'A file has named streams (a resource fork, say); those are left out.'
    space.findings.add('udf-named-streams', 'note', message, { path: entry.path, offsetBytes, clause: 'UDF 3.3.5' })
  }
}

const ownerIn = (id: number): number | null => (id === NO_OWNER ? null : id)

function takeContent(space: VolumeSpace, block: FileEntryBlock, entry: UdfEntry): void {
  switch (entry.type) {
    case 'file':
    case 'directory': {
      const content = contentOf(space, block)
      entry.runs = content.runs
      entry.sizeBytes = block.sizeBytes ?? 0
      if (content.fault !== null) noteFault(space, block, entry, content.fault)
      checkEnd(space, block, entry)
      return
    }
    case 'symlink':
      entry.target = linkTarget(space, block)
      if (entry.target === null) {
        const message = 'Where a symbolic link leads is damaged.'
        space.findings.add('udf-link-damaged', 'damaged', message, {
          path: entry.path,
          offsetBytes: block.offsetBytes,
          clause: 'ECMA-167 4/14.16',
        })
      }
      return
    case 'block':
    case 'char':
      entry.device = deviceIn(block.attributes)
  }
}

function noteFault(space: VolumeSpace, block: FileEntryBlock, entry: UdfEntry, fault: string): void {
  if (entry.type === 'file') entry.unreadable = block.sizeBytes === null ? fault : null
  const details = { path: entry.path, offsetBytes: block.offsetBytes, clause: 'ECMA-167 4/12' }
  space.findings.add('udf-content-incomplete', 'damaged', `Not all of an entry's content can be found. ${fault}`, details)
}

function checkEnd(space: VolumeSpace, block: FileEntryBlock, entry: UdfEntry): void {
  const { sizeBytes } = space.source
  if (!entry.runs.some((run) => run.offsetBytes !== null && run.offsetBytes + run.lengthBytes > sizeBytes)) return
  const message = 'A file or folder reaches beyond the end of the image; its end is lost.'
  const details = { path: entry.path, offsetBytes: block.offsetBytes, clause: 'ECMA-167 4/12' }
  space.findings.add('extent-outside-image', 'damaged', message, details)
}

function linkTarget(space: VolumeSpace, block: FileEntryBlock): string | null {
  const content = contentOf(space, block)
  if (content.fault !== null || content.sizeBytes > MAX_LINK_CONTENT_BYTES) return null
  const bytes = new Uint8Array(content.sizeBytes)
  if (new RunSource(space.source, content.runs).read(0, bytes) < bytes.length) return null
  const target = decodeLinkTarget(bytes)
  return target === null || Buffer.byteLength(target) > MAX_LINK_TARGET_BYTES ? null : target
}

/** Device numbers among the extended attributes (ECMA-167 4/14.10.7); null when there are none. */
function deviceIn(attributes: Uint8Array): UdfEntry['device'] {
  let at = ExtendedAttributeHeader.sizeBytes
  while (at + AttributeHeader.sizeBytes <= attributes.length) {
    const { type, lengthBytes } = AttributeHeader.parse(attributes, at)
    if (type === attributeTypes.deviceSpecification && at + DeviceSpecification.sizeBytes <= attributes.length) {
      const { major, minor } = DeviceSpecification.parse(attributes, at)
      return { major, minor }
    }
    if (lengthBytes < AttributeHeader.sizeBytes) return null
    at += lengthBytes
  }
  return null
}
