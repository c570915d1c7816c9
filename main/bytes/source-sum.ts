/** The checksum of everything in a source. */
import { createHash } from 'node:crypto'
import { TRANSFER_BYTES } from '../../shared/limits.ts'
import type { ByteSource } from './byte-source.ts'

/** In hexadecimal; `after` hears how many bytes are done, and what it gives is waited for. A source that ends early is summed up as far as it goes. */
export async function sumOfSource(
  source: ByteSource,
  algorithm: 'sha1' | 'sha256',
  after: (doneBytes: number) => Promise<void> | undefined,
): Promise<string> {
  const sum = createHash(algorithm)
  const piece = Buffer.allocUnsafe(TRANSFER_BYTES)
  for (let at = 0; at < source.sizeBytes; ) {
    const got = source.read(at, piece.subarray(0, Math.min(piece.length, source.sizeBytes - at)))
    if (got === 0) break
    sum.update(piece.subarray(0, got))
    at += got
    await after(at)
  }
  return sum.digest('hex')
}
