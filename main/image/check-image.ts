/** Looks through every tree of an image for damage, and whether what the format says twice agrees. */
import type { Finding } from '../../shared/image-model.ts'
import type { FileSystemKind } from '../../shared/image-project.ts'
import type { JobControl } from '../../shared/job.ts'
import { MAX_PATH_TABLE_BYTES } from '../../shared/limits.ts'
import { checkBootInfoTables } from '../boot/boot-catalog-reader.ts'
import { readUpTo } from '../bytes/byte-source.ts'
import { pathTableRecordBytes, TypeLPathTableRecord } from '../iso9660/path-table-record.ts'
import type { OpenImage } from './open-image.ts'
import { pathOfStep, walkView } from './walk-view.ts'

const STEPS_BETWEEN_CHECKPOINTS = 512

/** What a tree holds, by place in the image. */
interface TreeContent {
  /** A path for each place where a file's data begins. */
  readonly files: Map<number, string>
  readonly directories: number
}

/** Reads all directories of all trees and what starts computers, no other contents. Gives all findings of the image. */
export async function checkImage(image: OpenImage, control: Pick<JobControl, 'checkpoint'>): Promise<Finding[]> {
  const contents = new Map<FileSystemKind, TreeContent>()
  for (const kind of image.viewKinds) contents.set(kind, await contentOf(image, kind, control))
  const plain = contents.get('iso9660')
  const other = contents.get('joliet') ?? contents.get('udf')
  if (plain && other) {
    noteMissing(image, contents.has('joliet') ? 'joliet' : 'udf', other, plain)
    noteMissing(image, 'iso9660', plain, other)
  }
  if (plain) checkPathTable(image, plain.directories + 1)
  const { catalog } = await image.bootEquipment()
  if (catalog !== null) checkBootInfoTables(image.source, catalog, image.findingLog)
  return image.findings
}

async function contentOf(image: OpenImage, kind: FileSystemKind, control: Pick<JobControl, 'checkpoint'>): Promise<TreeContent> {
  const view = image.view(kind)
  const files = new Map<number, string>()
  let directories = 0
  let steps = 0
  /** Names met so far in each folder that is being read, from the root down. */
  const open: { folder: string; names: Set<string> }[] = []
  for (const step of walkView(view, view.root, '/', image.findingLog)) {
    const { entry, folder } = step
    if (entry.type === 'directory') directories++
    else if (entry.type === 'file' && entry.sizeBytes > 0)
      files.set(view.offsetBytes(entry.extents[0] ?? { lba: 0, lengthBytes: 0 }), pathOfStep(step))
    while (open.length > 0 && open.at(-1)?.folder !== folder && !folder.startsWith(`${open.at(-1)?.folder}/`)) open.pop()
    if (open.at(-1)?.folder !== folder) open.push({ folder, names: new Set() })
    const siblings = (open.at(-1) as { names: Set<string> }).names
    if (siblings.has(entry.name)) {
      const message = 'Two entries of a folder have the same name; most systems show only one of them.'
      image.findingLog.add('duplicate-name', 'suspicious', message, { path: pathOfStep(step), clause: 'ECMA-119 6.8.2.2' })
    }
    siblings.add(entry.name)
    if (++steps % STEPS_BETWEEN_CHECKPOINTS === 0) await control.checkpoint()
  }
  return { files, directories }
}

const treeNames = { iso9660: 'plain ISO 9660', joliet: 'Joliet', udf: 'UDF' } as const

/** A file in one tree alone is a known way to hide things; it is also done on purpose. */
function noteMissing(image: OpenImage, kind: keyof typeof treeNames, tree: TreeContent, other: TreeContent): void {
  const only = [...tree.files].filter(([place]) => !other.files.has(place))
  const [first] = only
  if (first === undefined) return
  const message = `${only.length === 1 ? 'A file is' : `${only.length} files are`} only in the ${treeNames[kind]} tree; other systems will not show ${only.length === 1 ? 'it' : 'them'}.`
  image.findingLog.add(`only-in-${kind}`, 'suspicious', message, { path: first[1] })
}

/** Directories are believed; some old systems find them by the path table. */
function checkPathTable(image: OpenImage, directories: number): void {
  const volume = image.volumes.primary
  if (volume === null) return
  const offsetBytes = volume.pathTableLba * volume.blockBytes
  const sizeBytes = volume.pathTableSizeBytes
  const place = { offsetBytes, clause: 'ECMA-119 7.9' }
  if (sizeBytes === 0 || sizeBytes > MAX_PATH_TABLE_BYTES || offsetBytes === 0 || offsetBytes + sizeBytes > image.source.sizeBytes) {
    image.findingLog.add(
      'path-table-missing',
      'note',
      'The path table is missing or lies outside the image; folders do not need it.',
      place,
    )
    return
  }
  const table = readUpTo(image.source, offsetBytes, sizeBytes)
  let records = 0
  for (let at = 0; at + TypeLPathTableRecord.sizeBytes <= table.length; ) {
    const identifierBytes = TypeLPathTableRecord.fields.identifierLengthBytes.get(table, at)
    if (identifierBytes === 0) break
    records++
    at += pathTableRecordBytes(identifierBytes)
  }
  if (records === directories) return
  const message = `The path table lists ${records} folders, the directories have ${directories}; the directories were believed.`
  image.findingLog.add('path-table-differs', 'note', message, place)
}
