import { bzip2Pieces } from '../codecs/bzip2.ts'
import type { Candidate, Unwrapped } from '../container-format.ts'
import { unpack } from '../unpack/unpack.ts'
import { unwrappedName } from '../unwrapped-name.ts'

/** What is within a bzip2 file, which says nothing of its size. */
export async function unwrapBzip2({ path, source, name, log }: Candidate): Promise<Unwrapped> {
  const packed = { path, storedBytes: source.sizeBytes, claimedBytes: null, pieces: bzip2Pieces(source) }
  return { source: await unpack(packed, log), name: unwrappedName(name, ['.bz2', '.bz']) }
}
