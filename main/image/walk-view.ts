/** Walks a tree of an image without recursion, and never for ever. */
import { MAX_DIRECTORY_DEPTH, MAX_SHARED_DIRECTORY_BYTES } from '../../shared/limits.ts'
import type { FindingLog } from '../bytes/finding-log.ts'
import type { ImageEntry, ImageView } from './image-view.ts'

export interface WalkStep {
  /** Path of the folder that the entry is in; empty for the root. */
  readonly folder: string
  readonly entry: ImageEntry
}

export const pathOfStep = (step: WalkStep): string => `${step.folder}/${step.entry.name}`

interface Level {
  readonly path: string
  readonly key: number | null
  readonly children: Iterator<ImageEntry>
}

/**
 * Everything below a directory, parents before children; the directory itself is not given. A directory that contains
 * itself is given once; one that other directories share is given with its content each time, up to a limit.
 */
export function* walkView(view: ImageView, start: ImageEntry, startPath: string, log: FindingLog): Generator<WalkStep, void, undefined> {
  const visited = new Set<number>()
  let sharedBytes = 0
  const enter = (entry: ImageEntry, path: string): Level => ({
    path: path === '/' ? '' : path,
    key: entry.directoryKey,
    children: view.children(entry)[Symbol.iterator](),
  })
  const levels: Level[] = [enter(start, startPath)]
  if (start.directoryKey !== null) visited.add(start.directoryKey)
  while (levels.length > 0) {
    const level = levels[levels.length - 1] as Level
    const next = level.children.next()
    if (next.done) {
      levels.pop()
      continue
    }
    const entry = next.value
    yield { folder: level.path, entry }
    const key = entry.directoryKey
    if (key === null) continue
    const path = `${level.path}/${entry.name}`
    if (levels.some((above) => above.key === key)) {
      log.add('directory-loop', 'damaged', 'A folder contains itself; it was not followed again.', { path })
    } else if (levels.length >= MAX_DIRECTORY_DEPTH) {
      log.add('directory-too-deep', 'damaged', `Folders lie more than ${MAX_DIRECTORY_DEPTH} deep; deeper ones were left out.`, { path })
    } else if (!visited.has(key)) {
      visited.add(key)
      levels.push(enter(entry, path))
    } else if (entry.sizeBytes > 0) {
      sharedBytes += entry.sizeBytes
      log.add('directory-shared', 'note', 'Two folders share their content.', { path })
      if (sharedBytes <= MAX_SHARED_DIRECTORY_BYTES) levels.push(enter(entry, path))
      else log.add('directory-shared-too-often', 'damaged', 'Folders share their content without end; the rest was left out.', {})
    }
  }
}
