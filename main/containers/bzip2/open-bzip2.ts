import { bzip2Pieces } from '../codecs/bzip2.ts'
import type { Candidate, Unwrapped } from '../container-format.ts'
import { unpack } from '../unpack/unpack.ts'
import { unwrappedName } from '../unwrapped-name.ts'

/** What is within a bzip2 file, which says nothing of its size. */
export async function unwrapBzip2({ path, source, name, log, control }: Candidate): Promise<Unwrapped> {
  const packed = { path, stored: source, claimedBytes: null, piecesOf: bzip2Pieces }
  return { source: await unpack(packed, { log, control }), name: unwrappedName(name, ['.bz2', '.bz']) }
}
