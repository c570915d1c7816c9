/** Compares the path table with the directories, which are believed; some old systems find folders by it alone. */
import { MAX_PATH_TABLE_BYTES } from '../../shared/limits.ts'
import { readUpTo } from '../bytes/byte-source.ts'
import { pathTableRecordBytes, TypeLPathTableRecord, TypeMPathTableRecord } from '../iso9660/path-table-record.ts'
import type { Volume } from '../iso9660/volume-descriptor-set.ts'
import type { OpenImage } from './open-image.ts'
import type { TreeContent } from './tree-content.ts'

interface ListedFolder {
  readonly startBytes: number
  readonly parentNumber: number
}

export function checkPathTable(image: OpenImage, volume: Volume, tree: TreeContent): void {
  const folders = tree.directories.size + 1
  const listed = readPathTable(image, volume, volume.pathTableLba, TypeLPathTableRecord, folders)
  const place = { offsetBytes: volume.pathTableLba * volume.blockBytes, clause: 'ECMA-119 7.9' }
  if (listed === null) {
    const message = 'The path table is missing or lies outside the image; folders do not need it.'
    image.findingLog.add('path-table-missing', 'note', message, place)
    return
  }
  if (listed.length !== folders) {
    const message =
      listed.length < folders
        ? `The path table lists fewer folders than the directories have, which are ${folders}; the directories were believed.`
        : `The path table lists more folders than the directories have, which are ${folders}; the directories were believed.`
    image.findingLog.add('path-table-differs', 'note', message, place)
  } else if (!listed.every((_, i) => isAsInTree(listed, i, tree))) {
    const message = 'The path table places a folder elsewhere than the directories do; the directories were believed.'
    image.findingLog.add('path-table-differs', 'note', message, place)
  }
  checkCopy(image, volume, listed, folders)
}

/** The same table with big-endian numbers, which nothing but old systems with such processors reads. */
function checkCopy(image: OpenImage, volume: Volume, listed: readonly ListedFolder[], folders: number): void {
  const copy = readPathTable(image, volume, volume.bigEndianPathTableLba, TypeMPathTableRecord, folders)
  const isSame =
    copy?.length === listed.length &&
    copy.every(({ startBytes, parentNumber }, i) => startBytes === listed[i]?.startBytes && parentNumber === listed[i]?.parentNumber)
  if (isSame) return
  const message =
    copy === null
      ? 'The big-endian copy of the path table is missing or lies outside the image; nothing modern needs it.'
      : 'The two copies of the path table differ; neither is needed.'
  const place = { offsetBytes: volume.bigEndianPathTableLba * volume.blockBytes, clause: 'ECMA-119 9.4.16' }
  image.findingLog.add('path-table-copy-differs', 'note', message, place)
}

/** Up to one more than is wanted; null when there is no table that can be read. */
function readPathTable(
  image: OpenImage,
  volume: Volume,
  lba: number,
  declared: typeof TypeLPathTableRecord,
  wanted: number,
): ListedFolder[] | null {
  const offsetBytes = lba * volume.blockBytes
  const sizeBytes = volume.pathTableSizeBytes
  if (sizeBytes === 0 || sizeBytes > MAX_PATH_TABLE_BYTES || offsetBytes === 0 || offsetBytes + sizeBytes > image.source.sizeBytes)
    return null
  const table = readUpTo(image.source, offsetBytes, sizeBytes)
  const folders: ListedFolder[] = []
  for (let at = 0; folders.length <= wanted && at + declared.sizeBytes <= table.length; ) {
    const { identifierLengthBytes, extendedAttributeBlocks, extentLba, parentNumber } = declared.parse(table, at)
    if (identifierLengthBytes === 0) break
    folders.push({ startBytes: (extentLba + extendedAttributeBlocks) * volume.blockBytes, parentNumber })
    at += pathTableRecordBytes(identifierLengthBytes)
  }
  return folders
}

/** A parent stands before its children; the first record is the root, its own parent. */
function isAsInTree(folders: readonly ListedFolder[], index: number, tree: TreeContent): boolean {
  const { startBytes, parentNumber } = folders[index] as ListedFolder
  if (index === 0) return startBytes === tree.rootBytes && parentNumber === 1
  const parent = folders[parentNumber - 1]
  if (parent === undefined || parentNumber > index) return false
  return tree.directories.get(startBytes)?.includes(parent.startBytes) === true
}
