/** What each file system will hold differently, in words. */
import type { Change } from '../../../shared/image-model.ts'
import type { FileSystemKind } from '../../../shared/image-project.ts'

/** Names of standards are the same in every language. */
export const fileSystemTitles: Readonly<Record<FileSystemKind, string>> = {
  iso9660: 'ISO 9660',
  joliet: 'Joliet',
  rockridge: 'Rock Ridge',
  udf: 'UDF',
}

/** Where in the list a file system's changes begin: wherever it differs from the one before. */
export function startsGroup(changes: ReadonlyMap<number, Change>, index: number): boolean {
  const change = changes.get(index)
  return change !== undefined && changes.get(index - 1)?.fileSystem !== change.fileSystem
}

/** The pages of `pageSize` that hold these rows and aren't there yet. */
export function missingPages(first: number, last: number, total: number, pageSize: number, asked: ReadonlySet<number>): number[] {
  const pages: number[] = []
  for (let page = Math.floor(first / pageSize); page <= Math.floor(Math.min(last, total - 1) / pageSize); page++) {
    if (!asked.has(page)) pages.push(page)
  }
  return pages
}
