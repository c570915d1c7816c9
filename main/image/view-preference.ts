/** Which of an image's trees is shown when nobody says. */
import type { FileSystemKind } from '../../shared/image-project.ts'

/** Rock Ridge has modes, owners and links, which the UDF trees of mkisofs lack; UDF has everything that Joliet has. */
const BEST_FIRST: readonly FileSystemKind[] = ['rockridge', 'udf', 'joliet', 'iso9660']
/** ISO 9660 says in 32 bits how long an extent is, and not every writer knows that a file may have several. */
const LARGEST_ISO_EXTENT_BYTES = 0xffff_ffff

/** The trees that are there, best first. Where a file may be too large for ISO 9660, only UDF is sure to show it whole. */
export function rankedViews(isPresent: (kind: FileSystemKind) => boolean, imageBytes: number): FileSystemKind[] {
  const present = BEST_FIRST.filter(isPresent)
  const udfFirst = imageBytes > LARGEST_ISO_EXTENT_BYTES && present.includes('udf')
  return udfFirst ? ['udf', ...present.filter((kind) => kind !== 'udf')] : present
}
