/** Names that an edited image keeps from the old one, letter for letter, where a record can hold them. */
import type { FileSystemKind } from '../../../shared/image-project.ts'
import { MAX_RECORD_BYTES } from '../../iso9660/directory-record.ts'
import { recordBytes } from '../../iso9660/directory-writer.ts'
import { CeEntry } from '../../iso9660/system-use.ts'
import { compressedBytes } from '../../udf/compressed-unicode.ts'
import { MAX_UDF_NAME_BYTES } from '../../udf/udf-names.ts'
import type { SourceNode } from './source-tree.ts'

/** Gives a source's name in a tree; undefined when it has none, or when what a damaged image showed is longer than can be recorded. */
export function keptName(kind: FileSystemKind, hasRockRidge: boolean): (source: SourceNode) => string | undefined {
  return ({ extra }) => {
    const name = extra?.keptNames?.[kind]
    return name !== undefined && fits(name, kind, hasRockRidge) ? name : undefined
  }
}

function fits(name: string, kind: FileSystemKind, hasRockRidge: boolean): boolean {
  if (kind === 'udf') return compressedBytes(name) <= MAX_UDF_NAME_BYTES
  if (kind === 'joliet') return recordBytes(name.length * 2, 0) <= MAX_RECORD_BYTES
  // What of Rock Ridge does not lie in the record itself, an entry there leads to.
  return recordBytes(name.length, hasRockRidge ? CeEntry.sizeBytes : 0) <= MAX_RECORD_BYTES
}
