/** File types in Rock Ridge modes (RRIP 4.1.1, POSIX st_mode). */
import type { EntryType } from '../../shared/image-model.ts'

const TYPE_MASK = 0o170000
const types = new Map<number, EntryType>([
  [0o140000, 'socket'],
  [0o120000, 'symlink'],
  [0o100000, 'file'],
  [0o060000, 'block'],
  [0o040000, 'directory'],
  [0o020000, 'char'],
  [0o010000, 'fifo'],
])

/** The entry's type. Whether it is a directory is for the record to say, as only directories have an extent of records. */
export function entryTypeOf(mode: number, isDirectory: boolean): EntryType {
  const type = types.get(mode & TYPE_MASK) ?? 'file'
  if (isDirectory) return 'directory'
  return type === 'directory' ? 'file' : type
}

/** Modes without any type bits are those of old writers, which leave the type to the record. */
export const isKnownType = (mode: number): boolean => (mode & TYPE_MASK) === 0 || types.has(mode & TYPE_MASK)

/** The mode with the type bits that belong to the entry. */
export function modeOf(mode: number, isDirectory: boolean): number {
  const permissions = mode & 0o7777
  if (isDirectory) return permissions + 0o040000
  const type = mode & TYPE_MASK
  return permissions + (types.has(type) && type !== 0o040000 ? type : 0o100000)
}
