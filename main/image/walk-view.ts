/** Walks a tree of an image without recursion, and never for ever. */
import type { FindingLog } from '../bytes/finding-log.ts'
import { DirectoryGuard } from './directory-guard.ts'
import type { ImageEntry, ImageView } from './image-view.ts'

export interface WalkStep {
  /** Path of the folder that the entry is in; empty for the root. */
  readonly folder: string
  readonly entry: ImageEntry
}

/** Several entries of one folder that follow each other. */
export interface WalkRun {
  /** Path of the folder; empty for the root. */
  readonly folder: string
  readonly entries: readonly ImageEntry[]
}

export const pathOfStep = (step: WalkStep): string => `${step.folder}/${step.entry.name}`

interface Level {
  readonly path: string
  readonly key: number | null
  readonly parts: Iterator<readonly ImageEntry[]>
  part: readonly ImageEntry[]
  /** Next entry of the part. */
  at: number
}

/** Everything below a directory, entry by entry; see `walkRuns`. */
export function* walkView(view: ImageView, start: ImageEntry, startPath: string, log: FindingLog): Generator<WalkStep, void, undefined> {
  for (const { folder, entries } of walkRuns(view, start, startPath, log)) {
    for (const entry of entries) yield { folder, entry }
  }
}

/**
 * Everything below a directory, parents before children; the directory itself is not given. A directory that contains
 * itself is given once; one that other directories share is given with its content each time, up to a limit. A run
 * ends with a directory, whose content follows, or with its folder.
 */
export function* walkRuns(view: ImageView, start: ImageEntry, startPath: string, log: FindingLog): Generator<WalkRun, void, undefined> {
  const guard = new DirectoryGuard(log)
  const enter = (entry: ImageEntry, path: string): Level => ({
    path: path === '/' ? '' : path,
    key: entry.directoryKey,
    parts: view.childParts(entry)[Symbol.iterator](),
    part: [],
    at: 0,
  })
  const levels: Level[] = [enter(start, startPath)]
  guard.begin(start)
  while (levels.length > 0) {
    const level = levels[levels.length - 1] as Level
    if (level.at === level.part.length) {
      const next = level.parts.next()
      if (next.done) levels.pop()
      else level.part = next.value
      level.at = 0
      continue
    }
    const entries = takeRun(level)
    yield { folder: level.path, entries }
    const entry = entries[entries.length - 1] as ImageEntry
    const path = `${level.path}/${entry.name}`
    if (guard.mayEnter(entry, path, levels)) levels.push(enter(entry, path))
  }
}

/** The entries from where the level stands up to the next directory, that one included. */
function takeRun(level: Level): readonly ImageEntry[] {
  const { part, at } = level
  let end = at
  while (end < part.length && (part[end++] as ImageEntry).directoryKey === null) {}
  level.at = end
  return at === 0 && end === part.length ? part : part.slice(at, end)
}
