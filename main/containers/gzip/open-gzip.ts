import type { ByteSource } from '../../bytes/byte-source.ts'
import type { Candidate, Unwrapped } from '../container-format.ts'
import { inflatedPieces } from '../unpack/inflated-pieces.ts'
import { unpack } from '../unpack/unpack.ts'
import { unwrappedName } from '../unwrapped-name.ts'
import { openGzipMembers } from './gzip-members.ts'

/** What is within a gzip file. Its own note of its size is of the last four gigabytes only, and so is left alone. */
export async function unwrapGzip({ path, source, name, log, control }: Candidate): Promise<Unwrapped> {
  const packed = { path, stored: source, claimedBytes: null, piecesOf: (stored: ByteSource) => inflatedPieces(stored, 'gzip') }
  return { source: openGzipMembers(source) ?? (await unpack(packed, { log, control })), name: unwrappedName(name, ['.gz', '.gzip']) }
}
