/** Choosing file systems one by one: UDF can be alone, Joliet and Rock Ridge stand on ISO 9660, and something is always left. */
import { type FileSystemKind, fileSystemKinds } from '../../../shared/image-project.ts'

/** The file systems after one of them was switched on or off. */
export function withFileSystem(current: readonly FileSystemKind[], kind: FileSystemKind, isOn: boolean): FileSystemKind[] {
  const wanted = new Set(current)
  if (isOn) wanted.add(kind)
  else wanted.delete(kind)
  if (isOn && kind !== 'udf') wanted.add('iso9660')
  if (!isOn && kind === 'iso9660') for (const standing of ['joliet', 'rockridge'] as const) wanted.delete(standing)
  return fileSystemKinds.filter((known) => wanted.has(known))
}

/** Whether this one is all that holds the image. */
export function isLastOne(current: readonly FileSystemKind[], kind: FileSystemKind): boolean {
  return withFileSystem(current, kind, false).length === 0
}
