/** Expands deflate of any length with Node's own streams, as gzip or bare. */
import { Readable } from 'node:stream'
import { createGunzip, createInflateRaw } from 'node:zlib'
import { TRANSFER_BYTES } from '../../../shared/limits.ts'
import type { ByteSource } from '../../bytes/byte-source.ts'
import { readUpTo } from '../../bytes/byte-source.ts'
import { packedDamage } from '../packed-problem.ts'

const CHUNK_BYTES = 256 * 1024

function* storedPieces(stored: ByteSource): Generator<Buffer> {
  for (let at = 0; at < stored.sizeBytes; at += TRANSFER_BYTES) yield readUpTo(stored, at, TRANSFER_BYTES)
}

/** All that is within; of gzip every member, with its sum checked. Throws an `image` Problem where it is damaged. */
export async function* inflatedPieces(stored: ByteSource, form: 'gzip' | 'raw'): AsyncGenerator<Uint8Array> {
  const inflate = form === 'gzip' ? createGunzip({ chunkSize: CHUNK_BYTES }) : createInflateRaw({ chunkSize: CHUNK_BYTES })
  const input = Readable.from(storedPieces(stored), { objectMode: true })
  // What fails on the input's side must reach whoever waits for the output.
  input.on('error', (error) => inflate.destroy(error))
  input.pipe(inflate)
  try {
    for await (const piece of inflate) yield piece as Buffer
  } catch (error) {
    const isZlib = (error as NodeJS.ErrnoException).code?.startsWith('Z_') === true
    if (!isZlib) throw error
    const isCut = (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR'
    throw packedDamage(isCut ? 'it is cut off' : 'a part of it can’t be expanded', error)
  } finally {
    input.destroy()
    inflate.destroy()
  }
}
