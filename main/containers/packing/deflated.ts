import { promisify } from 'node:util'
import { deflateRaw } from 'node:zlib'

const deflate = promisify<Uint8Array, { level: number }, Buffer>(deflateRaw)

/** Packs in one of zlib's threads. */
export const deflated = (bytes: Uint8Array, level: number): Promise<Buffer> => deflate(bytes, { level })
