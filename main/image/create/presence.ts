import type { FileSystemKind } from '../../../shared/image-project.ts'
import type { SourceNode } from './source-tree.ts'

/** Whether a tree is to show the entry, as far as it can: images that are edited may show each system files of its own. */
export function isShownIn(kind: FileSystemKind, { extra }: SourceNode): boolean {
  return extra?.absentFrom === undefined || !extra.absentFrom.includes(kind)
}
