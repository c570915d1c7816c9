import type { Candidate, Unwrapped } from '../container-format.ts'
import { unpack } from '../unpack/unpack.ts'
import { unwrappedName } from '../unwrapped-name.ts'
import { zstdFrames } from './zstd-frames.ts'
import { openZstdFrames, zstdContentBytes, zstdPieces } from './zstd-source.ts'

/** What is within a Zstandard file. */
export async function unwrapZstd({ path, source, name, log }: Candidate): Promise<Unwrapped> {
  const frames = zstdFrames(source)
  const packed = { path, storedBytes: source.sizeBytes, claimedBytes: zstdContentBytes(frames), pieces: zstdPieces(source, frames) }
  return { source: (await openZstdFrames(source, frames)) ?? (await unpack(packed, log)), name: unwrappedName(name, ['.zst', '.zstd']) }
}
