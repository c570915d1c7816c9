/** Digests that node:crypto does not have; they are computed by whoever reads. */
import { crc32 } from 'node:zlib'
import type { DigestKind } from '../../shared/digest.ts'
import type { Onlooker } from './onlooker.ts'

export interface OwnDigest extends Onlooker {
  readonly kind: DigestKind
  /** The digest of all that was taken. */
  hex(): string
}

export function crc32Digest(): OwnDigest {
  let value = 0
  return {
    kind: 'crc32',
    take: (bytes) => {
      value = crc32(bytes, value)
    },
    hex: () => value.toString(16).padStart(8, '0'),
  }
}

export async function blake2bDigest(): Promise<OwnDigest> {
  const { createBLAKE2b } = await import('hash-wasm')
  const hash = await createBLAKE2b(512)
  return { kind: 'blake2b', take: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') }
}
