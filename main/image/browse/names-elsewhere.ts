/**
 * What an entry of one tree is called in another. Trees of an image share the contents of their files and nothing else:
 * a file is found by where its content lies, a folder by a file below it, and what has no content by its folder.
 */
import { FindingLog } from '../../bytes/finding-log.ts'
import { entryPath } from '../entry-path.ts'
import type { ImageEntry, ImageView } from '../image-view.ts'
import { walkRuns } from '../walk-view.ts'
import { type BrowsedTree, type Checkpoints, ROOT } from './browsed-tree.ts'
import { foldName } from './folded-name.ts'

/** Entries looked at below a folder for one with content. */
const MAX_LOOKED_AT = 1000
const ALIKE_CHARACTERS = 3

/** Path in the other tree; null when nothing there can be told to be the same. */
export async function pathElsewhere(tree: BrowsedTree, number: number, other: ImageView, control: Checkpoints): Promise<string | null> {
  const found = await entryElsewhere(tree, number, other, control)
  return found === null ? null : entryPath(found)
}

async function entryElsewhere(tree: BrowsedTree, number: number, other: ImageView, control: Checkpoints): Promise<ImageEntry | null> {
  if (number === ROOT) return other.root
  const mark = await contentMark(tree, number, control)
  if (mark === null) return sameNameElsewhere(tree, number, other, control)
  let found = await fileElsewhere(tree, mark.file, other, control)
  for (let up = 0; up < mark.depth && found !== null; up++) found = found.parent
  return found === null || found.parent === null ? null : found
}

interface ContentMark {
  /** Number of a file that has content. */
  readonly file: number
  /** How many folders it lies below the entry. */
  readonly depth: number
}

/** The entry itself where it has content, else the first file below it that has. */
async function contentMark(tree: BrowsedTree, number: number, control: Checkpoints): Promise<ContentMark | null> {
  const { table } = tree
  const hasContent = (at: number) => table.type(at) === 'file' && table.sizeBytes(at) > 0 && table.offsetBytes(at) !== null
  if (hasContent(number)) return { file: number, depth: 0 }
  if (!table.isDirectory(number)) return null
  let lookedAt = 0
  let level = [number]
  for (let depth = 1; level.length > 0 && lookedAt < MAX_LOOKED_AT; depth++) {
    const deeper: number[] = []
    for (const folderNumber of level) {
      if (lookedAt >= MAX_LOOKED_AT) break
      const folder = await tree.read(folderNumber, control)
      for (let at = folder.first; at < folder.first + folder.count && lookedAt < MAX_LOOKED_AT; at++, lookedAt++) {
        if (hasContent(at)) return { file: at, depth }
        if (table.isDirectory(at)) deeper.push(at)
      }
    }
    level = deeper
  }
  return null
}

/** Files may share their content: of several, the one whose path is most alike. */
async function fileElsewhere(tree: BrowsedTree, number: number, other: ImageView, control: Checkpoints): Promise<ImageEntry | null> {
  const { table } = tree
  const offsetBytes = table.offsetBytes(number)
  const sizeBytes = table.sizeBytes(number)
  const parts = foldName(tree.path(number)).split('/')
  let best: { entry: ImageEntry; likeness: number } | null = null
  for (const { entries } of walkRuns(other, other.root, '/', new FindingLog())) {
    for (const entry of entries) {
      if (entry.type !== 'file' || entry.sizeBytes !== sizeBytes) continue
      const [extent] = entry.extents
      if (extent === undefined || other.offsetBytes(extent) !== offsetBytes) continue
      const likeness = likenessOf(parts, foldName(entryPath(entry)).split('/'))
      if (best === null || likeness > best.likeness) best = { entry, likeness }
    }
    await control.checkpoint()
  }
  return best?.entry ?? null
}

/** Counts parts that are the same, and half those that begin alike, as shortened names do. */
function likenessOf(a: readonly string[], b: readonly string[]): number {
  let likeness = -Math.abs(a.length - b.length)
  for (let i = 1; i <= Math.min(a.length, b.length); i++) {
    const [x, y] = [a.at(-i) ?? '', b.at(-i) ?? '']
    if (x === y) likeness += 1
    else if (x.slice(0, ALIKE_CHARACTERS) === y.slice(0, ALIKE_CHARACTERS)) likeness += 0.5
  }
  return likeness
}

/** By its name in the folder that is the same as its own. */
async function sameNameElsewhere(tree: BrowsedTree, number: number, other: ImageView, control: Checkpoints): Promise<ImageEntry | null> {
  const folder = await entryElsewhere(tree, tree.folderOf(number), other, control)
  if (folder === null) return null
  const name = tree.table.folded.text(number)
  for (const entry of other.children(folder)) if (foldName(entry.name) === name) return entry
  return null
}
