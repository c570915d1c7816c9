/** Paths of entries and problems with paths that people give. */
import { Problem } from '../../shared/problem.ts'
import type { ImageEntry } from './image-view.ts'

/** The path as the image spells it: `/` for the root, else `/docs/readme.txt`. */
export function entryPath(entry: ImageEntry): string {
  const parts: string[] = []
  for (let at: ImageEntry | null = entry; at?.parent; at = at.parent) parts.push(at.name)
  return `/${parts.reverse().join('/')}`
}

/** Path of the folder that an entry is in; empty for the root, so that a slash and the name can follow. */
export function folderPathOf(entry: ImageEntry): string {
  const path = entry.parent === null ? '/' : entryPath(entry.parent)
  return path === '/' ? '' : path
}

export function noSuchPath(path: string, imagePath: string): Problem {
  return new Problem({
    kind: 'usage',
    code: 'no-such-path',
    message: `There is no ‘${path}’ in ‘${imagePath}’.`,
    advice: `isomer list ‘${imagePath}’ shows what there is.`,
  })
}
