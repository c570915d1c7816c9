import type { Change } from '../../shared/image-model.ts'
import { printable } from './output.ts'

/** What a file system of an image holds differently, as a line. */
export function changeLine({ fileSystem, kind, path, becomes, reason }: Change): string {
  return printable(`${fileSystem} ${kind}: ${path}${becomes === null ? '' : ` → ${becomes}`}  (${reason})`)
}
