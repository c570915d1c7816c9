/** What one tree of an image holds, by place, so that trees and tables can be compared. */
import type { FileSystemKind } from '../../shared/image-project.ts'
import type { JobControl } from '../../shared/job.ts'
import type { ImageEntry, ImageView } from './image-view.ts'
import type { OpenImage } from './open-image.ts'
import { pathOfStep, walkView } from './walk-view.ts'

const STEPS_BETWEEN_CHECKPOINTS = 512

/** Bytes of the image. */
export interface ByteRange {
  readonly startBytes: number
  readonly endBytes: number
}

export interface PlacedFile {
  readonly path: string
  /** As it is stored: of a compressed one, what the compressed form takes. */
  readonly storedBytes: number
}

export interface TreeContent {
  /** A file for each place where the data of one begins. */
  readonly files: Map<number, PlacedFile>
  /** Of everything that is no directory. */
  readonly fileCount: number
  /** Every extent of every file. */
  readonly fileRanges: ByteRange[]
  /** Where the records of each directory but the root begin, and those of the directories that it is in. */
  readonly directories: Map<number, number[]>
  readonly directoryRanges: ByteRange[]
  /** Where the root's records begin. */
  readonly rootBytes: number
}

type TreeBeingTaken = Omit<TreeContent, 'fileCount'> & { fileCount: number }

/** Walks through the whole tree; what is wrong in it becomes findings. */
export async function treeContent(image: OpenImage, kind: FileSystemKind, control: Pick<JobControl, 'checkpoint'>): Promise<TreeContent> {
  const view = image.view(kind)
  const rootRange = rangesOf(view, view.root)[0]
  const content: TreeBeingTaken = {
    files: new Map(),
    fileCount: 0,
    fileRanges: [],
    directories: new Map(),
    directoryRanges: rootRange === undefined ? [] : [rootRange],
    rootBytes: rootRange?.startBytes ?? 0,
  }
  const siblings = new SiblingNames()
  let steps = 0
  for (const step of walkView(view, view.root, '/', image.findingLog)) {
    const path = pathOfStep(step)
    take(content, view, image.source.sizeBytes, step.entry, path)
    if (siblings.has(step.folder, step.entry.name)) {
      const message = 'Two entries of a folder have the same name; most systems show only one of them.'
      image.findingLog.add('duplicate-name', 'suspicious', message, { path, clause: 'ECMA-119 6.8.2.2' })
    }
    if (++steps % STEPS_BETWEEN_CHECKPOINTS === 0) await control.checkpoint()
  }
  return content
}

function take(content: TreeBeingTaken, view: ImageView, imageBytes: number, entry: ImageEntry, path: string): void {
  if (entry.type !== 'directory') content.fileCount++
  if (entry.type === 'file') {
    const ranges = rangesOf(view, entry)
    const storedBytes = ranges.reduce((sum, { startBytes, endBytes }) => sum + endBytes - startBytes, 0)
    if (entry.sizeBytes > 0) content.files.set(ranges[0]?.startBytes ?? 0, { path, storedBytes })
    for (const range of ranges) content.fileRanges.push(range)
    return
  }
  const [range] = entry.type === 'directory' ? rangesOf(view, entry) : []
  if (range === undefined) return
  const parentBytes = entry.parent === null ? 0 : (rangesOf(view, entry.parent)[0]?.startBytes ?? 0)
  const parents = content.directories.get(range.startBytes)
  if (parents === undefined) content.directories.set(range.startBytes, [parentBytes])
  else parents.push(parentBytes)
  // What a damaged one claims beyond the image covers nothing.
  if (range.endBytes <= imageBytes) content.directoryRanges.push(range)
}

function rangesOf(view: ImageView, entry: ImageEntry): ByteRange[] {
  return entry.extents.map((extent) => {
    const startBytes = view.offsetBytes(extent)
    return { startBytes, endBytes: startBytes + extent.lengthBytes }
  })
}

/** Names met so far in each folder that is being read, from the root down. */
class SiblingNames {
  readonly #open: { readonly folder: string; readonly names: Set<string> }[] = []

  /** Whether the folder has had the name before; takes it. */
  has(folder: string, name: string): boolean {
    const open = this.#open
    while (open.length > 0 && open.at(-1)?.folder !== folder && !folder.startsWith(`${open.at(-1)?.folder}/`)) open.pop()
    let last = open.at(-1)
    if (last?.folder !== folder) {
      last = { folder, names: new Set() }
      open.push(last)
    }
    if (last.names.has(name)) return true
    last.names.add(name)
    return false
  }
}
