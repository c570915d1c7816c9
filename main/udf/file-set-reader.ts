/** Finds the file set that counts, which is the last of its sequence (ECMA-167 4/8.3.1, 4/14.1). */
import { MAX_UDF_ICB_HOPS } from '../../shared/limits.ts'
import { tagIdentifier, tagIds } from './descriptor-tag.ts'
import { FileSetDescriptor } from './file-set.ts'
import type { BlockAddress, VolumeSpace } from './volume-space.ts'

export type FileSet = ReturnType<typeof FileSetDescriptor.parse>

/** Null, with a finding, when there is none. */
export function readFileSet(space: VolumeSpace, start: BlockAddress): FileSet | null {
  let latest: FileSet | null = null
  let next: BlockAddress | null = start
  for (let hops = 0; next !== null && hops <= MAX_UDF_ICB_HOPS; hops++) {
    const found = space.taggedBlock(next)
    if (found === null || found.verdict === 'none' || tagIdentifier(found.bytes) !== tagIds.fileSet) break
    if (found.verdict === 'altered' && latest !== null) break
    latest = FileSetDescriptor.parse(found.bytes)
    next = latest.next.lengthAndType === 0 ? null : latest.next
  }
  if (latest === null)
    space.findings.add('udf-file-set-missing', 'damaged', "The UDF volume has no file set, so its files can't be found.", {
      clause: 'ECMA-167 4/14.1',
    })
  return latest
}
