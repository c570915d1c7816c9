/** What one tree of an image holds, by place, so that trees and tables can be compared. */
import type { FileSystemKind } from '../../shared/image-project.ts'
import type { JobControl } from '../../shared/job.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import type { ImageEntry, ImageView } from './image-view.ts'
import type { OpenImage } from './open-image.ts'
import { PlacedRanges } from './placed-ranges.ts'
import { pathOfStep, walkView } from './walk-view.ts'

const STEPS_BETWEEN_CHECKPOINTS = 512

export interface TreeContent {
  readonly kind: FileSystemKind
  /** Of each file with content the place where its data begins, and its length as it is stored. */
  readonly files: PlacedRanges
  /** Every extent of every file. */
  readonly extents: PlacedRanges
  /** Of everything that is no directory. */
  readonly fileCount: number
  /** Where the records of each directory but the root begin, and those of the directories that it is in. */
  readonly directories: Map<number, number[]>
  /** Where all directories lie, the root included. */
  readonly directoryRanges: PlacedRanges
  /** Where the root's records begin. */
  readonly rootBytes: number
}

type TreeBeingTaken = Omit<TreeContent, 'fileCount'> & { fileCount: number }

/** Walks through the whole tree; what is wrong in it becomes findings. */
export async function treeContent(image: OpenImage, kind: FileSystemKind, control: Pick<JobControl, 'checkpoint'>): Promise<TreeContent> {
  const view = image.view(kind)
  const content: TreeBeingTaken = {
    kind,
    files: new PlacedRanges(),
    extents: new PlacedRanges(),
    fileCount: 0,
    directories: new Map(),
    directoryRanges: new PlacedRanges(),
    rootBytes: startOf(view, view.root) ?? 0,
  }
  for (const extent of view.root.extents) content.directoryRanges.add(view.offsetBytes(extent), extent.lengthBytes)
  const siblings = new SiblingNames()
  let steps = 0
  for (const step of walkView(view, view.root, '/', image.findingLog)) {
    take(content, view, image.source.sizeBytes, step.entry)
    if (siblings.has(step.folder, step.entry.name)) {
      const message = 'Two entries of a folder have the same name; most systems show only one of them.'
      image.findingLog.add('duplicate-name', 'suspicious', message, { path: pathOfStep(step), clause: 'ECMA-119 6.8.2.2' })
    }
    if (++steps % STEPS_BETWEEN_CHECKPOINTS === 0) await control.checkpoint()
  }
  return content
}

function take(content: TreeBeingTaken, view: ImageView, imageBytes: number, entry: ImageEntry): void {
  if (entry.type === 'directory') takeDirectory(content, view, imageBytes, entry)
  else content.fileCount++
  if (entry.type !== 'file' || entry.sizeBytes === 0) return
  let storedBytes = 0
  for (const extent of entry.extents) {
    storedBytes += extent.lengthBytes
    content.extents.add(view.offsetBytes(extent), extent.lengthBytes)
  }
  content.files.add(startOf(view, entry) ?? 0, storedBytes)
}

function takeDirectory(content: TreeBeingTaken, view: ImageView, imageBytes: number, entry: ImageEntry): void {
  const startBytes = startOf(view, entry)
  if (startBytes === null) return
  const parentBytes = (entry.parent && startOf(view, entry.parent)) ?? 0
  const parents = content.directories.get(startBytes)
  if (parents === undefined) content.directories.set(startBytes, [parentBytes])
  else parents.push(parentBytes)
  const lengthBytes = entry.extents[0]?.lengthBytes ?? 0
  // What a damaged one claims beyond the image covers nothing.
  if (startBytes + lengthBytes <= imageBytes) content.directoryRanges.add(startBytes, lengthBytes)
}

function startOf(view: ImageView, entry: ImageEntry): number | null {
  const [extent] = entry.extents
  return extent === undefined ? null : view.offsetBytes(extent)
}

/** A path of a file for each of the places where one begins; found by another walk, for few are ever asked for. */
export function pathsAt(image: OpenImage, kind: FileSystemKind, starts: ReadonlySet<number>): Map<number, string> {
  const paths = new Map<number, string>()
  if (starts.size === 0) return paths
  const view = image.view(kind)
  for (const step of walkView(view, view.root, '/', new FindingLog())) {
    const start = step.entry.type === 'file' ? startOf(view, step.entry) : null
    if (start === null || !starts.has(start) || paths.has(start)) continue
    paths.set(start, pathOfStep(step))
    if (paths.size === starts.size) break
  }
  return paths
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
