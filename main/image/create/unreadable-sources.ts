/** Leaving out what can't be read, when the user chose to. */
import { closeSync, openSync } from 'node:fs'
import type { SkippedSource } from '../../../shared/image-model.ts'
import { displayHostPath, hostPathOf } from './host-path.ts'
import type { FileContent } from './planned-tree.ts'
import { sourceProblem } from './source-problems.ts'
import type { SourceNode } from './source-tree.ts'

/** Every planned file that can't be opened, so that one restart is enough for all of them. */
export function unreadableSources(contents: readonly FileContent[]): SkippedSource[] {
  const failed: SkippedSource[] = []
  for (const { source } of contents) {
    const path = hostPathOf(source)
    if (path === null || source.sizeBytes === 0) continue
    try {
      closeSync(openSync(path, 'r'))
    } catch (error) {
      failed.push({ path: displayHostPath(source), reason: sourceProblem(displayHostPath(source), error).reason })
    }
  }
  return failed
}

/** Takes entries out of the tree by their host paths. */
export function dropSources(root: SourceNode, leftOut: readonly SkippedSource[]): void {
  if (leftOut.length === 0) return
  const paths = new Set(leftOut.map(({ path }) => path))
  const pending = [root]
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const [key, child] of folder.children ?? []) {
      if (paths.has(displayHostPath(child))) folder.children?.delete(key)
      else if (child.isDirectory) pending.push(child)
    }
  }
}
