import type { Candidate, Unwrapped } from '../container-format.ts'
import { unpack } from '../unpack/unpack.ts'
import { unwrappedName } from '../unwrapped-name.ts'
import { xzPieces } from './xz-pieces.ts'
import { openXzBlocks, xzBlocks } from './xz-source.ts'

/** What is within an xz file. */
export async function unwrapXz({ path, source, name, log, control }: Candidate): Promise<Unwrapped> {
  const blocks = xzBlocks(source)
  const claimedBytes = blocks?.reduce((sum, { expandedBytes }) => sum + expandedBytes, 0) ?? null
  const packed = { path, stored: source, claimedBytes, piecesOf: xzPieces }
  return { source: openXzBlocks(source, blocks) ?? (await unpack(packed, { log, control })), name: unwrappedName(name, ['.xz']) }
}
