/** Names that an entry of the staged tree may have. */
import { MAX_NAME_BYTES } from '../../../shared/limits.ts'
import type { StagedRow } from '../../../shared/staging.ts'
import { say } from '../../words/say.ts'

/** Why the entry can't be named so, in a sentence; null when it can. */
export function nameProblem(name: string, entryPath: string, siblings: readonly Pick<StagedRow, 'name' | 'path'>[]): string | null {
  if (name === '') return say('create.name.empty')
  if (name === '.' || name === '..') return say('create.name.reserved')
  if (name.includes('/') || name.includes('\0')) return say('create.name.slash')
  const bytes = new TextEncoder().encode(name).length
  if (bytes > MAX_NAME_BYTES) return say('create.name.too-long', { bytes, most: MAX_NAME_BYTES })
  if (siblings.some((row) => row.name === name && row.path !== entryPath)) return say('create.name.taken')
  return null
}

/** How much of a name is selected when renaming begins: all but the extension. */
export function stemLength(name: string, isFolder: boolean): number {
  const dot = name.lastIndexOf('.')
  return isFolder || dot <= 0 ? name.length : dot
}
