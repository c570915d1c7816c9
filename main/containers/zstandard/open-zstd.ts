import type { ByteSource } from '../../bytes/byte-source.ts'
import type { Candidate, Unwrapped } from '../container-format.ts'
import { unpack } from '../unpack/unpack.ts'
import { unwrappedName } from '../unwrapped-name.ts'
import { zstdFrames } from './zstd-frames.ts'
import { openZstdFrames, zstdContentBytes, zstdPieces } from './zstd-source.ts'

/** What is within a Zstandard file. */
export async function unwrapZstd({ path, source, name, log, control }: Candidate): Promise<Unwrapped> {
  const frames = zstdFrames(source)
  const piecesOf = (stored: ByteSource) => zstdPieces(stored, frames)
  const packed = { path, stored: source, claimedBytes: zstdContentBytes(frames), piecesOf }
  return {
    source: (await openZstdFrames(source, frames)) ?? (await unpack(packed, { log, control })),
    name: unwrappedName(name, ['.zst', '.zstd']),
  }
}
