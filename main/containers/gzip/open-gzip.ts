import type { Candidate, Unwrapped } from '../container-format.ts'
import { inflatedPieces } from '../unpack/inflated-pieces.ts'
import { unpack } from '../unpack/unpack.ts'
import { unwrappedName } from '../unwrapped-name.ts'
import { openGzipMembers } from './gzip-members.ts'

/** What is within a gzip file. Its own note of its size is of the last four gigabytes only, and so is left alone. */
export async function unwrapGzip({ path, source, name, log }: Candidate): Promise<Unwrapped> {
  const packed = { path, storedBytes: source.sizeBytes, claimedBytes: null, pieces: inflatedPieces(source, 'gzip') }
  return { source: openGzipMembers(source) ?? (await unpack(packed, log)), name: unwrappedName(name, ['.gz', '.gzip']) }
}
